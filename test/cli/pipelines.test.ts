import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BAD_QUEUE, folderWith, runIn } from '../support/command-line';

const PAGE = readFileSync(join(__dirname, '../../docs/pipelines.md'), 'utf8');
const snippets = (language: string) => [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text);
const CONFIG = snippets('json')[0];
const [github, gitlab, preCommit] = snippets('yaml').map((text) => parse(text));

/** The arguments of a line that runs the command, as a shell splits them. */
const argumentsOf = (line: string) => line.replace(/^.*?cdk-encryption /, '').replace(/ +#.*$/, '').split(' ').map((word) => word.replace(/'/g, ''));
const commandsIn = (lines: string[]) => lines.filter((line) => /cdk-encryption (check|explain)/.test(line)).map(argumentsOf);
const project = () => folderWith({
  'cdk.out/manifest.json': { artifacts: { Orders: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Orders.template.json' } } } },
  'cdk.out/cdk.out': '{}',
  'cdk.out/Orders.template.json': parse(BAD_QUEUE),
  'templates/deep/a.yaml': BAD_QUEUE,
});

test('every command of the page is one that the command line takes', () => {
  const folder = project();
  const commands = commandsIn(snippets('sh').flatMap((text) => text.split('\n')));
  expect(commands.length).toBeGreaterThanOrEqual(6);
  for (const args of commands) {
    const { code, err } = runIn(folder, args, { stdin: BAD_QUEUE });
    expect([args, code === 2 ? err : '']).toEqual([args, '']);
  }
});

test('GitHub Actions: the report that is uploaded is the one that is written', () => {
  const { steps } = github.jobs.encryption;
  const [args] = commandsIn(steps.flatMap(({ run }: { run?: string }) => run ?? []));
  const upload = steps.find(({ uses }: { uses?: string }) => uses?.startsWith('github/codeql-action/upload-sarif'));
  expect(JSON.parse(runIn(project(), args).read(upload.with.sarif_file)).version).toBe('2.1.0');
  expect(github.permissions['security-events']).toBe('write');
  expect(upload.if).toBe('always()');
});

test('GitLab CI: the report that is kept is the one that is written', () => {
  const [args] = commandsIn(gitlab.encryption.script);
  expect(runIn(project(), args).read(gitlab.encryption.artifacts.reports.junit)).toContain('<testsuites');
});

test('pre-commit: the hook finds what is wrong in the files that it is given', () => {
  const [{ entry, files }] = preCommit.repos[0].hooks;
  expect('infra/orders.template.yaml').toMatch(new RegExp(files));
  expect('package.json').not.toMatch(new RegExp(files));
  const folder = folderWith({ 'orders.template.yaml': BAD_QUEUE });
  expect(runIn(folder, [...argumentsOf(entry), 'orders.template.yaml']).code).toBe(1);
});

test('the settings are taken', () => {
  const { code, out } = runIn(folderWith({ 'a.yaml': BAD_QUEUE, '.cdk-encryption.json': CONFIG }), ['check', 'a.yaml']);
  expect([code, out.includes('Encryption-SqsQueueEncrypted')]).toEqual([1, true]);
});
