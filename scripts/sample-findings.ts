import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, findCorpus } from '../bench/detection/corpora';
import { judge } from '../src/checks/judge';
import { RULES, rulesByType } from '../src/checks/rule-table';
import { looksLikeTemplate, parseTemplate } from '../src/cli/parse';
import { Template } from '../src/template/template';
import { randomOf } from '../test/support/mutations';

/*
 * A sample of what the rules of the table find in public templates, for a person to judge. Prints a table for docs/precision.md.
 *
 *     CORPORA=<folder with clones> npx ts-node -T scripts/sample-findings.ts --seed 17 owner/name owner/name
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '60' },
    /** So that a few types that everybody uses do not fill the sample. */
    most: { type: 'string', default: '1000' },
  },
});

interface Finding {
  readonly template: string;
  readonly resource: string;
  readonly rule: string;
  readonly detail: string;
  readonly page: string;
}

const rules = rulesByType(RULES.filter(({ isGenerated }) => isGenerated));

function findingsOf(file: string, name: string): Finding[] | undefined {
  const text = readFileSync(file, 'utf8');
  if (!looksLikeTemplate(text)) { return undefined; }
  try {
    return new Template(parseTemplate(text, file).json).all().flatMap((resource) => rules(resource.type).flatMap((rule): Finding[] => {
      const verdict = judge(rule, resource);
      return verdict.kind === 'fail' ? [{ template: name, resource: resource.logicalId, rule: rule.id.replace('Encryption-', ''), detail: verdict.detail, page: rule.see }] : [];
    }));
  } catch {
    return undefined;
  }
}

/** The same order for the same seed, whatever else is on the machine. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomOf(seed);
  return items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item);
}

const counts: string[] = [];
const all = positionals.flatMap((repository) => {
  const folder = findCorpus(repository);
  if (!folder || !existsSync(folder)) { throw new Error(`no clone of ${repository} below CORPORA`); }
  const read = filesBelow(folder, /\.(ya?ml|json|template)$/).flatMap((file) => { const found = findingsOf(file, relative(folder, file)); return found ? [found] : []; });
  const findings = read.flat().map((finding) => ({ repository, ...finding }));
  counts.push(`| ${repository} | ${read.length} | ${findings.length} | ${new Set(findings.map(({ rule }) => rule)).size} |`);
  return findings;
});

const taken = new Map<string, number>();
const sample = shuffled(all, Number(values.seed)).filter(({ rule }) => {
  const before = taken.get(rule) ?? 0;
  taken.set(rule, before + 1);
  return before < Number(values.most);
}).slice(0, Number(values.count));

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
console.log(['| repository | templates | findings | rules |', '| --- | --- | --- | --- |', ...counts, ''].join('\n'));
console.log(['| template | resource | rule | finding | judgement |', '| --- | --- | --- | --- | --- |',
  ...sample.map(({ repository, template, resource, rule, detail, page }) => `| ${repository.split('/')[1]}: ${cell(template)} | ${resource} | [${rule}](${page}) | ${cell(detail)} | |`)].join('\n'));
