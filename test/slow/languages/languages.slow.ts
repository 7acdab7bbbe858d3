import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from '../../../src';
import { peers, ROOT, run } from '../../support/shell';

/*
 * The package in each language of jsii: built, installed in an empty app, and run. Each app says in its language what app.js says, and
 * its templates are compared with app.js's, made with the same aws-cdk-lib.
 */

// As a user's app has it.
delete process.env.CDK_VALIDATION;

const APPS = join(__dirname, 'apps');
/** Maven Central and Go's proxy do not have every release here; each language takes one that they have, and app.js takes the same. */
const JAVA = { cdk: '2.271.0', constructs: '10.5.1', nag: '3.0.2', runtime: '1.140.0' };
const GO = { cdk: '2.275.0', constructs: '10.8.1', runtime: '1.142.0' };

let folder: string;

function pacmak(target: string, from = ROOT, ...options: string[]): string {
  const out = mkdtempSync(join(folder, 'dist-'));
  run(from, join(ROOT, 'node_modules/.bin/jsii-pacmak'), '--target', target, '--outdir', out, ...options);
  return join(out, target);
}

/** All templates of an app, sorted, as text. */
function templates(app: string): Record<string, string> {
  const sorted = (json: any): any => {
    if (Array.isArray(json)) { return json.map(sorted); }
    return json && typeof json === 'object' ? Object.fromEntries(Object.keys(json).sort().map((key) => [key, sorted(json[key])])) : json;
  };
  const files = readdirSync(join(app, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(files.map((file) => [file, JSON.stringify(sorted(JSON.parse(readFileSync(join(app, 'cdk.out', file), 'utf8'))))]));
}

const REFUSAL = /Data\/Weak: 'enforceSSL' cannot be false: .* Leave it out/;

/** The templates of app.js with the packed library and these versions of its peers. */
function javascript(cdk: string, constructs: string): Record<string, string> {
  const app = mkdtempSync(join(folder, 'javascript-'));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty-app', private: true }));
  run(app, 'npm', 'install', '--no-audit', '--no-fund', tarball, `aws-cdk-lib@${cdk}`, `constructs@${constructs}`, `cdk-nag@${JAVA.nag}`);
  cpSync(join(APPS, 'app.js'), join(app, 'app.js'));
  expect(run(app, process.execPath, 'app.js')).toMatch(REFUSAL);
  return templates(app);
}

let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'languages-'));
  run(ROOT, 'npx', 'projen', 'compile');
  const [{ filename }] = JSON.parse(run(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  tarball = join(folder, filename);
}, 300_000);

describe('Python', () => {
  let python: string;

  beforeAll(() => {
    const dist = pacmak('python');
    run(folder, 'python3', '-m', 'venv', 'venv');
    python = join(folder, 'venv/bin/python');
    run(folder, python, '-m', 'pip', 'install', '--quiet', ...peers('=='), join(dist, readdirSync(dist).find((file) => file.endsWith('.whl'))!));
  }, 400_000);

  test('makes the templates that JavaScript makes', () => {
    const app = mkdtempSync(join(folder, 'python-'));
    expect(run(app, python, join(APPS, 'app.py'))).toMatch(REFUSAL);
    const [cdk, constructs] = peers('==').map((peer) => peer.split('==')[1]);
    expect(templates(app)).toEqual(javascript(cdk, constructs));
  }, 240_000);

  test('has mixins and injectors, and errors that name path, prop and remedy', () => {
    const app = mkdtempSync(join(folder, 'python-'));
    const { stdout, stderr, status } = spawnSync(python, [join(APPS, 'adoption.py')], { cwd: app, encoding: 'utf8' });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^New\/Weak: 'enforceSSL' cannot be false: .* Leave it out/);
    const template = JSON.parse(readFileSync(join(app, 'cdk.out/New.template.json'), 'utf8'));
    const [bucket] = Object.entries<any>(template.Resources).filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Bucket'));
    expect(JSON.stringify(bucket[1].Properties.BucketEncryption)).toContain('SharedEncryptionKey');
  }, 120_000);
});

