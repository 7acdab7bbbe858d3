import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { COMMANDS } from '../../src/cli/commands';
import { CONCERNS } from '../../src/diff/document';
import { BAD_QUEUE, cdkEncryption, folderWith, runIn } from '../support/command-line';
import { ARN, DELEGATES, allow, KEY, keyWith } from '../support/diffed';

const resources = (all: object) => ({ Resources: all });
const DB = (properties: object, attributes: object = {}) => ({ Database: { Type: 'AWS::RDS::DBInstance', Properties: properties, ...attributes }, Key: KEY });
const PLAIN = resources(DB({ StorageEncrypted: false }));
const ENCRYPTED = resources(DB({ StorageEncrypted: true, KmsKeyId: ARN('Key') }));
const files = { 'plain.json': PLAIN, 'encrypted.json': ENCRYPTED };

const folder = folderWith({
  ...files,
  'kept.json': resources(DB({ StorageEncrypted: true, KmsKeyId: ARN('Key') }, { UpdateReplacePolicy: 'Retain' })),
  'named.json': resources(DB({ StorageEncrypted: false, DBInstanceIdentifier: 'orders' })),
  'named-encrypted.json': resources(DB({ StorageEncrypted: true, DBInstanceIdentifier: 'orders' })),
  'queue.yaml': BAD_QUEUE.replace('false', 'true'),
  'bad-queue.yaml': BAD_QUEUE,
  'parameter.json': resources({ Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'P' } } } }),
  'topic.json': resources({ Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/orders' } } }),
  'partner.json': resources({ ...DB({ StorageEncrypted: false }), Key: keyWith(DELEGATES, allow({ AWS: '999999999999' }, 'kms:Decrypt')) }),
  'macro.json': { Transform: 'Company', ...PLAIN },
});
const run = (...args: string[]) => runIn(folder, ['diff', ...args]);

