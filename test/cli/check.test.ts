import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BAD_QUEUE, cdkEncryption, folderWith, GOOD_ALIAS, runIn } from '../support/command-line';

const EMPTY = 'Resources: {}\n';
const json = (text: string) => JSON.parse(text) as { findings: any[]; acknowledged: any[]; failures: any[]; templates: string[] };
const rulesOf = (text: string) => json(text).findings.map(({ rule, logicalId }) => `${logicalId} ${rule}`);

describe('exits', () => {
  test('0 where nothing is wrong', () => {
    const { code, out } = cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': GOOD_ALIAS } });
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+ rules over 1 resource in 1 template: no findings\.$/)]);
  });

  test('1 for findings, with the template\'s file and line', () => {
    const { code, out } = cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': BAD_QUEUE } });
    expect(code).toBe(1);
    expect(out).toContain('  Orders AWS::SQS::Queue  a.yaml:2');
    expect(out).toContain('error        Encryption-SqsQueueEncrypted: SqsManagedSseEnabled is false');
  });

  test('2 where something could not be checked, and still checks the other files', () => {
    const { code, out } = cdkEncryption(['check', '*.yaml'], { files: { 'a.yaml': 'Resources: {', 'b.yaml': BAD_QUEUE } });
    expect(code).toBe(2);
    expect(out).toContain('cannot check a.yaml:1:13: not valid YAML');
    expect(out).toContain('Encryption-SqsQueueEncrypted');
  });

  test('0 with --fail-on never, and 1 for what is only undetermined with --fail-on undetermined', () => {
    const files = { 'a.yaml': BAD_QUEUE, 'b.yaml': 'Parameters: {On: {Type: String}}\nResources: {Q: {Type: AWS::RDS::DBProxy, Properties: {RequireTLS: !Ref On}}}' };
    expect(cdkEncryption(['check', 'a.yaml', '--fail-on', 'never'], { files }).code).toBe(0);
    expect(cdkEncryption(['check', 'b.yaml'], { files }).code).toBe(0);
    const strict = cdkEncryption(['check', 'b.yaml', '--fail-on', 'undetermined'], { files });
    expect(strict.code).toBe(1);
    expect(strict.out).toContain('undetermined Encryption-RdsProxyTls: RequireTLS: the parameter On has no default');
  });

  test('1 for a warning with --fail-on warning only', () => {
    const files = { 'a.yaml': 'Resources: {Q: {Type: AWS::CertificateManager::Certificate, Properties: {ValidationMethod: EMAIL}}}' };
    expect(cdkEncryption(['check', 'a.yaml'], { files }).code).toBe(0);
    expect(cdkEncryption(['check', 'a.yaml', '--fail-on', 'warning'], { files }).code).toBe(1);
  });
});

