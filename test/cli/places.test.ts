import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isColoured, progressLine } from '../../src/cli/terminal';
import { BAD_QUEUE, cdkEncryption, folderWith, runIn } from '../support/command-line';

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } };
const CODE = "import * as sqs from 'aws-cdk-lib/aws-sqs';\n\nnew sqs.Queue(stack, 'Orders');\n";

/** A cloud assembly of one queue whose metadata, or report of validation, says where it was made. */
function assembly(metadata: object, more: Record<string, string | object> = {}): Record<string, string | object> {
  return {
    'cdk.out/manifest.json': { artifacts: { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' }, metadata } } },
    'cdk.out/cdk.out': '{}',
    'cdk.out/Shop.template.json': { Resources: { OrdersA1: QUEUE } },
    'lib/shop.ts': CODE,
    ...more,
  };
}
const LOGICAL_ID = { type: 'aws:cdk:logicalId', data: 'OrdersA1' };
const created = (folder: string) => ({ type: 'aws:cdk:creationStack', data: ['...new Queue2 in aws-cdk-lib...', `new Shop (${folder}/lib/shop.ts:3:1)`, '...node internals...'] });

function checked(files: Record<string, string | object>, ...args: string[]) {
  return cdkEncryption(['check', '--rules', 'SqsQueueEncrypted', ...args], { files });
}
const sourceIn = (files: Record<string, string | object>) => JSON.parse(checked(files, '--format', 'json').out).findings[0].source;

describe('a finding stands at the line of the app', () => {
  const metadata = { '/Shop/Orders/Resource': [LOGICAL_ID, created('/somewhere/else/app')] };

  test('in text, with an excerpt of it', () => {
    expect(checked(assembly(metadata)).out).toContain([
      '  Shop/Orders OrdersA1, AWS::SQS::Queue  lib/shop.ts:3:1  cdk.out/Shop.template.json:3-8',
      '      2 |',
      "    > 3 | new sqs.Queue(stack, 'Orders');",
      '        | ^^^^^^^^^^^^^',
      '      4 |',
    ].join('\n'));
  });

  test('in JSON', () => {
    expect(sourceIn(assembly(metadata))).toEqual({ file: 'lib/shop.ts', line: 3, column: 1 });
  });

  test('in SARIF, with the template beside it', () => {
    const [{ locations, relatedLocations }] = JSON.parse(checked(assembly(metadata), '--format', 'sarif').out).runs[0].results;
    expect(locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'lib/shop.ts' }, region: { startLine: 3, startColumn: 1 } });
    expect(relatedLocations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'cdk.out/Shop.template.json' }, region: { startLine: 3, endLine: 8 } });
  });

  test('in annotations of GitHub and in code quality of GitLab', () => {
    expect(checked(assembly(metadata), '--format', 'github').out).toContain('::error file=lib/shop.ts,line=3,col=1,title=Encryption-SqsQueueEncrypted::Shop/Orders: ');
    expect(JSON.parse(checked(assembly(metadata), '--format', 'gitlab').out)[0].location).toEqual({ path: 'lib/shop.ts', lines: { begin: 3 } });
  });

  test('in JUnit', () => {
    expect(checked(assembly(metadata), '--format', 'junit').out).toContain('at lib/shop.ts:3');
  });

  test.each([
    ['the trace of the logical id, as older releases write it', { '/Shop/Orders/Resource': [{ ...LOGICAL_ID, trace: ['new Queue (/x/node_modules/aws-cdk-lib/aws-sqs/lib/queue.js:1:1)', 'at new Shop (/x/lib/shop.ts:3:1)'] }] }],
    ['the construct around it', { '/Shop/Orders/Resource': [LOGICAL_ID], '/Shop/Orders': [created('/x')] }],
    ['the stack, where a library made it', { '/Shop/Orders/Resource': [LOGICAL_ID, { type: 'aws:cdk:creationStack', data: ['...aws-cdk-lib...', '(no user code in 10 frames)'] }], '/Shop': [created('/x')] }],
    ['a frame of an ES module', { '/Shop/Orders/Resource': [{ ...LOGICAL_ID, trace: ['file:///x/lib/shop.ts:3:1'] }] }],
  ])('by %s', (_, those) => {
    expect(sourceIn(assembly(those))).toEqual({ file: 'lib/shop.ts', line: 3, column: 1 });
  });

  test('by the report of validation', () => {
    const report = { pluginReports: [{ violations: [{ ruleName: 'x', violatingConstructs: [{ constructPath: 'Shop/Orders/Resource', stackTraces: ['new Shop (/x/lib/shop.ts:3:1)'] }] }] }] };
    expect(sourceIn(assembly({ '/Shop/Orders/Resource': [LOGICAL_ID] }, { 'cdk.out/validation-report.json': report }))).toEqual({ file: 'lib/shop.ts', line: 3, column: 1 });
  });

  test('and as the assembly has it where the file is not here', () => {
    expect(sourceIn(assembly({ '/Shop/Orders/Resource': [{ type: 'aws:cdk:logicalId', data: 'OrdersA1', trace: ['(/build/app/stacks/orders.py:7:3)'] }] })))
      .toEqual({ file: '/build/app/stacks/orders.py', line: 7, column: 3 });
  });

  test('and in the template where nothing is known, also of broken metadata', () => {
    expect(sourceIn(assembly({ '/Shop/Orders/Resource': [LOGICAL_ID, { type: 'aws:cdk:creationStack', data: 5 }, { type: 'aws:cdk:creationStack', data: [null, 'x:y:z'] }] }, { 'cdk.out/validation-report.json': '[' }))).toBeUndefined();
  });

  test('without showing a file that is not code of this folder', () => {
    const at = (file: string) => ({ '/Shop/Orders/Resource': [{ type: 'aws:cdk:logicalId', data: 'OrdersA1', trace: [`(${file}:1:1)`] }] });
    const folder = folderWith({ 'secret.ts': 'password = 1' });
    for (const file of ['/etc/passwd', `${folder}/secret.ts`, '.env', '../../etc/passwd']) {
      expect(checked(assembly(at(file), { '.env': 'TOKEN=1' })).out).not.toMatch(/root:|password|TOKEN/);
    }
  });
});

