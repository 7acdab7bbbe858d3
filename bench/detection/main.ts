import { ASKED } from './answers';
import { CLASSES } from './classes';
import { clone, CORPORA, WITHOUT_ANSWERS } from './corpora';
import { compare, Compared, Disagreement } from './differential';
import { writeMeasured } from './measurements';
import { readAll } from './read-all';
import { RULINGS } from './rulings';
import { score } from './score';

/**
 * What the rules find in templates that this project did not write, and where they disagree with other tools. Writes
 * measured.json, of which page.ts writes docs/detection.md; fails where a disagreement has no name. The templates are cloned when
 * this runs, and never committed.
 */
const VARIANTS = Number(process.env.VARIANTS ?? 3000);

function byClass({ disagreements }: Compared): Map<string, Disagreement[]> {
  const found = new Map<string, Disagreement[]>();
  for (const each of disagreements) {
    const name = CLASSES.find(({ fits }) => fits(each))?.name ?? '';
    found.set(name, [...(found.get(name) ?? []), each]);
  }
  return found;
}

const rows = CORPORA.map(({ name, repository, commit, questions }) => {
  const asked = questions(clone(repository, commit)).filter(({ asks }) => asks in ASKED);
  return { name, questions: asked.length, result: score(asked) };
});
const tools = (['cfn-guard', 'cdk-nag'] as const).map((tool) => ({ tool, compared: compare(tool, VARIANTS) }));
const classes = tools.map(({ compared }) => byClass(compared));
const unnamed = [...rows.flatMap(({ result: { unexplained } }) => unexplained), ...classes.flatMap((each) => (each.get('') ?? []).map(({ pair, ours, theirs }) => `${pair.theirs}: ours ${ours}, theirs ${theirs}`))];

const countOf = (name: string) => rows.reduce((sum, { result }) => sum + (result.rulings.get(name) ?? 0), 0);

writeMeasured({
  corpora: rows.map(({ name, questions, result: { right, missed, extra, quiet, rulings, unexplained } }) => ({
    ...{ name, questions, found: right, quiet, missed, more: extra, without: unexplained.length },
    withReason: [...rulings.values()].reduce((sum, count) => sum + count, 0),
  })),
  rulings: Object.fromEntries(RULINGS.map(({ name }) => [name, countOf(name)] as const).filter(([, count]) => count > 0)),
  read: WITHOUT_ANSWERS.map((repository) => {
    const { templates, refused, failed, undetermined } = readAll(clone(repository));
    return { repository, templates, refused, failed, undetermined };
  }),
  variants: VARIANTS,
  tools: tools.map(({ tool, compared: { agreed, disagreements } }, at) => ({
    tool, agreed, differ: disagreements.length, classes: Object.fromEntries([...classes[at]].filter(([name]) => name !== '').map(([name, found]) => [name, found.length])),
  })),
  unnamed: unnamed.length,
});

process.stdout.write(`${rows.map(({ name, result: { right, missed, extra, quiet } }) => `${name}: ${right + quiet} the same, ${missed} missed, ${extra} more`).join('\n')}
${tools.map(({ tool, compared }) => `${tool}: agreed ${compared.agreed}, disagreed ${compared.disagreements.length}`).join('\n')}\n`);
unnamed.slice(0, 20).forEach((each) => process.stderr.write(`no name for: ${each}\n`));
process.exitCode = unnamed.length > 0 ? 1 : 0;