describe('takes', () => {
  test('what `aws cloudformation get-template` prints, whole or by --query, in JSON or YAML', () => {
    const template = { Resources: { Orders: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } } } };
    for (const printed of [{ TemplateBody: template }, { TemplateBody: BAD_QUEUE }, BAD_QUEUE, template]) {
      const { code, out } = cdkEncryption(['check', '-'], { stdin: JSON.stringify(printed) });
      expect([code, out]).toEqual([1, expect.stringContaining('Encryption-SqsQueueEncrypted')]);
    }
    expect(cdkEncryption(['check', '-'], { stdin: '{"TemplateBody": {"a": 1}}' })).toMatchObject({ code: 2, out: expect.stringContaining('not a CloudFormation template') });
  });

  test('standard input', () => {
    const { code, out } = cdkEncryption(['check', '-'], { stdin: BAD_QUEUE });
    expect(code).toBe(1);
    expect(out).toContain('<stdin>:2');
  });

  test('globs, and passes over what is no template', () => {
    const { out } = cdkEncryption(['check', '**/*.{yaml,json}', '--format', 'json'], { files: { 'x/a.yaml': BAD_QUEUE, 'x/package.json': { name: 'x' }, 'x/event.json': { template: { Resources: {} } }, 'y/b.json': { Resources: {} } } });
    expect(json(out).templates).toEqual(['x/a.yaml', 'y/b.json']);
  });

  test('a folder of templates', () => {
    const { out } = cdkEncryption(['check', 'templates', '--format', 'json'], { files: { 'templates/a.yml': BAD_QUEUE, 'templates/deep/b.template': JSON.stringify({ Resources: {} }), 'templates/notes.json': '{}' } });
    expect(json(out).templates).toEqual(['templates/a.yml', 'templates/deep/b.template']);
  });

  test('cdk.out where nothing is named, and says so where there is none', () => {
    const { code, err } = cdkEncryption(['check']);
    expect([code, err]).toEqual([2, 'cdk-encryption: no cdk.out in this folder. Say what to check, for example `cdk-encryption check cdk.out template.yaml`.']);
  });

  test('no assembly without stacks: a pipeline that checks nothing is not green', () => {
    const { code, out } = cdkEncryption(['check'], { files: { 'cdk.out/manifest.json': { artifacts: {} }, 'cdk.out/cdk.out': '{}' } });
    expect([code, out]).toEqual([2, expect.stringContaining('cannot check cdk.out: no stack found')]);
  });

  test('but says what is not there', () => {
    expect(cdkEncryption(['check', 'no.yaml', 'no/*.yaml']).out).toContain('cannot check no.yaml: file or folder not found\ncannot check no/*.yaml: no file matches this pattern');
    expect(cdkEncryption(['check', 'a'], { files: { 'a/readme.txt': 'x' } }).out).toContain('cannot check a: no template found');
  });
});

describe('a cloud assembly', () => {
  /** A stage, a nested stack that gets its key from its parent, and a queue that somebody accepted. */
  function assembly(): string {
    const folder = folderWith({});
    const app = new App({ outdir: `${folder}/cdk.out` });
    const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
    const stack = new Stack(stage, 'Orders');
    const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
    const nested = new NestedStack(stack, 'Nested');
    new sqs.CfnQueue(nested, 'Inner', { kmsMasterKeyId: key.keyArn });
    const accepted = new sqs.CfnQueue(new Stack(app, 'Legacy'), 'Old', { sqsManagedSseEnabled: false });
    Validations.of(accepted).acknowledge({ id: 'Encryption-SqsQueueEncrypted', reason: 'goes away in May' });
    // The same logical id as in the nested stack.
    Validations.of(new sqs.CfnQueue(stack, 'Inner', { kmsMasterKeyId: key.keyArn })).acknowledge({ id: 'Encryption-SqsQueueTlsOnly', reason: 'outer' });
    app.synth();
    return folder;
  }

  test('is checked with its stages and nested stacks, under the constructs\' paths', () => {
    const { out } = runIn(assembly(), ['check', '--format', 'json', '--rules', 'Encryption-Sqs*']);
    const { findings, templates, failures } = json(out);
    expect(failures).toEqual([]);
    expect(templates).toHaveLength(3);
    expect(findings.filter(({ rule }) => rule === 'Encryption-SqsQueueCustomerKey').map(({ path }) => path)).toEqual(['Legacy/Old']);
    expect(findings.find(({ path }) => path === 'Prod/Orders/Nested/Inner')).toMatchObject({ rule: 'Encryption-SqsQueueTlsOnly', level: 'error' });
  });

  test('has its acknowledgements with it', () => {
    const { acknowledged } = json(runIn(assembly(), ['check', '--format', 'json']).out);
    expect(acknowledged).toMatchObject([
      { rule: 'Encryption-SqsQueueEncrypted', path: 'Legacy/Old', acknowledged: 'goes away in May' },
      { rule: 'Encryption-SqsQueueTlsOnly', path: 'Prod/Orders/Inner', acknowledged: 'outer' },
    ]);
  });

  test('of a stage may be named by itself', () => {
    const { out } = runIn(assembly(), ['check', 'cdk.out/assembly-Prod', '--format', 'json']);
    expect(json(out).templates).toHaveLength(2);
  });
});

