import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, ASKED } from './answers';
import { CLASSES } from './classes';
import { cfnNag, checkov, clone, controlTowerGuide, filesBelow, guardRegistry, Question } from './corpora';
import { compare, Compared, Disagreement } from './differential';
import { RULINGS } from './rulings';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import { looksLikeTemplate, parseTemplate } from '../../src/cli/parse';
import { Template } from '../../src/template/template';

/**
 * What the rules find in templates that this project did not write, and where they disagree with other tools. Writes
 * docs/detection.md; fails where a disagreement has no name. The templates are cloned when this runs, and never committed.
 */
const OUTPUT = join(__dirname, '..', '..', 'docs', 'detection.md');
const VARIANTS = Number(process.env.VARIANTS ?? 3000);

interface Score {
  right: number;
  missed: number;
  extra: number;
  quiet: number;
  rulings: Map<string, number>;
  unexplained: string[];
}

function score(questions: Question[]): Score {
  const result: Score = { right: 0, missed: 0, extra: 0, quiet: 0, rulings: new Map(), unexplained: [] };
  for (const question of questions) {
    const said = answer(question);
    const wanted = question.at ?? (question.faulty ? said.found.slice(0, 1) : []);
    const missed = question.at ? wanted.filter((id) => !said.found.includes(id)).length : Number(question.faulty && said.found.length === 0);
    const extra = question.at ? said.found.filter((id) => !wanted.includes(id)).length : Number(!question.faulty && said.found.length > 0);
    if (missed + extra === 0) {
      result[question.faulty ? 'right' : 'quiet']++;
      continue;
    }
    if (missed > 0) { result.missed++; } else { result.extra++; }
    const ruling = RULINGS.find(({ fits }) => fits(question, said));
    if (ruling) { result.rulings.set(ruling.name, (result.rulings.get(ruling.name) ?? 0) + 1); } else { result.unexplained.push(`${question.corpus} ${question.asks}: ${question.name}`); }
  }
  return result;
}

const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`;

function scoreRow(name: string, questions: Question[]): { row: string; score: Score } {
  const result = score(questions);
  const { right, missed, extra, quiet } = result;
  const ruled = [...result.rulings.values()].reduce((sum, count) => sum + count, 0);
  return { row: `| ${name} | ${questions.length} | ${right + quiet} | ${missed} | ${extra} | ${percent(right, right + missed)} | ${percent(right, right + extra)} | ${ruled} | ${result.unexplained.length} |`, score: result };
}

/** Templates without known answers: all are read, and each rule says something of each resource. */
function readAll(repository: string): string {
  const folder = clone(repository);
  const files = filesBelow(folder, /\.(ya?ml|json|template)$/);
  let [templates, refused, failed, undetermined] = [0, 0, 0, 0];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!looksLikeTemplate(text)) { continue; }
    try {
      const template = new Template(parseTemplate(text, file).json);
      templates++;
      for (const resource of template.all()) {
        const kinds = RULES.filter(({ resourceTypes }) => resourceTypes.includes(resource.type)).map((rule) => judge(rule, resource).kind);
        failed += kinds.filter((kind) => kind === 'fail').length;
        undetermined += kinds.filter((kind) => kind === 'undetermined').length;
      }
    } catch {
      refused++;
    }
  }
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

const rows = [
  scoreRow('AWS Guard Rules Registry, its own tests', guardRegistry().filter(({ asks }) => asks in ASKED)),
  scoreRow('cfn_nag, its specs', cfnNag().filter(({ asks }) => asks in ASKED)),
  scoreRow('AWS Control Tower, its documentation', controlTowerGuide().filter(({ asks }) => asks in ASKED)),
  scoreRow('checkov, its examples', checkov().filter(({ asks }) => asks in ASKED)),
];
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
${['aws-cloudformation/aws-cloudformation-templates', 'bridgecrewio/cfngoat', 'stelligent/cfn_nag'].map(readAll).join('\n')}

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
