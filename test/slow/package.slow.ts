import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { MISTAKES_WITH_THE_COMMAND } from '../mistakes/command';
import { folderWith } from '../support/command-line';
import { peers, ROOT, run } from '../support/shell';
import { README_APP } from '../support/snippets';

// As a user's app has it.
delete process.env.CDK_VALIDATION;

/** An empty folder with the packed library and its peers, as a user would install them. */
function emptyApp(): string {
  const app = mkdtempSync(join(tmpdir(), 'empty-app-'));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty-app', private: true }));
  run(app, 'npm', 'install', '--no-audit', '--no-fund', tarball, ...peers('@'), '@types/node@20');
  return app;
}

let tarball: string;
let app: string;

beforeAll(() => {
  run(ROOT, 'npx', 'projen', 'compile');
  const folder = mkdtempSync(join(tmpdir(), 'pack-'));
  const [{ filename }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  tarball = join(folder, filename);
  app = emptyApp();
}, 300_000);

test('the README\'s example compiles under strict in an empty app, and synthesizes', () => {
  writeFileSync(join(app, 'app.ts'), README_APP);
  const options = ['--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node', '--outDir', 'out'];
  run(app, join(ROOT, 'node_modules/.bin/tsc'), ...options, 'app.ts');
  run(app, process.execPath, 'out/app.js');
}, 120_000);

describe('the page that gets one started', () => {
  const page = readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8');
  const [, tsconfig] = /```json\n([\s\S]*?)```/.exec(page)!;
  const commands = /^npx tsc --noEmit && npx tsx app\.ts$/m.exec(page)![0];
  const started = (source: string) => {
    writeFileSync(join(app, 'app.ts'), source);
    return spawnSync('sh', ['-c', commands], { cwd: app, encoding: 'utf8' });
  };

  beforeAll(() => {
    run(app, 'npm', 'install', '--no-audit', '--no-fund', '--save-dev', 'typescript', 'tsx');
    writeFileSync(join(app, 'tsconfig.json'), tsconfig);
  }, 120_000);

  test('checks types, then runs the example, which says nothing', () => {
    const { status, stdout } = started(README_APP);
    expect([status, stdout]).toEqual([0, '']);
  }, 120_000);

  test.each([
    ['a prop with another name', '{ kmsKey: encryptionKey }', /'kmsKey' does not exist|kmsKey/],
    ['a name with a slip, which plain JavaScript ignores', "{ encryptionKey, bucketNmae: 'uploads' }", /bucketNmae/],
    ['a key by its alias', "{ encryptionKey: 'alias/orders' }", /Type 'string' is not assignable to type 'IKey'/],
  ])('shows %s before the app runs', (_, props, says) => {
    const { status, stdout, stderr } = started(README_APP.replace('{ encryptionKey });', `${props});`));
    expect([status === 0, stdout]).toEqual([false, expect.stringMatching(says)]);
    expect(stdout + stderr).not.toMatch(/EncryptionError|\n {4}at /);
  }, 120_000);

  test('lets plain JavaScript read the library\'s own error', () => {
    writeFileSync(join(app, 'app.ts'), README_APP.replace('{ encryptionKey });', '{ kmsKey: encryptionKey });'));
    expect(spawnSync('npx', ['tsx', 'app.ts'], { cwd: app, encoding: 'utf8' }).stderr)
      .toContain("Orders/Uploads: 'kmsKey' is not a prop of EncryptedBucket and would be ignored. Use `encryptionKey`. [PropNameConfused]");
  }, 120_000);
});

describe('the mistakes of people, made in plain JavaScript with the package as it is installed', () => {
  const folder = join(ROOT, 'test/mistakes');
  const LISTS = readdirSync(folder).filter((file) => !/^(mistake|mistakes\.test)\.ts$/.test(file)).map((file) => file.replace('.ts', ''));
  /** Makes each of them in the app, and prints what was to be read and what was read. */
  const SCRIPT = `
    const { Stack, App } = require('aws-cdk-lib');
    const { untyped } = require('./mistake');
    const read = (make) => {
      try {
        make(new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } }), untyped);
        return ['nothing', ''];
      } catch ({ name, message }) { return [name, message]; }
    };
    const lists = ${JSON.stringify(LISTS)}.filter((list) => list !== 'command').flatMap((list) => Object.values(require('./' + list)).flat());
    console.log(JSON.stringify(lists.map(([what, make, says]) => [what, says, ...read(make)])));`;

  beforeAll(() => {
    mkdirSync(join(app, 'mistakes'));
    for (const list of ['mistake', ...LISTS]) {
      const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(readFileSync(join(folder, `${list}.ts`), 'utf8'), { compilerOptions });
      writeFileSync(join(app, 'mistakes', `${list}.js`), outputText.replace(/require\(.\.\.\/\.\.\/src.\)/, "require('cdk-encryption-constructs')"));
    }
    writeFileSync(join(app, 'mistakes/run.js'), SCRIPT);
  });

  test('each is told by the library\'s own error, none by a TypeError, and none is silent', () => {
    const made: string[][] = JSON.parse(run(app, process.execPath, 'mistakes/run.js').split('\n').find((line) => line.startsWith('[['))!);
    expect(made.length).toBeGreaterThan(250);
    expect(made.filter(([, says, name, read]) => name !== 'EncryptionError' || read !== says)).toEqual([]);
  }, 300_000);

  test('and each with the command by one line, without a stack trace', () => {
    const command = join(app, 'node_modules/cdk-encryption-constructs/lib/cli/main.js');
    const answers = MISTAKES_WITH_THE_COMMAND.map(([what, args, files, says]) => {
      const { stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: folderWith(files), encoding: 'utf8' });
      return { what, says, lines: [...stdout.split('\n'), ...stderr.split('\n')] };
    });
    expect(answers.filter(({ says, lines }) => !lines.includes(says) || lines.some((line) => /^ {4}at /.test(line)))).toEqual([]);
  }, 300_000);
});