describe('exit code', () => {
  test.each<[number, string, string[]]>([
    [0, 'where nothing changes', ['plain.json', 'plain.json']],
    [1, 'where data is lost', ['plain.json', 'encrypted.json']],
    [0, 'where the old database is kept', ['plain.json', 'kept.json']],
    [1, 'where data is left behind, if somebody asks', ['plain.json', 'kept.json', '--fail-on', 'left-behind']],
    [0, 'where the service refuses', ['named.json', 'named-encrypted.json']],
    [1, 'where the service refuses, if somebody asks', ['named.json', 'named-encrypted.json', '--fail-on', 'refused']],
    [0, 'where data is protected less', ['queue.yaml', 'bad-queue.yaml']],
    [1, 'where data is protected less, if somebody asks', ['queue.yaml', 'bad-queue.yaml', '--fail-on', 'weakened']],
    [0, 'where nobody can tell', ['parameter.json', 'topic.json']],
    [1, 'where nobody can tell, if somebody asks', ['parameter.json', 'topic.json', '--fail-on', 'undetermined']],
    [1, 'where something was not read, if somebody asks', ['macro.json', 'macro.json', '--fail-on', 'undetermined']],
    [1, 'for what is worse too', ['plain.json', 'encrypted.json', '--fail-on', 'undetermined']],
    [0, 'where nothing fails the run', ['plain.json', 'encrypted.json', '--fail-on', 'never']],
    [0, 'where another account gains a key', ['plain.json', 'partner.json']],
    [1, 'where it loses the key', ['partner.json', 'plain.json']],
  ])('%i %s', (code, _, args) => {
    expect(run(...args)).toMatchObject({ code, err: '' });
  });

  test.each<[string, string[], string]>([
    ['one side is missing', ['plain.json'], 'cdk-encryption: diff takes two: what is there, and what comes, for example `cdk-encryption diff main.out cdk.out`; given: plain.json.'],
    ['nothing is given', [], 'given: none.'],
    ['three are given', ['plain.json', 'kept.json', 'named.json'], 'given: plain.json kept.json named.json.'],
    ['a file does not exist', ['plain.json', 'nowhere.json'], 'cdk-encryption: nowhere.json: file or folder not found'],
    ['both are standard input', ['-', '-'], 'only one of both can be standard input.'],
    ['the format is unknown', ['plain.json', 'kept.json', '--format', 'html'], "unknown format 'html'; expected one of: text, json."],
    ['the concern is unknown', ['plain.json', 'kept.json', '--fail-on', 'error'], "--fail-on cannot be 'error'; expected one of: lost, left-behind, refused, weakened, undetermined, never."],
    ['the option is one of check', ['plain.json', 'kept.json', '--baseline', 'x'], '--baseline is not an option of diff.'],
  ])('2 where %s', (_, args, message) => {
    expect(run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  test('2 where a template of a side cannot be read: what is in it would look removed', () => {
    const ran = cdkEncryption(['diff', 'old', 'new'], { files: { 'old/a.json': PLAIN, 'old/b.json': PLAIN, 'new/a.json': PLAIN, 'new/b.json': '{"Resources": {' } });
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringContaining('new/b.json:1:16: not valid JSON') });
  });
});

describe('a side is', () => {
  const isLost = (old: string, found: string, more: Record<string, string | object>, stdin?: string) =>
    expect(cdkEncryption(['diff', old, found], { files: { ...files, ...more }, stdin })).toMatchObject({ code: 1, out: expect.stringMatching(/Database {2}AWS::RDS::DBInstance.*\n {2}replaced: the data is lost/) });

  test('a template in JSON or YAML', () => {
    isLost('a.yaml', 'encrypted.json', { 'a.yaml': 'Resources:\n  Database: {Type: AWS::RDS::DBInstance, Properties: {StorageEncrypted: false}}\n  Key: {Type: AWS::KMS::Key}\n' });
  });

  test('what `aws cloudformation get-template` prints: an object, or a text where the template is in YAML', () => {
    isLost('deployed.json', 'encrypted.json', { 'deployed.json': { TemplateBody: PLAIN, StagesAvailable: ['Original', 'Processed'] } });
    isLost('deployed.json', 'encrypted.json', { 'deployed.json': { TemplateBody: 'Resources:\n  Database: {Type: AWS::RDS::DBInstance}\n  Key: {Type: AWS::KMS::Key}\n' } });
    isLost('deployed.json', 'encrypted.json', { 'deployed.json': JSON.stringify('Resources:\n  Database: {Type: AWS::RDS::DBInstance}\n  Key: {Type: AWS::KMS::Key}\n') });
  });

  test('standard input', () => {
    isLost('-', 'encrypted.json', {}, JSON.stringify(PLAIN));
  });

  const assembly = (folderName: string, stacks: Record<string, object>) => ({
    [`${folderName}/cdk.out`]: '{"version": "48.0.0"}',
    [`${folderName}/manifest.json`]: {
      version: '48.0.0',
      artifacts: Object.fromEntries(Object.keys(stacks).map((name) => [name, { type: 'aws:cloudformation:stack', environment: 'aws://111122223333/us-east-1', properties: { templateFile: `${name}.template.json`, stackName: name } }])),
    },
    ...Object.fromEntries(Object.entries(stacks).map(([name, template]) => [`${folderName}/${name}.template.json`, template])),
  });

  test('a cloud assembly, whose stacks are found by name', () => {
    isLost('main.out', 'cdk.out', { ...assembly('main.out', { Orders: PLAIN, Other: resources({}) }), ...assembly('cdk.out', { Other: resources({}), Orders: ENCRYPTED }) });
  });

  test('a deployed template against a cloud assembly: the other stacks are left out, and the account is the one that the assembly knows', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }] } }] } };
    const deployed = { TemplateBody: resources({ ...DB({}), Role: role }) };
    const ran = cdkEncryption(['diff', 'deployed.json', 'cdk.out'], { files: { 'deployed.json': deployed, ...assembly('cdk.out', { Orders: resources({ ...DB({}), Role: role }), Other: resources({ Queue: { Type: 'AWS::SQS::Queue' } }) }) } });
    expect(ran).toMatchObject({ code: 0, out: 'Not compared, because the other side is a single template: Other\n\nNo encryption changes: nothing is lost.' });
  });
});