test('Java makes the templates that JavaScript makes', () => {
  // Ranges need a list of versions, which not every mirror of Maven Central has.
  const source = pacmak('java', ROOT, '--code-only');
  const pom = join(source, 'pom.xml');
  // Maven keeps what it has once seen of a version.
  const version = `0.0.0-${createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 12)}`;
  const pinned: Record<string, string> = {
    'cdk-encryption-constructs': version,
    'aws-cdk-lib': JAVA.cdk,
    'constructs': JAVA.constructs,
    'cdknag': JAVA.nag,
    'jsii-runtime': JAVA.runtime,
    'annotations': '19.0.0',
    'javax.annotation-api': '1.3.2',
  };
  writeFileSync(pom, Object.entries(pinned).reduce(
    (text, [artifact, exact]) => text.replace(new RegExp(`(<artifactId>${artifact}</artifactId>\\s*<version>)[^<]*`), `$1${exact}`), readFileSync(pom, 'utf8')));
  const repository = `file://${join(folder, 'maven')}`;
  run(source, 'mvn', '-q', '-B', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true', `-DaltDeploymentRepository=built::default::${repository}`, 'deploy');

  const app = join(folder, 'java');
  cpSync(join(APPS, 'java'), app, { recursive: true });
  expect(run(app, 'mvn', '-q', '-B', `-Drepository=${repository}`, `-Dbuilt=${version}`, 'compile', 'exec:java')).toMatch(REFUSAL);
  expect(templates(app)).toEqual(javascript(JAVA.cdk, JAVA.constructs));
}, 900_000);

test('Go makes the templates that JavaScript makes', () => {
  // Go's proxy does not serve cdk-nag 3 here; its module is made of the npm package, as its authors make it.
  const nag = join(pacmak('go', join(ROOT, 'node_modules/cdk-nag'), '--code-only'), 'cdknag');
  const ours = join(pacmak('go', ROOT, '--code-only'), 'cdkencryptionconstructs');
  const app = join(folder, 'go');
  mkdirSync(app);
  cpSync(join(APPS, 'main.go'), join(app, 'main.go'));
  const modules = { 'github.com/cdk-encryption-constructs/cdk-encryption-constructs-go/cdkencryptionconstructs': ours, 'github.com/cdklabs/cdk-nag-go/cdknag/v3': nag };
  writeFileSync(join(app, 'go.mod'), [
    'module example', 'go 1.25',
    `require github.com/aws/aws-cdk-go/awscdk/v2 v${GO.cdk}`,
    `require github.com/aws/constructs-go/constructs/v10 v${GO.constructs}`,
    `require github.com/aws/jsii-runtime-go v${GO.runtime}`,
    ...Object.entries(modules).map(([name, path]) => `replace ${name} => ${path}`),
  ].join('\n'));
  run(app, 'go', 'mod', 'tidy');
  expect(run(app, 'go', 'run', '.')).toMatch(REFUSAL);
  expect(templates(app)).toEqual(javascript(GO.cdk, GO.constructs));
}, 900_000);

test('.NET gets a class for each export; it is compiled where there is an SDK', () => {
  const source = join(pacmak('dotnet', ROOT, '--code-only'), 'CdkEncryption.Constructs');
  const classes = readdirSync(join(source, 'CdkEncryption/Constructs')).map((file) => file.replace(/\.cs$/, ''));
  const exported = Object.entries(library).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  expect(exported.filter((name) => !classes.includes(name))).toEqual([]);
  expect(existsSync(join(source, 'CdkEncryption.Constructs.csproj'))).toBe(true);
  if (spawnSync('dotnet', ['--version']).status === 0) { run(source, 'dotnet', 'build'); }
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));
