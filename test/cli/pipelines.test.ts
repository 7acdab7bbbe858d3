import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/cli/commands';
import { BAD_QUEUE, cdkEncryption, folderWith, Ran, runIn } from '../support/command-line';

const PAGE = readFileSync(join(__dirname, '../../docs/pipelines.md'), 'utf8');
const snippetsOf = (page: string, language: string) => [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text);
const snippets = (language: string) => snippetsOf(PAGE, language);
const CONFIG = snippets('json')[0];
const [github, gitlab, codeBuild, preCommit, byHand] = snippets('yaml').map((text) => parse(text));
const [shell, pullRequest] = snippets('bash');

/** The arguments of a line that runs the command, as a shell splits them. */
const argumentsOf = (line: string) => line.replace(/^.*?cdk-encryption /, '').replace(/ +#.*$/, '').split(' ').map((word) => word.replace(/'/g, ''));
const commandsIn = (lines: string[]) => lines.filter((line) => /cdk-encryption (check|explain|report)/.test(line)).map(argumentsOf);
const project = () => folderWith({
  'cdk.out/manifest.json': { artifacts: { Orders: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Orders.template.json' } } } },
  'cdk.out/cdk.out': '{}',
  'cdk.out/Orders.template.json': parse(BAD_QUEUE),
  'templates/deep/a.yaml': BAD_QUEUE,
});

const EVIDENCE = ['cdk-encryption.html', 'cdk-encryption.cdx.json', 'cdk-encryption.inventory.csv', 'cdk-encryption.inventory.json', 'cdk-encryption.oscal.json'];

/** Runs the lines of a recipe in a project with a bad queue, as a pipeline would: the evidence first, and then what decides. */
function ran(lines: string[]): Ran {
  const folder = project();
  const [report, check, ...more] = commandsIn(lines);
  expect([report[0], check[0], more]).toEqual(['report', 'check', []]);
  expect([report.slice(-2), check.slice(-2)]).toEqual([['--output', 'reports'], ['--output', 'reports']]);
  const evidence = runIn(folder, report);
  expect([evidence.code, evidence.err]).toEqual([0, '']);
  EVIDENCE.forEach((file) => expect(evidence.read(`reports/${file}`).length).toBeGreaterThan(0));
  const result = runIn(folder, check);
  expect(result.code).toBe(1);
  return result;
}

test('every command of the page is one that the command line takes', () => {
  const folder = project();
  const commands = commandsIn(snippets('sh').flatMap((text) => text.split('\n')));
  expect(commands.length).toBeGreaterThanOrEqual(8);
  for (const args of commands) {
    const { code, err } = runIn(folder, args, { stdin: BAD_QUEUE });
    expect([args, code === 2 ? err : '']).toEqual([args, '']);
  }
});

test('GitHub Actions: what is uploaded and kept is what is written', () => {
  const { steps } = github.jobs.encryption;
  const using = (action: string) => steps.find(({ uses }: { uses?: string }) => uses?.startsWith(action));
  const { read } = ran(steps.flatMap(({ run }: { run?: string }) => run ?? []));
  const [upload, artifact] = [using('github/codeql-action/upload-sarif'), using('actions/upload-artifact')];
  expect(JSON.parse(read(upload.with.sarif_file)).version).toBe('2.1.0');
  expect([artifact.with.path, github.permissions['security-events']]).toEqual(['reports', 'write']);
  expect([upload.if, artifact.if]).toEqual(['always()', 'always()']);
});

test('GitLab CI: the reports that are kept are the ones that are written', () => {
  const { script, artifacts: { when, paths, reports } } = gitlab.encryption;
  const { read } = ran(script);
  expect(read(reports.junit)).toContain('<testsuites');
  expect(JSON.parse(read(reports.codequality))[0].check_name).toMatch(/^Encryption-/);
  expect([when, paths]).toEqual(['always', ['reports']]);
});

test('CodeBuild: the report group gets JUnit, and the artifacts are of the same folder', () => {
  const { phases, reports: { encryption }, artifacts } = codeBuild;
  const { read } = ran(phases.build.commands);
  expect(encryption['file-format']).toBe('JUNITXML');
  expect(read(`${encryption['base-directory']}/${encryption.files[0]}`)).toContain('<testsuites');
  expect(artifacts).toEqual({ 'base-directory': 'reports', 'files': ['cdk-encryption.*'] });
});

test('a pull request: the two folders that are synthesized are compared', () => {
  const [, output] = /synth --quiet --output \.\.\/(\S+)\)/.exec(pullRequest)!;
  const folder = project();
  cpSync(join(folder, 'cdk.out'), join(folder, output), { recursive: true });
  const args = argumentsOf(pullRequest.split('\n').find((line) => line.includes('cdk-encryption diff'))!);
  expect(runIn(folder, args)).toMatchObject({ code: 0, err: '', out: 'No encryption changes: nothing is lost.' });
  writeFileSync(join(folder, 'cdk.out/Orders.template.json'), '{"Resources": {}}');
  expect(runIn(folder, args)).toMatchObject({ code: 1, out: expect.stringContaining('removed: the data is lost') });
});

test('plain shell: stops at the first command that fails', () => {
  const { read } = ran(shell.split('\n'));
  expect(shell).toMatch(/^set -euo pipefail\n/);
  expect(JSON.parse(read('reports/cdk-encryption.json')).findings.length).toBeGreaterThan(0);
});

test('pre-commit: the hook finds what is wrong in the files that it is given, in a line each', () => {
  const [{ entry, files }, evidence] = preCommit.repos[0].hooks;
  expect('infra/orders.template.yaml').toMatch(new RegExp(files));
  expect('package.json').not.toMatch(new RegExp(files));
  const folder = folderWith({ 'orders.template.yaml': BAD_QUEUE, 'good.template.yaml': 'Resources: {}' });
  const { code, out } = runIn(folder, [...argumentsOf(entry), 'orders.template.yaml']);
  expect([code, out.split('\n').length]).toEqual([1, 3]);
  expect(runIn(folder, [...argumentsOf(entry), 'good.template.yaml'])).toMatchObject({ code: 0, out: '' });
  expect([evidence.stages, evidence.pass_filenames, argumentsOf(evidence.entry)]).toEqual([['manual'], false, ['report', '.', '--format', 'html,cbom,csv,json,oscal', '--output', 'reports']]);
});

test('the settings are taken', () => {
  const { code, out } = runIn(folderWith({ 'a.yaml': BAD_QUEUE, '.cdk-encryption.json': CONFIG }), ['check', 'a.yaml']);
  expect([code, out.includes('Encryption-SqsQueueEncrypted')]).toEqual([1, true]);
});

test('the acknowledgement in a template holds, with its last day', () => {
  const { out } = cdkEncryption(['check', 'a.json', '--format', 'json', '--rules', 'S3BucketLogsAccess'], { files: { 'a.json': byHand } });
  expect(JSON.parse(out)).toMatchObject({ findings: [], acknowledged: [{ acknowledged: 'Receives the logs of others.', expires: '2027-03-31' }], notes: [] });
});

test('the table of formats names each, and the file that it becomes', () => {
  const folder = project();
  const rows = [...PAGE.matchAll(/^\| `(\w+)` \| .* \| (printed|`[^`]+`) \|$/gm)].map(([, format, file]) => [format, file.replace(/`/g, '')]);
  expect(rows.map(([format]) => format).sort()).toEqual([...COMMANDS.check.options.format.values!].sort());
  runIn(folder, ['check', 'cdk.out', '--format', rows.map(([format]) => format).join(','), '--output', 'out']);
  for (const [, file] of rows.filter(([, each]) => each !== 'printed')) {
    expect(readFileSync(join(folder, 'out', file), 'utf8').length).toBeGreaterThan(0);
  }
});

test('the rule of the page on own rules is one, and its test passes', () => {
  const page = readFileSync(join(__dirname, '../../docs/own-rules.md'), 'utf8');
  const [rule, its] = snippetsOf(page, 'js');
  const folder = folderWith({ 'tools/rules/queue-named.js': rule, 'test/rules.test.js': its.replace('cdk-encryption-constructs/lib/own-rules', join(__dirname, '../../src/own-rules')), 'a.yaml': BAD_QUEUE });
  const tests: Array<[string, () => void]> = [];
  const load = (id: string) => jest.requireActual(id.startsWith('..') ? join(folder, 'test', id) : id);
  new Function('require', 'test', readFileSync(join(folder, 'test/rules.test.js'), 'utf8'))(load, (name: string, run: () => void) => tests.push([name, run]));
  expect(tests.map(([name]) => name)).toEqual(['Acme-QueueNamed']);
  tests.forEach(([, run]) => run());
  expect(runIn(folder, ['check', 'a.yaml', '--rules-from', 'tools/rules']).out).toContain('Acme-QueueNamed: QueueName is not set');
});