describe('as JSON', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/diff.schema.json'), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, formats: { uri: /^https:\S+$/ } }).compile(schema);
  const report = (...args: string[]) => JSON.parse(run(...args, '--format', 'json').out);

  test('is by the schema that is published with the package', () => {
    for (const [old, found] of [['plain.json', 'encrypted.json'], ['partner.json', 'plain.json'], ['plain.json', 'partner.json'], ['parameter.json', 'topic.json'], ['macro.json', 'macro.json'], ['queue.yaml', 'bad-queue.yaml']]) {
      expect([found, validate(report(old, found)), validate.errors]).toEqual([found, true, null]);
    }
    const odd = report('plain.json', 'encrypted.json');
    expect(validate({ ...odd, more: 1 })).toBe(false);
    expect(validate({ ...odd, resources: [{ ...odd.resources[0], effect: 'gone' }] })).toBe(false);
  });

  test('says what changes, and counts it', () => {
    expect(report('plain.json', 'encrypted.json')).toMatchObject({
      tool: 'cdk-encryption',
      summary: { text: '1 resource changes (1 replaced): 1 lost', lost: 1, resources: 1, weakened: 0 },
      resources: [{ resource: 'Database', type: 'AWS::RDS::DBInstance', file: 'encrypted.json', line: 3, effect: 'replaced', concern: 'lost' }],
    });
    expect(report('plain.json', 'partner.json')).toMatchObject({
      summary: { gains: 1, outside: 1, lost: 0 }, keys: [{ of: 'Key', gains: [{ who: '999999999999', can: 'decrypt', outside: true }], loses: [] }],
    });
  });

  test('goes into a file, whole or not at all', () => {
    const ran = run('plain.json', 'encrypted.json', '--format', 'json', '--output', 'out/diff.json');
    expect([ran.code, ran.out]).toEqual([1, '']);
    expect(JSON.parse(ran.read('out/diff.json')).summary.lost).toBe(1);
  });
});

describe('as text', () => {
  test('is what docs/diff.md shows for its example', () => {
    const page = readFileSync(join(__dirname, '../../docs/diff.md'), 'utf8');
    const [old, found] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text);
    const [, shown] = /```text\n([^]*?)```/.exec(page)!;
    expect(cdkEncryption(['diff', 'old.yaml', 'new.yaml'], { files: { 'old.yaml': old, 'new.yaml': found } })).toMatchObject({ code: 1, out: shown.trimEnd() });
  });

  test('ends with what it comes to', () => {
    expect(run('partner.json', 'encrypted.json').out).toMatch(/\n\n1 resource changes \(1 replaced\), 1 loses access: 2 lost\.$/);
  });

  test('marks another account loudly', () => {
    expect(run('plain.json', 'partner.json').out).toContain('gains  decrypt  account 999999999999 (OTHER ACCOUNT)  conditional');
  });

  test('--quiet prints a line for what fails the run, and nothing else', () => {
    expect(run('plain.json', 'plain.json', '--quiet').out).toBe('');
    expect(run('plain.json', 'partner.json', '--quiet')).toMatchObject({ code: 0, out: '' });
    expect(run('partner.json', 'encrypted.json', '--quiet').out.split('\n')).toEqual([
      expect.stringMatching(/^lost: Database: replaced: CloudFormation makes a new, empty one/), 'lost: Key: 999999999999 loses decrypt',
    ]);
  });

  test('lets no name of a template steer a terminal or begin a line', () => {
    const evil = 'x\u001b[2J\n::error::';
    const old = resources({ [evil]: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: false, KmsKeyId: `${evil}k` } }, [`${evil}K`]: KEY, Gone: { Type: 'AWS::SQS::Queue', DeletionPolicy: evil } });
    const found = resources({ [evil]: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: true, KmsKeyId: evil } }, [`${evil}K`]: keyWith(allow({ AWS: evil }, 'kms:*', { Sid: evil })) });
    for (const more of [[], ['--quiet', '--fail-on', 'undetermined']]) {
      const { out } = cdkEncryption(['diff', 'a.json', 'b.json', ...more], { files: { 'a.json': old, 'b.json': found } });
      // eslint-disable-next-line no-control-regex
      expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
      expect(out.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
      expect(out).toContain('x\\u001b[2J\\n::error::');
    }
  });
});