describe('rules', () => {
  const files = { 'a.yaml': BAD_QUEUE };

  test('are chosen and left out by pattern, with or without the prefix', () => {
    expect(rulesOf(cdkEncryption(['check', 'a.yaml', '--format', 'json', '--rules', 'SqsQueueE*,Encryption-SqsQueueTlsOnly'], { files }).out))
      .toEqual(['Orders Encryption-SqsQueueEncrypted', 'Orders Encryption-SqsQueueTlsOnly']);
    expect(rulesOf(cdkEncryption(['check', 'a.yaml', '--format', 'json', '--skip', 'Encryption-Sqs*'], { files }).out)).toEqual([]);
  });

  test('that there are not are refused, with what was meant', () => {
    const { code, err } = cdkEncryption(['check', 'a.yaml', '--rules', 'SqsQueueEncrypt'], { files });
    expect([code, err]).toEqual([2, "cdk-encryption: unknown rule 'SqsQueueEncrypt'. Did you mean Encryption-SqsQueueEncrypted, Encryption-SqsQueueTlsOnly, Encryption-SqsQueueKeyUsable?"]);
  });

  test('are listed and explained', () => {
    expect(cdkEncryption(['rules']).out.split('\n').length).toBeGreaterThan(80);
    expect(JSON.parse(cdkEncryption(['rules', '--format', 'json']).out).map(({ id }: { id: string }) => id)).toContain('Encryption-KmsKeyRotation');
    const { out } = cdkEncryption(['explain', 'kmskeyrotation']);
    expect(out).toContain('Encryption-KmsKeyRotation (error, key)');
    expect(out).toContain('CT.KMS.PR.1');
    expect(cdkEncryption(['explain']).err).toContain('explain needs the id of a rule');
  });
});