test('importing the package loads neither cdk-nag nor a service, until they are touched', () => {
  const script = `
    const library = require('cdk-encryption-constructs');
    const loaded = (part) => Object.keys(require.cache).filter((file) => file.includes(part)).length > 0;
    const before = [loaded('cdk-nag'), loaded('aws-rds')];
    library.EncryptionKey;
    const withKey = [loaded('cdk-nag'), loaded('aws-rds')];
    library.EncryptionChecks;
    console.log(JSON.stringify([before, withKey, loaded('cdk-nag')]));`;
  expect(JSON.parse(run(app, process.execPath, '-e', script))).toEqual([[false, false], [false, false], true]);
}, 60_000);

/** A little more than half of it is ours; the rest is what reads YAML, JSON and globs. */
const LARGEST_PACKAGE = 1_600_000;
const bundled = (files: Array<{ path: string }>) => [...new Set(files.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))];

test('the command line runs from the package, and loads neither aws-cdk-lib nor cdk-nag', () => {
  writeFileSync(join(app, 'queue.yaml'), 'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: false}}}\n');
  const { status, stdout } = spawnSync('npx', ['cdk-encryption', 'check', 'queue.yaml'], { cwd: app, encoding: 'utf8' });
  expect([status, stdout]).toEqual([1, expect.stringContaining('Encryption-SqsQueueEncrypted')]);
  const script = `
    require('cdk-encryption-constructs/lib/cli/command');
    console.log(Object.keys(require.cache).filter((file) => /aws-cdk-lib|cdk-nag|node_modules.constructs/.test(file)).length);`;
  expect(run(app, process.execPath, '-e', script).trim()).toBe('0');
}, 60_000);

test('whoever reads the first line of a long report only gets that line, and no stack trace', () => {
  const Resources = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`Q${n}`, { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } }]));
  writeFileSync(join(app, 'queues.json'), JSON.stringify({ Resources }));
  const line = '(npx cdk-encryption check queues.json --format json; echo "exit $?" >&2) | head -1';
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: app, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['{\n', 'exit 1\n']);
}, 60_000);

test('the package holds what a user needs and nothing else', () => {
  const [{ files, size }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--dry-run', '--ignore-scripts'));
  const top = [...new Set(files.map(({ path }: { path: string }) => path.split('/')[0]))].sort();
  expect(top).toEqual(['.jsii', 'CHANGELOG.md', 'LICENSE', 'README.md', 'RULES.md', 'lib', 'node_modules', 'package.json', 'schemas']);
  expect(bundled(files)).toEqual(expect.arrayContaining(['jsonc-parser', 'tinyglobby', 'yaml']));
  expect(size).toBeLessThan(LARGEST_PACKAGE);
}, 60_000);

test('the example of a fresh clone prints its report, plain and in 80 columns, where the output is no terminal', () => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'));
  for (const part of ['src', 'examples', 'test', 'scripts', 'package.json', 'tsconfig.json']) { cpSync(join(ROOT, part), join(clone, part), { recursive: true }); }
  run(clone, 'ln', '-s', join(ROOT, 'node_modules'), 'node_modules');
  const report = run(clone, 'npx', 'ts-node', '-T', 'examples/orders/main.ts');
  expect(report).toMatch(/Uploads +S3 bucket +Key +yes +yes/);
  expect(report).toMatch(/Encryption +no findings\nAwsSolutions +no findings/);
  expect(report).toContain('cdk.out/orders/OrdersData.template.json');
  expect(report).not.toMatch(/[^\n\x20-\x7e]/);
  expect(Math.max(...report.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
}, 120_000);