describe('an excerpt', () => {
  const said = (template: string, ...args: string[]) => cdkEncryption(['check', 'a.yaml', '--rules', 'SqsQueueEncrypted', ...args], { files: { 'a.yaml': template } }).out;

  test('has the range of lines, and points to the property', () => {
    expect(said(BAD_QUEUE)).toContain([
      '  Orders AWS::SQS::Queue  a.yaml:2-5',
      '      2 | Orders:',
      '      3 |   Type: AWS::SQS::Queue',
      '      4 |   Properties:',
      '    > 5 |     SqsManagedSseEnabled: false',
      '        |     ^^^^^^^^^^^^^^^^^^^^',
      '    error ',
    ].join('\n'));
  });

  test('of a long resource is what is around the property', () => {
    const lines = said(BAD_QUEUE.replace('Properties:', `Properties:\n${Array.from({ length: 50 }, (_, n) => `      P${n}: x`).join('\n')}`)).split('\n');
    expect(lines.filter((line) => / \| /.test(line))).toEqual(['      54 | P49: x', '    > 55 | SqsManagedSseEnabled: false', '         | ^^^^^^^^^^^^^^^^^^^^']);
  });

  test('of one long line is cut', () => {
    const folder = folderWith({ 'a.json': JSON.stringify({ Description: 'x'.repeat(500), Resources: { Q: QUEUE } }) });
    expect(Math.max(...runIn(folder, ['check', 'a.json', '--rules', 'SqsQueueEncrypted']).out.split('\n').slice(0, 4).map(({ length }) => length))).toBeLessThan(200);
  });

  test('is left out with --no-excerpt, and a run with --quiet says one line for each finding that fails it', () => {
    expect(said(BAD_QUEUE, '--no-excerpt')).not.toContain('|');
    expect(said(BAD_QUEUE, '--quiet')).toBe('a.yaml:5:7: error: Encryption-SqsQueueEncrypted: Orders: SqsManagedSseEnabled is false, and no key is named');
    expect(said(BAD_QUEUE, '--quiet', '--fail-on', 'never')).toBe('');
    expect(said('Resources: {Q: {Type: AWS::SQS::Queue}}', '--quiet')).toBe('');
  });
});

