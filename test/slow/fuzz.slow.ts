import { stringify } from 'yaml';
import { judge, UNREADABLE } from '../../src/checks/judge';
import { RULES, rulesByType } from '../../src/checks/rule-table';
import { Failure } from '../../src/cli/failure';
import { parseTemplate } from '../../src/cli/parse';
import { Template } from '../../src/template/template';
import { isObject } from '../../src/template/values';
import { mutate, mutateText, randomOf, templatesOfCases } from '../support/mutations';
import { judgeSloppyTemplates } from '../support/sloppy-templates';

const SEED = Number(process.env.FUZZ_SEED ?? 20261124);
const TEMPLATES = Number(process.env.FUZZ_TEMPLATES ?? 100_000);
const TEXTS = TEMPLATES / 5;

const seeds = templatesOfCases();
const rulesOf = rulesByType(RULES);

/** Every verdict of every rule; throws what no rule may throw. */
function judgeAll(template: Template): number {
  let verdicts = 0;
  for (const resource of template.all()) {
    for (const rule of rulesOf(resource.type) ?? []) {
      const verdict = judge(rule, resource);
      verdicts++;
      const said = verdict.kind === 'undetermined' ? verdict.reason : verdict.kind === 'fail' ? verdict.detail : 'x';
      if (said.startsWith(UNREADABLE) || said.trim() === '') { throw new Error(`${rule.id}: ${said}`); }
    }
  }
  return verdicts;
}

test(`${TEMPLATES} mutated templates: every rule has a verdict for each, and none is a crash`, () => {
  const random = randomOf(SEED);
  let verdicts = 0;
  for (let n = 0; n < TEMPLATES; n++) {
    const json = mutate(random, seeds);
    try {
      if (isObject(json.Resources)) { verdicts += judgeAll(new Template(json)); }
    } catch (error) {
      throw new Error(`template ${n} of seed ${SEED}: ${(error as Error).stack}\n${JSON.stringify(json).slice(0, 2000)}`);
    }
  }
  expect(verdicts).toBeGreaterThan(TEMPLATES * 2);
}, 600_000);

test(`${TEXTS} mutated texts in JSON and YAML: a template, or a failure in one line`, () => {
  const random = randomOf(SEED + 1);
  const texts = seeds.flatMap((seed) => [JSON.stringify(seed, undefined, 2), stringify(seed)]);
  let broken = 0;
  for (let n = 0; n < TEXTS; n++) {
    const text = mutateText(random, texts[n % texts.length]);
    try {
      judgeAll(new Template(parseTemplate(text, 'a.yaml').json));
    } catch (error) {
      if (!(error instanceof Failure)) { throw new Error(`text ${n} of seed ${SEED}: ${(error as Error).stack}\n${text}`); }
      expect(error.text).not.toContain('\n');
      broken++;
    }
  }
  expect(broken).toBeGreaterThan(TEXTS / 10);
  expect(broken).toBeLessThan(TEXTS);
}, 600_000);

test('20,000 sloppy templates: none makes a rule throw', () => judgeSloppyTemplates(20_000), 600_000);
