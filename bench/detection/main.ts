import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASKED } from './answers';
import { CLASSES } from './classes';
import { clone, CORPORA, Question, WITHOUT_ANSWERS } from './corpora';
import { compare, Compared, Disagreement } from './differential';
import { readAll } from './read-all';
import { RULINGS } from './rulings';
import { Score, score } from './score';

/**
 * What the rules find in templates that this project did not write, and where they disagree with other tools. Writes
 * docs/detection.md; fails where a disagreement has no name. The templates are cloned when this runs, and never committed.
 */
const OUTPUT = join(__dirname, '..', '..', 'docs', 'detection.md');
const VARIANTS = Number(process.env.VARIANTS ?? 3000);

const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`;

function scoreRow(name: string, questions: Question[]): { row: string; score: Score } {
  const result = score(questions);
  const { right, missed, extra, quiet } = result;
  const ruled = [...result.rulings.values()].reduce((sum, count) => sum + count, 0);
  return { row: `| ${name} | ${questions.length} | ${right + quiet} | ${missed} | ${extra} | ${percent(right, right + missed)} | ${percent(right, right + extra)} | ${ruled} | ${result.unexplained.length} |`, score: result };
}

function readRow(repository: string): string {
  const { templates, refused, failed, undetermined } = readAll(clone(repository));
  return `| ${repository} | ${templates} | ${refused} | ${failed} | ${undetermined} |`;
}

function byClass({ disagreements }: Compared): Map<string, Disagreement[]> {
  const found = new Map<string, Disagreement[]>();
  for (const each of disagreements) {
    const name = CLASSES.find(({ fits }) => fits(each))?.name ?? '';
    found.set(name, [...(found.get(name) ?? []), each]);
  }
  return found;
}

const rows = CORPORA.map(({ name, repository, commit, questions }) =>
  scoreRow(name, questions(clone(repository, commit)).filter(({ asks }) => asks in ASKED)));
const tools = (['cfn-guard', 'cdk-nag'] as const).map((tool) => ({ tool, compared: compare(tool, VARIANTS) }));
const classes = tools.map(({ compared }) => byClass(compared));
const unnamed = [...rows.flatMap(({ score: { unexplained } }) => unexplained), ...classes.flatMap((each) => (each.get('') ?? []).map(({ pair, ours, theirs }) => `${pair.theirs}: ours ${ours}, theirs ${theirs}`))];
const countOf = (name: string) => rows.reduce((sum, row) => sum + (row.score.rulings.get(name) ?? 0), 0);

writeFileSync(OUTPUT, `# Do the rules find what is wrong, and only that?

Written by \`npx projen detection\` (bench/detection): the templates of other projects are cloned when it runs, and none is in this
repository. Whoever doubts a number can run it again.

## Templates whose answers somebody else wrote down

A question is a template, a rule of that project, and its answer. Only rules that ask what one of ours asks are taken
(bench/detection/answers.ts). Recall is the share of faulty templates that are found; precision the share of findings that the other project
calls faults, too. Both count every disagreement against us, though each has one of the reasons below.

| Corpus | Questions | Same answer | Missed | More | Recall | Precision | Disagreements with a reason | Without |
|---|---|---|---|---|---|---|---|---|
${rows.map(({ row }) => row).join('\n')}

| Disagreement | Times | Why we stay with our answer |
|---|---|---|
${RULINGS.filter(({ name }) => countOf(name) > 0).map(({ name, why }) => `| ${name} | ${countOf(name)} | ${why} |`).join('\n')}

## Templates without answers

All are read, and each rule says something of each resource. What is refused is no template (a macro's fragment, a broken test file).

| Repository | Templates | Refused | Findings | Undetermined |
|---|---|---|---|---|
${WITHOUT_ANSWERS.map(readRow).join('\n')}

## Against other tools, on ${VARIANTS} mutated templates

The templates are those of our rule cases with properties left out, values of the same name from elsewhere, parameters and conditions put in
between (bench/detection/variants.ts), the same in every run. cfn-guard has AWS Control Tower's proactive rules, cdk-nag its AwsSolutionsChecks
through CfnInclude. Each disagreement is asked again with the intrinsics resolved, and with AWS's defaults written out.

${tools.map(({ tool, compared }) => `- **${tool}**: ${compared.agreed} times the same answer, ${compared.disagreements.length} times another.`).join('\n')}

| Kind of disagreement | ${tools.map(({ tool }) => tool).join(' | ')} | Who is right | Why |
|---|---|---|---|---|
${CLASSES.filter(({ name }) => classes.some((each) => each.has(name))).map(({ name, right, why }) => `| ${name} | ${classes.map((each) => each.get(name)?.length ?? 0).join(' | ')} | ${right} | ${why} |`).join('\n')}
${unnamed.length > 0 ? `\nWithout a name: ${unnamed.length}.\n` : ''}`);

process.stdout.write(`${rows.map(({ row }) => row).join('\n')}\n${tools.map(({ tool, compared }) => `${tool}: agreed ${compared.agreed}, disagreed ${compared.disagreements.length}`).join('\n')}\n`);
unnamed.slice(0, 20).forEach((each) => process.stderr.write(`no name for: ${each}\n`));
process.exitCode = unnamed.length > 0 ? 1 : 0;
