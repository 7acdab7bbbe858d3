import { ASKED } from '../../bench/detection/answers';
import { CORPORA, findCorpus, WITHOUT_ANSWERS } from '../../bench/detection/corpora';
import { readAll } from '../../bench/detection/read-all';
import { score } from '../../bench/detection/score';

/*
 * Other projects' templates are not in this repository. Where the folder that CORPORA names has clones of them (`owner+name`), their
 * questions are asked; the others are reported as not run.
 */

/** A test where the corpus is there, else one that is reported as not run. */
function testWith(repository: string, name: string, run: (folder: string) => void): void {
  const folder = findCorpus(repository);
  if (folder === undefined) { test.skip(`not run, no clone of ${repository} below CORPORA: ${name}`, () => undefined); } else { test(name, () => run(folder), 600_000); }
}

for (const { name, repository, questions } of CORPORA) {
  testWith(repository, `the rules answer as ${name}, or a ruling says why not`, (folder) => {
    const asked = questions(folder).filter(({ asks }) => asks in ASKED);
    expect(asked.length).toBeGreaterThan(20);
    expect(score(asked).unexplained).toEqual([]);
  });
}

for (const repository of WITHOUT_ANSWERS) {
  testWith(repository, `every template of ${repository} is read, and each rule says something of each resource`, (folder) => {
    const { templates, refused } = readAll(folder);
    expect(templates).toBeGreaterThan(0);
    expect(refused).toBeLessThan(templates / 10);
  });
}
