import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Plain JavaScript: the workflows run it before anything is installed.
const { wrongWith } = jest.requireActual<{ wrongWith(subject: string): string | undefined }>('../scripts/commit-subjects');
const { newestRelease } = jest.requireActual<{ newestRelease(changelog: string): { version: string; notes: string } }>('../scripts/release-notes');

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the subject of a commit, and the title of a pull request,', () => {
  test.each([
    ['Say which engine version a database has', undefined],
    ['Document: getting started, keys and policies', undefined],
    ['feat: add a rule', expect.stringContaining('Conventional Commits')],
    ['fix(rds)!: add a rule', expect.stringContaining('Conventional Commits')],
    ['add a rule for topics', expect.stringContaining('capital letter')],
    ['Add a rule for topics.', expect.stringContaining('full stop')],
    ['Fix it', expect.stringContaining('says too little')],
    [`Add ${'a rule '.repeat(40)}`, expect.stringContaining('longer than')],
  ])('%s', (subject, fault) => {
    expect(wrongWith(subject)).toEqual(fault);
  });
});

describe('a release', () => {
  test('takes version and notes from the newest heading of the changelog', () => {
    expect(newestRelease('# Changes\n\n## 0.2.0 (2027-01-31)\n\n- New.\n\n## 0.1.0\n\n- Old.\n')).toEqual({ version: '0.2.0', notes: '- New.\n' });
  });

  test('is refused while the newest heading has no version', () => {
    expect(() => newestRelease('# Changes\n\n## Unreleased\n\n- New.\n')).toThrow("the newest heading is '## Unreleased'");
    expect(() => newestRelease('# Changes\n')).toThrow('Name the version to release there');
  });
});

test('publication waits for a person: the release workflow has no trigger but the button', () => {
  expect(/^on:\n((?: .*\n)+)/m.exec(read('.github/workflows/release.yml'))![1]).toMatch(/^ {2}workflow_dispatch:\n(?! {2}\w)/);
  expect(read('.github/workflows/release.yml')).not.toMatch(/^ {2}(push|schedule|pull_request)/m);
});

test('a pull request runs .ci/run', () => {
  const ci = read('.github/workflows/ci.yml');
  expect(ci).toMatch(/^ {2}pull_request:/m);
  expect(ci).toContain('run: bash .ci/run');
});

describe('every page that is generated', () => {
  const { tasks } = JSON.parse(read('.projen/tasks.json'));
  const pages = (tasks.pages.steps as Array<{ spawn: string }>).map(({ spawn }) => spawn);

  test('is written anew by .ci/run, which fails where that changes one', () => {
    expect(read('.ci/run')).toMatch(/^generated_is_current\(\) \{\n.*npx projen && npx projen compile && npx projen pages && git diff --exit-code$/m);
    expect(read('.ci/run')).toMatch(/^step generated_is_current$/m);
  });

  test('is in CONTRIBUTING, with the command that writes it', () => {
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((name) => !read('CONTRIBUTING.md').includes(`| \`npx projen ${name}\` |`))).toEqual([]);
  });

  test('is known to git as generated', () => {
    const marked = read('.gitattributes');
    const generated = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && /^(<!-- )?Generated (by|from)/m.test(read(`docs/${name}`)));
    expect(generated.length).toBeGreaterThan(3);
    expect(generated.filter((name) => !marked.includes(`/docs/${name} linguist-generated`))).toEqual([]);
  });
});

test('no integ snapshot carries the report on feature flags, which would be more than half of it', () => {
  const snapshots = readdirSync(join(ROOT, 'test/integ')).filter((name) => name.endsWith('.snapshot'));
  expect(snapshots.length).toBeGreaterThan(10);
  expect(snapshots.filter((name) => read(`test/integ/${name}/manifest.json`).includes('feature-flag-report'))).toEqual([]);
});
