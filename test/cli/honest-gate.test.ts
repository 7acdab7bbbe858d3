import { App, Stack, Validations } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BAD_QUEUE, cdkEncryption, folderWith, GOOD_ALIAS, runIn } from '../support/command-line';

const files = { 'a.yaml': BAD_QUEUE };
const config = (settings: object) => ({ ...files, '.cdk-encryption.json': settings });
const last = (text: string) => text.split('\n').pop()!;

describe('a selection that is empty or unknown ends in exit code 2', () => {
  test.each([
    [['--rules', ''], '--rules is empty: is a variable not set?'],
    [['--rules', ' , '], '--rules is empty'],
    [['--skip', ''], '--skip is empty'],
    [['--framework', ''], '--framework is empty'],
    [['--format', ''], '--format is empty'],
    [['--output', ''], '--output is empty'],
    [['--config', ''], '--config is empty'],
    [['--baseline', ''], '--baseline is empty'],
    [['--show', ''], '--show is empty'],
    [['--fail-on', ''], '--fail-on is empty'],
    [['--skip', '*'], 'no rule is left to check: --skip leaves out every one.'],
    [['--rules', 'Sqs*', '--skip', 'Encryption-Sqs*'], 'no rule is left to check: --skip leaves out every one.'],
    [['--rules', 'Nothing*'], "no rule fits 'Nothing*' of --rules."],
    [['--skip', 'SqsQueueEncrypt'], "unknown rule 'SqsQueueEncrypt'. Did you mean Encryption-SqsQueueEncrypted"],
    [['--framework', 'soc9'], "unknown framework 'soc9'; expected one of: fsbp, control-tower, nist, pci-dss, hipaa, cis."],
    [['--rules', 'KmsAlias*', '--framework', 'cis'], 'no rule is left to check: none of --rules answers a control of cis.'],
    [['--show', 'everything'], "--show cannot be 'everything'; expected one of: passed, acknowledged, baseline."],
    [['--output', 'a', '--output', 'b'], '--output is given 2 times; give it once.'],
  ])('%j', (more, message) => {
    expect(cdkEncryption(['check', 'a.yaml', ...more], { files })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`cdk-encryption: ${message}`) });
  });

  test.each([
    [{ rules: [] }, "'rules' in .cdk-encryption.json is empty, so that nothing would be checked."],
    [{ rules: [''] }, "'rules' in .cdk-encryption.json names an empty rule."],
    [{ rules: ['Sqs*'], skip: ['Sqs*'] }, "no rule is left to check: 'skip' in .cdk-encryption.json leaves out every one."],
    [{ skip: ['*'] }, "no rule is left to check: 'skip' in .cdk-encryption.json leaves out every one."],
    [{ frameworks: [] }, "'frameworks' in .cdk-encryption.json is empty"],
    [{ frameworks: ['soc9'] }, "unknown framework 'soc9'"],
    [{ baseline: '' }, '.cdk-encryption.json: \'baseline\' cannot be ""'],
    [{ acknowledge: [{ rule: 'SqsQueueTlsOnly', reason: 'r' }] }, ".cdk-encryption.json: acknowledge[0]: 'SqsQueueTlsOnly' is acknowledged in the configuration and is not the id of a rule, "
      + 'so that nothing is accepted by it. Did you mean Encryption-SqsQueueTlsOnly?'],
    [{ acknowledge: [{ rule: 'Encryption-Nothing*', reason: 'r' }] }, 'is not the id of a rule'],
  ])('settings %j', (settings, message) => {
    expect(cdkEncryption(['check', 'a.yaml'], { files: config(settings) })).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  test.each([
    ['an empty path', ['check', ''], {}, 'a path is empty: is a variable not set?'],
    ['an empty path beside a good one', ['check', 'a.yaml', ''], files, 'a path is empty'],
    ['an option of another command', ['rules', '--baseline', 'x'], {}, '--baseline is not an option of rules.'],
    ['an empty rule to explain', ['explain', ''], {}, 'explain needs the id of a rule'],
    ['a format of another command', ['rules', '--format', 'sarif'], {}, "unknown format 'sarif'; expected one of: text, json, markdown."],
  ])('%s', (_, args, around, message) => {
    expect(cdkEncryption(args, { files: around })).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  test.each([
    ['empty standard input', ['check', '-'], {}, 'cannot check <stdin>: not a CloudFormation template: it is empty'],
    ['a glob of files that are not templates', ['check', 'a.yaml', '*.md'], { ...files, 'x.md': 'x' }, 'cannot check *.md: no template found'],
    ['a folder without templates beside a good file', ['check', 'a.yaml', 'docs'], { ...files, 'docs/x.json': '{}' }, 'cannot check docs: no stack found'],
    ['an empty file', ['check', 'b.yaml'], { 'b.yaml': '\n' }, 'cannot check b.yaml: not a CloudFormation template: it is empty'],
  ])('%s', (_, args, around, message) => {
    expect(cdkEncryption(args, { files: around })).toMatchObject({ code: 2, out: expect.stringContaining(message) });
  });

  test('an acknowledgement in a cloud assembly, of a rule that does not exist; everything else is checked', () => {
    const app = new App();
    const scope = new Stack(app, 'Stack');
    new sqs.CfnQueue(scope, 'Orders', { sqsManagedSseEnabled: false });
    Validations.of(scope).acknowledge({ id: 'Encryption-SqsQueueEncryptd', reason: 'r' }, { id: 'AwsSolutions-SQS3', reason: 'r' });
    const { code, out } = runIn(app.synth().directory, ['check', '.']);
    expect(code).toBe(2);
    expect(out).toContain("error: 'Encryption-SqsQueueEncryptd' is acknowledged for Stack and is not the id of a rule, so that nothing is accepted by it. Did you mean Encryption-SqsQueueEncrypted?");
    expect(out).toContain('Encryption-SqsQueueTlsOnly');
    expect(last(out)).toContain('1 unknown acknowledgement');
  });

  test('one in the Metadata of a template too', () => {
    const template = `${BAD_QUEUE}    Metadata: {cdk_nag: {rules_to_suppress: [{id: Encryption-SqsQueueEncryptd, reason: r}, {id: AwsSolutions-SQS3, reason: r}]}}\n`;
    expect(cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': template } }))
      .toMatchObject({ code: 2, out: expect.stringContaining("'Encryption-SqsQueueEncryptd' is acknowledged for Orders in a.yaml and is not the id of a rule") });
  });
});

test('a rule is chosen in upper or lower case, and by several options', () => {
  const { code, out } = cdkEncryption(['check', 'a.yaml', '--rules', 'sqsqueueencrypted', '--rules', 'SQSQueueTlsOnly'], { files });
  expect([code, last(out)]).toEqual([1, expect.stringMatching(/^2 rules over 1 resource in 1 template: 2 errors\./)]);
});

test('a stack without resources is one that the CDK does not deploy, not a broken template', () => {
  const app = new App();
  new Stack(app, 'Empty');
  new sqs.CfnQueue(new Stack(app, 'Full'), 'Orders', { sqsManagedSseEnabled: false });
  const { code, out } = runIn(app.synth().directory, ['check', '.']);
  expect([code, last(out)]).toEqual([1, expect.stringContaining('in 2 templates')]);
});

test('a template that is named twice, and beside its assembly, is judged once', () => {
  expect(last(cdkEncryption(['check', 'a.yaml', '*.yaml', 'a.yaml'], { files }).out)).toContain('over 1 resource in 1 template');
});

describe('the summary says what was judged', () => {
  test('with what is accepted and until when, what the baseline has, and what was not read', () => {
    const folder = folderWith({ ...config({ acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', reason: 'r', expires: '2027-03-31' }] }), 'b.yaml': BAD_QUEUE.replace('Orders', 'Old') });
    runIn(folder, ['check', 'b.yaml', '--write-baseline', 'known.json']);
    const { code, out } = runIn(folder, ['check', 'a.yaml', 'b.yaml', 'gone.yaml', 'away.yaml', '--baseline', 'known.json']);
    expect(code).toBe(2);
    expect(last(out)).toMatch(/^\d+ rules over 2 resources in 2 templates: 2 errors, 2 acknowledged \(expires 2027-03-31\), 2 in the baseline, 2 not read\./);
  });

  test('with the first day of several', () => {
    const entries = [{ rule: 'Encryption-SqsQueueTlsOnly', reason: 'r', expires: '2027-03-31' }, { rule: 'Encryption-SqsQueueEncrypted', reason: 'r', expires: '2027-01-31' }, { rule: 'Encryption-SqsQueueCustomerKey', reason: 'r' }];
    expect(last(cdkEncryption(['check', 'a.yaml'], { files: config({ acknowledge: entries }) }).out)).toMatch(/no findings, 3 acknowledged \(the first expires 2027-01-31\)\.$/);
  });

  test('with the level undetermined recorded in a baseline where that fails the run', () => {
    const folder = folderWith({ 'b.yaml': 'Parameters: {On: {Type: String}}\nResources: {Q: {Type: AWS::RDS::DBProxy, Properties: {RequireTLS: !Ref On}}}' });
    runIn(folder, ['check', 'b.yaml', '--fail-on', 'undetermined', '--write-baseline', 'known.json']);
    expect(runIn(folder, ['check', 'b.yaml', '--fail-on', 'undetermined', '--baseline', 'known.json']).code).toBe(0);
  });
});

describe('told, without a change of the exit code', () => {
  const told = (settings: object, today = '2026-11-24', file: object = {}) =>
    cdkEncryption(['check', 'a.yaml', '--fail-on', 'never'], { files: { ...config(settings), ...file }, today });

  test('are acknowledgements that accept nothing', () => {
    const { code, out } = told({ acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', resource: 'Order', reason: 'r' }, { rule: 'Encryption-SqsQueueEncrypted', reason: 'r' }] });
    expect([code, out.match(/^warning: .*/gm)])
      .toEqual([0, ['warning: the acknowledgement of Encryption-SqsQueueTlsOnly (acknowledge[0] of .cdk-encryption.json) accepts nothing: no finding fits it. Remove or correct it.']]);
  });

  test('but not those of rules that were not asked, and of files that this run does not read', () => {
    expect(told({ rules: ['Kms*'], acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', resource: 'Order', reason: 'r' }] }).out).not.toContain('warning');
    expect(told({ acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', file: 'b.yaml', reason: 'r' }] }, undefined, { 'b.yaml': BAD_QUEUE }).out).not.toContain('warning');
    expect(told({ acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', file: 'c.yaml', reason: 'r' }] }).out).toContain('accepts nothing');
  });

  test('are acknowledgements whose day is past, with what they accepted', () => {
    const { out } = told({ acknowledge: [{ rule: 'Encryption-SqsQueueTlsOnly', reason: 'r', expires: '2026-11-23' }, { rule: 'Encryption-KmsKeyRotation', reason: 'r', expires: '2026-11-23' }] });
    expect(out).toContain('Encryption-SqsQueueTlsOnly: it has no queue policy (its acknowledgement expired on 2026-11-23)');
    expect(out).toContain('warning: the acknowledgement of Encryption-SqsQueueTlsOnly (acknowledge[0] of .cdk-encryption.json) expired on 2026-11-23: 1 finding is reported again.');
    expect(out).toContain('warning: the acknowledgement of Encryption-KmsKeyRotation (acknowledge[1] of .cdk-encryption.json) expired on 2026-11-23 and accepts nothing: remove it.');
  });

  test('are those in Metadata that accept nothing, for a resource and for a template', () => {
    const template = `Metadata: {cdk_nag: {rules_to_suppress: [{id: Encryption-KmsKeyRotation, reason: r}]}}\n${BAD_QUEUE}`
      + '    Metadata: {cdk_nag: {rules_to_suppress: [{id: Encryption-SqsQueueTlsOnly, reason: r}, {id: Encryption-S3BucketTlsOnly, reason: r}]}}\n';
    const { out } = cdkEncryption(['check', 'a.yaml'], { files: { 'a.yaml': template } });
    expect(out).toContain('warning: the acknowledgement of Encryption-KmsKeyRotation (a.yaml) accepts nothing');
    expect(out).toContain('warning: the acknowledgement of Encryption-S3BucketTlsOnly (Orders in a.yaml) accepts nothing');
    expect(out).not.toContain('acknowledgement of Encryption-SqsQueueTlsOnly');
  });

  test('are those of a cloud assembly, once for a scope', () => {
    const app = new App();
    const scope = new Stack(app, 'Stack');
    ['A', 'B'].forEach((id) => new sqs.CfnQueue(scope, id, { sqsManagedSseEnabled: false }));
    Validations.of(scope).acknowledge({ id: 'Encryption-SqsQueueEncrypted', reason: 'r' }, { id: 'Encryption-KmsKeyRotation', reason: 'r' });
    const { out } = runIn(app.synth().directory, ['check', '.']);
    expect(out.match(/^warning: .*/gm)).toEqual(['warning: the acknowledgement of Encryption-KmsKeyRotation (Stack) accepts nothing: no finding fits it. Remove or correct it.']);
  });

  test('are entries of a baseline that no longer occur, as far as the run would have found them', () => {
    const folder = folderWith({ ...files, 'b.yaml': BAD_QUEUE.replace('Orders', 'Old') });
    runIn(folder, ['check', 'a.yaml', 'b.yaml', '--write-baseline', 'known.json']);
    const known = runIn(folder, ['check', 'a.yaml']).folder;
    const fixed = folderWith({ 'a.yaml': GOOD_ALIAS, 'b.yaml': BAD_QUEUE.replace('Orders', 'Old'), 'known.json': runIn(known, ['check']).read('known.json') });
    const { code, out } = runIn(fixed, ['check', 'a.yaml', '--baseline', 'known.json', '--rules', 'SqsQueueTlsOnly']);
    expect([code, out.match(/^warning: .*/gm)])
      .toEqual([0, ['warning: Encryption-SqsQueueTlsOnly of Orders in a.yaml no longer occurs: remove it from known.json, or write the baseline anew.']]);
  });

  test('on standard error where the report is for a program', () => {
    const { out, err } = cdkEncryption(['check', 'a.yaml', '--format', 'json'], { files: config({ acknowledge: [{ rule: 'Encryption-KmsKeyRotation', reason: 'r' }] }) });
    expect(err).toContain('cdk-encryption: warning: the acknowledgement of Encryption-KmsKeyRotation');
    expect(JSON.parse(out).notes).toMatchObject([{ kind: 'unused', acknowledgement: { rule: 'Encryption-KmsKeyRotation', reason: 'r' } }]);
  });
});

test('a baseline accepts one finding for each entry, so that a second file of the same name is not covered by the first', () => {
  const folder = folderWith({ 'x/a.yaml': BAD_QUEUE, 'y/a.yaml': BAD_QUEUE });
  runIn(folder, ['check', 'x/a.yaml', '--write-baseline', 'known.json']);
  const { code, out } = runIn(folder, ['check', 'x/a.yaml', 'y/a.yaml', '--baseline', 'known.json', '--format', 'json']);
  expect([code, new Set(JSON.parse(out).findings.map(({ file }: { file: string }) => file))]).toEqual([1, new Set(['y/a.yaml'])]);
});

test('an acknowledgement in Metadata may end, and may be encoded as cdk-nag 2 does', () => {
  const template = (entry: string) => `${BAD_QUEUE}    Metadata: {cdk_nag: {rules_to_suppress: [${entry}]}}\n`;
  const run = (entry: string) => JSON.parse(cdkEncryption(['check', 'a.yaml', '--format', 'json', '--rules', 'SqsQueueTlsOnly'], { files: { 'a.yaml': template(entry) } }).out);
  expect(run("{id: Encryption-SqsQueueTlsOnly, reason: r, expires: '2026-11-24'}").acknowledged).toMatchObject([{ expires: '2026-11-24' }]);
  expect(run("{id: Encryption-SqsQueueTlsOnly, reason: r, expires: '2026-11-23'}").findings).toMatchObject([{ expired: '2026-11-23' }]);
  expect(run('{id: Encryption-SqsQueueTlsOnly, reason: r, expires: next week}').acknowledged).toEqual([]);
  expect(run('{id: Encryption-SqsQueueTlsOnly, reason: w6k=, is_reason_encoded: true}').acknowledged).toMatchObject([{ acknowledged: 'é' }]);
});