test('what passed is listed on request, and counted in the summary', () => {
  const { out } = cdkEncryption(['check', 'a.yaml', '--show', 'passed,acknowledged', '--rules', 'Sqs*'], {
    files: { 'a.yaml': 'Resources: {Q: {Type: AWS::SQS::Queue}}', '.cdk-encryption.json': { acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', reason: 'why', expires: '2027-01-01' }] } },
  });
  expect(out).toContain('acknowledged\n  Encryption-SqsQueueTlsOnly  Q  a.yaml:1: why (until 2027-01-01)');
  expect(out).toContain('passed\n  Encryption-SqsQueueEncrypted  Q  a.yaml:1');
  expect(out).toMatch(/1 acknowledged \(expires 2027-01-01\), \d+ passed\./);
});

test('--framework limits the rules to those with a control of it', () => {
  const ids = (framework: string) => new Set(JSON.parse(cdkEncryption(['check', 'a.yaml', '--framework', framework, '--format', 'json'], { files: { 'a.yaml': BAD_QUEUE } }).out).findings.flatMap(({ controls }: any) => Object.keys(controls)));
  for (const framework of ['fsbp', 'control-tower', 'nist', 'pci-dss', 'hipaa']) { expect([framework, ids(framework).has(framework)]).toEqual([framework, true]); }
  const count = (...args: string[]) => JSON.parse(cdkEncryption(['check', 'a.yaml', ...args, '--format', 'json'], { files: { 'a.yaml': BAD_QUEUE } }).out).rules;
  expect(count('--framework', 'cis')).toBeLessThan(count('--framework', 'pci-dss,nist'));
});

test.each([
  ['UTF-16 as PowerShell writes it', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 of the other order', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
])('reads %s', (_, encoded) => {
  const folder = folderWith({});
  writeFileSync(join(folder, 'a.json'), encoded(`{"Resources": {"Q": ${JSON.stringify(QUEUE)}}}`));
  writeFileSync(join(folder, 'b.yaml'), encoded(BAD_QUEUE));
  writeFileSync(join(folder, '.cdk-encryption.json'), encoded('{"rules": ["SqsQueueEncrypted"]}'));
  expect(runIn(folder, ['check', 'a.json', 'b.yaml']).out).toMatch(/1 rule over 2 resources in 2 templates: 2 errors\./);
});

describe('on a terminal', () => {
  test('FORCE_COLOR decides on colours, then NO_COLOR', () => {
    expect(isColoured({}, true)).toBe(true);
    expect(isColoured({}, undefined)).toBe(false);
    expect(isColoured({ NO_COLOR: '1' }, true)).toBe(false);
    expect(isColoured({ NO_COLOR: '' }, true)).toBe(true);
    expect(isColoured({ FORCE_COLOR: '1' }, undefined)).toBe(true);
    expect(isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' }, undefined)).toBe(true);
    expect(isColoured({ FORCE_COLOR: '0' }, true)).toBe(false);
    expect(isColoured({ TERM: 'dumb' }, true)).toBe(false);
  });

  test('a run of more than a second says how far it is, on one line that goes away', () => {
    let now = 0;
    const written: string[] = [];
    const line = progressLine((text) => written.push(text), () => now);
    line.tell(1, 9);
    now = 1500;
    line.tell(2, 9);
    now = 1510;
    line.tell(3, 9);
    line.clear();
    line.clear();
    expect(written).toEqual(['\r2 of 9 templates\u001b[K', '\r\u001b[K']);
  });
});

describe('help', () => {
  test('has every option of every command, with an example', () => {
    const { out } = cdkEncryption(['--help']);
    for (const option of ['format', 'output', 'fail-on', 'rules', 'skip', 'framework', 'rules-from', 'config', 'baseline', 'write-baseline', 'show', 'no-excerpt', 'quiet', 'verbose', 'help', 'version']) {
      expect(out).toMatch(new RegExp(`^  --${option}\\b.*\\n +(--|cdk-encryption )`, 'm'));
    }
  });

  test('of one command is shorter', () => {
    expect(cdkEncryption(['explain', '--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage: cdk-encryption explain <rule…>/) });
    expect(cdkEncryption(['help', 'check']).out).toContain('Examples:\n  cdk-encryption check');
  });

  test('and shells complete commands, options and values', () => {
    expect(cdkEncryption(['completion', 'bash']).out).toContain('--framework) COMPREPLY=($(compgen -W "fsbp control-tower nist pci-dss hipaa cis"');
    // An option has other values in another command.
    expect(cdkEncryption(['completion', 'bash']).out).toContain('report\\ --format) COMPREPLY=($(compgen -W "html cbom csv json oscal"');
    expect(cdkEncryption(['completion', 'bash']).out).toContain('who\\ --format) COMPREPLY=($(compgen -W "text json"');
    expect(cdkEncryption(['completion', 'fish']).out).toContain("complete -c cdk-encryption -n '__fish_seen_subcommand_from check' -l quiet");
    expect(cdkEncryption(['completion', 'zsh']).out).toContain('bashcompinit');
    expect(cdkEncryption(['completion', 'csh'])).toMatchObject({ code: 2, err: "cdk-encryption: unknown shell 'csh'; expected one of: bash, zsh, fish." });
  });
});
