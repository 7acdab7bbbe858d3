import { readFileSync } from 'node:fs';
import { median, milliseconds } from './compare';
import { filesBelow, findCorpus } from './detection/corpora';
import { judge } from '../src/checks/judge';
import { RULES, rulesByType } from '../src/checks/rule-table';
import { looksLikeTemplate, parseTemplate } from '../src/cli/parse';
import { ENCRYPTION_TABLE } from '../src/table/encryption-table';
import { Template } from '../src/template/template';
import { everyType } from '../test/support/every-type';
import { templatesOfCases } from '../test/support/mutations';

/**
 * What the table has, and what its rules cost: the time for a MB of templates with and without them, in one run. Repositories that are named
 * (`owner/name`, below CORPORA) are read too.
 */
const RUNS = 7;

const rows = Object.values(ENCRYPTION_TABLE).flatMap(({ atRest = [] }) => atRest);
const transit = Object.values(ENCRYPTION_TABLE).filter(({ inTransit, transit: said }) => inTransit ?? said);
const generated = RULES.filter(({ isGenerated, id }) => isGenerated || id.startsWith('Encryption-Resource'));
const print = (text: string) => process.stdout.write(`${text}\n`);

print(`${Object.keys(ENCRYPTION_TABLE).length} resource types, ${rows.length} rows at rest, ${rows.filter(({ reviewed }) => reviewed).length} of them reviewed`);
print(`  ${rows.filter(({ key }) => key !== undefined).length} name a key, ${rows.filter(({ set, unencrypted }) => set ?? unencrypted).length} have a flag or a mode, ${rows.filter(({ replaces }) => replaces === 'yes').length} replace the resource, ${rows.filter(({ keyPolicy }) => keyPolicy).length} need the key policy`);
print(`  ${transit.length} types in transit, ${transit.reduce((sum, { inTransit = [] }) => sum + inTransit.length, 0)} rows`);
print(`${RULES.length} rules, ${generated.length} of them made of the table`);

function isReadable(text: string): boolean {
  try { return looksLikeTemplate(text) && new Template(parseTemplate(text, 'bench.json').json).all().length > 0; } catch { return false; }
}

/** Checks texts as the command does: read, then asked by each rule of a type. */
function check(texts: readonly string[], rules: typeof RULES): number {
  const byType = rulesByType(rules);
  let verdicts = 0;
  for (const text of texts) {
    for (const resource of new Template(parseTemplate(text, 'bench.json').json).all()) {
      for (const rule of byType(resource.type)) { judge(rule, resource); verdicts++; }
    }
  }
  return verdicts;
}

const own = RULES.filter((rule) => !generated.includes(rule));
const inputs: Array<[string, string[]]> = [
  ['the templates of all rules', templatesOfCases().map((template) => JSON.stringify(template))],
  ['a resource of every type of the table', [false, true].map((encrypt) => JSON.stringify(everyType(encrypt), undefined, 1))],
];
for (const repository of process.argv.slice(2)) {
  const folder = findCorpus(repository);
  if (folder === undefined) { throw new Error(`no clone of ${repository} below CORPORA`); }
  inputs.push([repository, filesBelow(folder, /\.(ya?ml|json|template)$/).map((file) => readFileSync(file, 'utf8')).filter(isReadable)]);
}
for (const [name, texts] of inputs) {
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1024 / 1024;
  const times = { all: [] as number[], own: [] as number[] };
  check(texts, RULES);
  for (let run = 0; run < RUNS; run++) {
    times.own.push(milliseconds(() => check(texts, own))[0]);
    times.all.push(milliseconds(() => check(texts, RULES))[0]);
  }
  const [all, before] = [times.all, times.own].map((each) => median(each) / megabytes);
  print(`${name}, ${megabytes.toFixed(2)} MB: ${all.toFixed(0)} ms for a MB with the table's rules, ${before.toFixed(0)} without, ratio ${(all / before).toFixed(2)}`);
}