describe('acknowledgements', () => {
  const accepted = (more: object) => ({ 'a.yaml': BAD_QUEUE, '.cdk-encryption.json': { acknowledge: [{ rule: 'Encryption-Sqs*', reason: 'a test queue', ...more }] } });

  test('of the configuration hold until their last day', () => {
    const files = accepted({ resource: 'Ord*', file: 'a.yaml', expires: '2026-11-24' });
    expect(cdkEncryption(['check', 'a.yaml'], { files, today: '2026-11-24' })).toMatchObject({ code: 0, out: expect.stringContaining('3 acknowledged') });
    expect(cdkEncryption(['check', 'a.yaml'], { files, today: '2026-11-25' }).code).toBe(1);
  });

  test('hold for what they name only', () => {
    expect(cdkEncryption(['check', 'a.yaml'], { files: accepted({ resource: 'Other' }) }).code).toBe(1);
    expect(cdkEncryption(['check', 'a.yaml'], { files: accepted({ file: 'b.yaml' }) }).code).toBe(1);
  });

  test('of cdk-nag in the template\'s metadata hold too', () => {
    const template = `${BAD_QUEUE}    Metadata: {cdk_nag: {rules_to_suppress: [{id: Encryption-SqsQueueEncrypted, reason: test}]}}\n`;
    const { findings, acknowledged } = json(cdkEncryption(['check', 'a.yaml', '--format', 'json'], { files: { 'a.yaml': template } }).out);
    expect(acknowledged).toMatchObject([{ rule: 'Encryption-SqsQueueEncrypted', acknowledged: 'test' }]);
    expect(findings.some(({ rule }) => rule === 'Encryption-SqsQueueEncrypted')).toBe(false);
  });

  test.each([
    [{ acknowledge: [{ rule: 'A' }] }, "'acknowledge[0].reason' must say why A is accepted"],
    [{ acknowledge: [{ rule: 'A', reason: 'b', expires: 'May' }] }, "'acknowledge[0].expires' must be a day such as 2027-03-31, got \"May\""],
    [{ acknowledge: [null] }, "'acknowledge[0]' must be an object with rule and reason, got null"],
    [{ acknowledge: [{ rule: 'A', reason: 'b', until: 'x' }] }, "unknown setting 'acknowledge[0].until'"],
    [{ acknowledge: [{ rule: 'A', reason: 'b', resource: 5 }] }, "'acknowledge[0].resource' must be text, got 5"],
    [{ failOn: 'fatal' }, '\'failOn\' cannot be "fatal"'],
    [{ skipp: [] }, "unknown setting 'skipp'; expected one of: rules, skip, failOn, baseline, acknowledge"],
    [[], 'the configuration must be an object'],
  ])('a configuration %j is refused', (config, message) => {
    const { code, err } = cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': EMPTY, '.cdk-encryption.json': config } });
    expect(code).toBe(2);
    expect(err).toContain(`.cdk-encryption.json: ${message}`);
  });

  test('may stand in package.json, or in a file that is named', () => {
    const config = { skip: ['Encryption-Sqs*'] };
    expect(cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': BAD_QUEUE, 'package.json': { 'cdk-encryption': config } } }).code).toBe(0);
    expect(cdkEncryption(['check', 'a.yaml', '--config', 'ci.json'], { files: { 'a.yaml': BAD_QUEUE, 'ci.json': config } }).code).toBe(0);
    expect(cdkEncryption(['check', 'a.yaml', '--config', 'no.json'], { files: { 'a.yaml': BAD_QUEUE } })).toMatchObject({ code: 2, err: expect.stringContaining('no.json: the configuration cannot be read') });
  });
});

describe('a baseline', () => {
  test('leaves only what is new', () => {
    const folder = folderWith({ 'a.yaml': BAD_QUEUE });
    const written = runIn(folder, ['check', 'a.yaml', '--write-baseline', 'known.json']);
    expect([written.code, written.err]).toEqual([0, 'wrote 3 findings to known.json']);
    expect(runIn(folder, ['check', 'a.yaml', '--baseline', 'known.json']).code).toBe(0);
    const grown = runIn(folderWith({ 'a.yaml': `# a line more\n${BAD_QUEUE}  New:\n    Type: AWS::SQS::Queue\n`, 'known.json': written.read('known.json') }),
      ['check', 'a.yaml', '--baseline', 'known.json', '--format', 'json']);
    expect(new Set(json(grown.out).findings.map(({ logicalId }) => logicalId))).toEqual(new Set(['New']));
  });

  test('that cannot be read is told', () => {
    expect(cdkEncryption(['check', 'a.yaml', '--baseline', 'no.json'], { files: { 'a.yaml': EMPTY } })).toMatchObject({ code: 2, err: expect.stringContaining('no.json: the baseline cannot be read') });
    expect(cdkEncryption(['check', 'a.yaml', '--baseline', 'x.json'], { files: { 'a.yaml': EMPTY, 'x.json': '[null, 3]' } })).toMatchObject({ code: 2, err: expect.stringContaining('x.json: the baseline cannot be read') });
  });
});

describe('says what is wrong with its own arguments', () => {
  test.each([
    [['chek'], "unknown command 'chek'; expected one of: check, report, who, diff, rules, explain, completion."],
    [['check', '--frmat', 'json'], "Unknown option '--frmat'. See cdk-encryption --help."],
    [['check', '--format', 'xml'], "unknown format 'xml'; expected one of: text, json, sarif, junit, github, gitlab."],
    [['check', 'a', '--format', 'json,sarif'], 'several formats need --output with a folder for them.'],
    [['check', 'a', '--fail-on', 'all'], "--fail-on cannot be 'all'; expected one of: error, warning, info, undetermined, never."],
    [['explain', 'xyz'], "unknown rule 'xyz'. `cdk-encryption rules` lists them."],
  ])('%j', (args, message) => {
    expect(cdkEncryption(args)).toMatchObject({ code: 2, err: `cdk-encryption: ${message}` });
  });

  test('and prints its help', () => {
    expect(cdkEncryption(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 no findings, 1 findings, 2 something could not be checked.') });
    expect(cdkEncryption([]).code).toBe(2);
    expect(cdkEncryption(['--version']).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

test('tells how far it is', () => {
  const told: string[] = [];
  cdkEncryption(['check', '*.yaml'], { files: { 'a.yaml': EMPTY, 'b.yaml': EMPTY }, progress: (done, of) => told.push(`${done}/${of}`) });
  expect(told).toEqual(['1/2', '2/2']);
});
