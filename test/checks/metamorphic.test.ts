import { stringify } from 'yaml';
import { ALSO_UNKNOWN, besides, changed, looped, namesIn, reversed, SAME, UNKNOWN } from './metamorphic';
import { RULES as EVERY_RULE } from '../../src/checks/rule-table';
import { parseYaml } from '../../src/cli/parse-yaml';
import type { Rule } from '../../src/rules/rule';
import type { Json } from '../../src/template/values';
import { examplesOf, templatesOf, verdictOn } from '../support/rule-examples';

const isAll = process.env.EVERY_RULE === '1';

/** The rules of the table differ by their paths alone: one in thirty here, and all of them in test/slow. */
const RULES = EVERY_RULE.filter((rule, index) => isAll || !rule.isGenerated || index % 30 === 0);

/** What stands beside is most templates of all: one rule in ten here. */
const SOME_RULES = RULES.filter((_, index) => isAll || index % 10 === 0);

/** What the examples of all rules have, by the types of their resources. */
const NAMES = namesIn(EVERY_RULE.flatMap((rule) => examplesOf(rule).flatMap(([,, example]) => templatesOf(example))));

/** Each place is changed in one way of three here, another one each, and in all ways in test/slow. */
const someOf = (rule: Rule, way: number) => (place: number) => isAll || (place + way + RULES.indexOf(rule)) % 3 === 0;

/** Ways to change a template, by name and number. */
const ways = <T>(named: Record<string, T>) => Object.entries(named).map(([name, change], way) => [name, change, way] as const);

/** Other ways to write a whole template. */
const REWRITTEN: ReadonlyArray<(json: Json) => Json> = [
  looped, (json) => parseYaml(stringify(json), 'example').json as Json, (json) => reversed(json) as Json,
];

const shown = (templates: readonly Json[]) => JSON.stringify(templates);

/** Runs over every example of a rule, and gives those that say something else; each as text that shows the template. */
function otherwise(
  rule: Rule, kinds: readonly string[], variants: (templates: Json[]) => Json[][], wrong: (before: string, after: string) => boolean,
): string[] {
  return examplesOf(rule).filter(([kind]) => kinds.includes(kind)).flatMap(([kind, title, example]) =>
    variants(templatesOf(example)).flatMap((templates) => {
      const after = verdictOn(rule, templates);
      return wrong(kind, after.kind) ? [`${title}: ${kind} became ${JSON.stringify(after)} for ${shown(templates)}`] : [];
    }));
}

const differs = (before: string, after: string) => before !== after;

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s says the same', (_, rule) => {
  test.each(ways(SAME))('of %s', (_name, [change, fits], way) => {
    expect(otherwise(rule, ['pass', 'fail'], (templates) => changed(templates, change, fits, someOf(rule, way)), differs)).toEqual([]);
  });

  test('of a Fn::ForEach of one, of YAML for JSON, and of another order of keys', () => {
    const isTried = someOf(rule, 0);
    let example = 0;
    const variants = (templates: Json[]) => {
      example++;
      return REWRITTEN.filter((_name, way) => isTried(example + way)).map((rewrite) => templates.map(rewrite));
    };
    expect(otherwise(rule, ['pass', 'fail'], variants, differs)).toEqual([]);
  });
});

test.each(SOME_RULES.map((rule) => [rule.id, rule] as const))('%s says the same with a property or an item beside it that comes to AWS::NoValue', (_, rule) => {
  expect(otherwise(rule, ['pass', 'fail', 'not applicable'], (templates) => besides(templates, NAMES).filter((_variant, place) => someOf(rule, 0)(place)), differs)).toEqual([]);
});

describe.each(RULES.filter(({ examples }) => !examples.remedyIsReference).map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(ways({ ...UNKNOWN, ...(isAll ? ALSO_UNKNOWN : {}) }))('does not pass for %s where it failed', (_name, [change, fits], way) => {
    expect(otherwise(rule, ['fail'], (templates) => changed(templates, change, fits, someOf(rule, way)), (_before, after) => after === 'pass')).toEqual([]);
  });
});