describe('compares all the same', () => {
  const compared = (old: string, found: string) => {
    const { code, err } = cdkEncryption(['diff', 'a.yaml', 'b.yaml'], { files: { 'a.yaml': old, 'b.yaml': found } });
    expect([code < 2, err]).toEqual([true, '']);
  };

  test('wrong types in place of everything', () => {
    const odd = (value: string) => `Resources:\n  A: ${value}\n  B: {Type: ${value}}\n  C: {Type: AWS::RDS::DBInstance, Properties: ${value}, DeletionPolicy: ${value}, UpdateReplacePolicy: ${value}, Condition: ${value}}\n`
      + `  D: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: ${value}}}\n  E: {Type: AWS::KMS::Key, Properties: {KeyPolicy: ${value}, KeySpec: ${value}, Enabled: ${value}}}\nParameters: ${value}\nConditions: ${value}\nMappings: ${value}\n`;
    const good = odd('x').replace(/Conditions: x\n/, '');
    for (const value of ['null', '5', 'true', '""', '[]', '{}', '[[[]]]', '{Ref: 5}', '{"Fn::If": []}', '{"Fn::Join": [",", {}]}', '{"Fn::Sub": [5, 6]}', '{"Fn::GetAtt": 7}']) {
      compared(odd(value), good);
      compared(good, odd(value));
    }
  });

  test('names that JavaScript has for itself', () => {
    const names = 'Resources:\n  __proto__: {Type: AWS::S3::Bucket}\n  constructor: {Type: AWS::KMS::Key, Properties: {__proto__: {a: 1}, toString: 5}}\n  hasOwnProperty: {Type: constructor}\n  toString: {Type: AWS::SQS::Queue}\n';
    compared(names, names.replace('AWS::SQS::Queue', 'toString'));
    compared(names, 'Resources: {}\n');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });
});

test('docs/diff.md names every effect, concern and option', () => {
  const page = readFileSync(join(__dirname, '../../docs/diff.md'), 'utf8');
  const cells = [...page.matchAll(/^\| ([^|]+?) \|/gm)].map(([, cell]) => cell.replace(/`/g, '').replace(' (default)', ''));
  const { options } = COMMANDS.diff;
  const named = [...CONCERNS, 'never', 'in place', 'replaced', 'may be replaced', 'refused', 'removed', ...Object.keys(options).filter((name) => name !== 'fail-on' && name !== 'format').map((name) => `--${name}`)];
  expect(named.filter((name) => !cells.includes(name))).toEqual([]);
});

describe('help', () => {
  test('says what the exit codes mean', () => {
    expect(cdkEncryption(['diff', '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 nothing is lost, 1 data or access is lost (or what --fail-on says), 2 something could not be read.') });
    expect(cdkEncryption(['--help']).out).toContain('Of diff: 0 nothing is lost,');
  });

  test('completion of a shell offers the values of the option of this command', () => {
    const { out } = cdkEncryption(['completion', 'bash']);
    expect(out).toContain('diff\\ --fail-on) COMPREPLY=($(compgen -W "lost left-behind refused weakened undetermined never"');
    expect(out).toContain('check\\ --fail-on) COMPREPLY=($(compgen -W "error warning info undetermined never"');
  });
});

test.each([
  ['diff', 'before.json', 'after.json'], ['diff', 'before.json', 'after.json', '--format', 'json'], ['who', 'after.json'], ['who', 'after.json', '--format', 'json'],
  ['check', 'after.json'], ['check', 'after.json', '--format', 'json'], ['check', 'after.json', '--format', 'sarif'],
])('%s %s %s %s writes the Region and the account of a stack as CloudFormation does, where no template tells them', (...args) => {
  const service = (name: string) => ({ Service: { 'Fn::Sub': `${name}.\${AWS::Region}.amazonaws.com` } });
  const own = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/of-${AWS::Region}' } };
  const after = resources({ Key: keyWith(DELEGATES, allow(service('logs'), 'kms:Encrypt'), allow(service('dynamodb'), 'kms:Decrypt'), allow(own, 'kms:Decrypt')) });
  const { out } = runIn(folderWith({ 'before.json': resources({ Key: KEY }), 'after.json': after }), [...args, ...(args[0] === 'who' ? [] : ['--fail-on', 'never'])]);
  expect(out).toContain('${AWS::Region}');
  expect(out).not.toMatch(/own-region|000000000000|made-up/);
});
