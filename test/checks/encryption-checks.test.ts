import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnParameter, CfnResource, Fn, NestedStack, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedBucket, EncryptionChecks } from '../../src';
import { RULES } from '../../src/checks/rule-table';
import { rulesMarkdown } from '../../src/checks/rules-markdown';
import { runIn } from '../support/command-line';
import { stack } from '../support/stack';

function findings(scope: Stack): Array<[rule: string, path?: string]> {
  return new EncryptionChecks().validateScope(scope).violations
    .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }): [string, string?] => [ruleName, constructPath]));
}

test('a plain bucket has findings, with the construct\'s path; CDK\'s own public access block is off', () => {
  const scope = stack();
  new s3.Bucket(scope, 'Bucket');
  const errors = RULES.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  expect(findings(scope).filter(([rule]) => errors.includes(rule))).toEqual([
    ['Encryption-S3BucketBlocksPublicAccess', 'Stack/Bucket/Resource'],
    ['Encryption-S3BucketCustomerKey', 'Stack/Bucket/Resource'],
    ['Encryption-S3BucketTlsOnly', 'Stack/Bucket/Resource'],
  ]);
});

test('an EncryptedBucket and its log bucket have none', () => {
  const scope = stack();
  new EncryptedBucket(scope, 'Bucket');
  // Which uploads are denied is known once all writers are.
  (scope.node.root as App).synth();
  expect(findings(scope)).toEqual([]);
});

test('what cannot be known is reported as undetermined', () => {
  const scope = stack();
  new kms.CfnKey(scope, 'Key', { enableKeyRotation: Fn.conditionIf('Prod', true, false) });
  expect(findings(scope)).toContainEqual(['Encryption-KmsKeyRotation[undetermined]', 'Stack/Key']);
  expect(findings(scope)).not.toContainEqual(['Encryption-KmsKeyRotation', 'Stack/Key']);
});

test('a resource of a template that is included, whose type is not text, is reported as not read', () => {
  const scope = stack();
  // CfnInclude passes on what the template has.
  new CfnResource(scope, 'Included', { type: { Ref: 'Type' } as never });
  expect(findings(scope)).toEqual([['Encryption-CloudFormationEverythingRead[undetermined]', 'Stack/Included']]);
});

test('a finding can be acknowledged with a reason', () => {
  const scope = stack();
  const bucket = new s3.Bucket(scope, 'Bucket', { enforceSSL: true });
  expect(findings(scope)).toContainEqual(['Encryption-S3BucketCustomerKey', 'Stack/Bucket/Resource']);
  Validations.of(bucket).acknowledge({ id: 'Encryption-S3BucketCustomerKey', reason: 'Public data' });
  expect(findings(scope)).not.toContainEqual(['Encryption-S3BucketCustomerKey', 'Stack/Bucket/Resource']);
});

test('an acknowledgement by the id that the CDK shows holds for its construct, at synth too: the CDK would take it for the whole app', () => {
  const app = new App();
  Validations.of(app).addPlugins(new EncryptionChecks(app, { services: ['s3'] }));
  const scope = new Stack(app, 'Stack');
  const [one] = ['One', 'Other'].map((id) => new s3.Bucket(scope, id));
  Validations.of(one).acknowledge({ id: 'EncryptionChecks::Encryption-S3BucketCustomerKey', reason: 'Public data' });
  const withFinding = (violations: any[], at: string) => violations.filter(({ ruleName }) => ruleName === 'Encryption-S3BucketCustomerKey')
    .flatMap((each) => each[at].map(({ constructPath }: any) => constructPath));
  expect(() => app.synth()).toThrow(/S3BucketCustomerKey/);
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const { violations } = pluginReports.find(({ pluginName }: any) => pluginName === 'EncryptionChecks');
  expect(withFinding(violations, 'violatingConstructs')).toEqual(['Stack/Other/Resource']);
  expect(withFinding([...new EncryptionChecks().validateScope(app).violations], 'violatingResources')).toEqual(['Stack/Other/Resource']);
});

test('a finding says what is wrong with the resource and how to correct it, and resources of which something else is wrong are apart', () => {
  const scope = stack();
  new sqs.CfnQueue(scope, 'Managed', { kmsMasterKeyId: 'alias/aws/sqs' });
  new sqs.CfnQueue(scope, 'Clear');
  const found = new EncryptionChecks().validateScope(scope).violations.filter(({ ruleName }) => ruleName === 'Encryption-SqsQueueCustomerKey');
  const rule = RULES.find(({ id }) => id === 'Encryption-SqsQueueCustomerKey')!;
  expect(found).toHaveLength(2);
  for (const { description, fix, violatingResources } of found) {
    expect(violatingResources).toHaveLength(1);
    expect(description.startsWith(`${rule.info} Found: `)).toBe(true);
    expect(fix).toBe(`${rule.fix} See ${rule.see}`);
  }
  expect(found.find(({ violatingResources: [{ constructPath }] }) => constructPath === 'Stack/Managed')!.description).toContain('alias/aws/sqs');
});

test('at synth a finding says as much as the command says of the same template', () => {
  const app = new App();
  const scope = new Stack(app, 'Stack');
  new s3.Bucket(scope, 'Bucket');
  new kms.CfnKey(scope, 'Key', { keyPolicy: { Statement: [{ Sid: 'Everybody', Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }] } });
  const { directory } = app.synth();
  const { findings: told } = JSON.parse(runIn(directory, ['check', '.', '--format', 'json']).out);
  const said = new EncryptionChecks().validateScope(app).violations.map(({ description, fix }) => `${description} ${fix}`);
  expect(told.length).toBeGreaterThan(3);
  expect(told.filter(({ detail }: { detail: string }) => !said.some((each) => each.includes(detail)))).toEqual([]);
  expect(said.join()).toContain('Everybody');
});

test('where a verdict is not known, the finding says why', () => {
  const scope = stack();
  new kms.CfnKey(scope, 'Key', { enableKeyRotation: Token.asAny(new CfnParameter(scope, 'Rotates').value) });
  const [found] = new EncryptionChecks().validateScope(scope).violations.filter(({ ruleName }) => ruleName === 'Encryption-KmsKeyRotation[undetermined]');
  expect(found.description).toMatch(/Not known: .*Rotates/);
});

describe('an acknowledgement of an unknown rule is a warning', () => {
  const acknowledged = (id: string) => {
    const scope = stack();
    Validations.of(scope).acknowledge({ id, reason: 'Public data' });
    return new EncryptionChecks().validateScope(scope).violations.filter(({ ruleName }) => ruleName === 'Encryption-AcknowledgementUnknown');
  };

  test.each([
    ['Encryption-S3BucketCustomrKey', 'Encryption-S3BucketCustomerKey'],
    ['encryption-s3bucketcustomerkey', 'Encryption-S3BucketCustomerKey'],
    ['S3BucketCustomerKey', 'Encryption-S3BucketCustomerKey'],
    ['Encryption-KmsKeyRotatoin[undetermined]', 'Encryption-KmsKeyRotation[undetermined]'],
  ])('%s: %s is meant', (id, meant) => {
    expect(acknowledged(id)).toEqual([{
      ruleName: 'Encryption-AcknowledgementUnknown',
      description: `'${id}' is acknowledged on Stack and is not the id of a rule, so that nothing is accepted by it.`,
      fix: `Acknowledge ${meant}, or remove the acknowledgement.`,
      severity: 'warning',
      violatingResources: [{ constructPath: 'Stack', locations: [] }],
    }]);
  });

  test.each(['Encryption-S3BucketCustomerKey', 'Encryption-S3BucketCustomerKey[undetermined]', 'AwsSolutions-S1', 'AwsSolutions-IAM4[Policy::arn:aws:iam::aws:policy/X]'])('not %s', (id) => {
    expect(acknowledged(id)).toEqual([]);
  });
});

test('a second look sees what has changed since the first', () => {
  const scope = stack();
  const pack = new EncryptionChecks();
  expect(pack.validateScope(scope).success).toBe(true);
  new s3.Bucket(scope, 'Bucket');
  expect(pack.validateScope(scope).success).toBe(false);
});

test('errors fail a synth; warnings, infos and what is undetermined are reported', () => {
  const scope = stack();
  new sqs.CfnQueue(scope, 'Queue', { kmsMasterKeyId: new CfnParameter(scope, 'KeyArn').valueAsString });
  const replica = new rds.CfnDBCluster(scope, 'Replica', { dbClusterIdentifier: 'x', engine: 'aurora-mysql', globalClusterIdentifier: 'g', storageEncrypted: true, kmsKeyId: 'alias/orders' });
  const found = () => new EncryptionChecks().validateScope(scope).violations;
  const severities = () => Object.fromEntries(found().map(({ ruleName, severity }) => [ruleName, severity]));
  expect(severities()).toMatchObject({
    'Encryption-SqsQueueTlsOnly': 'error',
    'Encryption-SqsQueueCustomerKey[undetermined]': 'warning',
    'Encryption-RdsDeletionProtection': 'warning',
  });
  scope.node.tryRemoveChild('Queue');
  replica.dbClusterParameterGroupName = 'tls';
  expect(Object.values(severities())).not.toContain('error');
  expect(new EncryptionChecks().validateScope(scope).success).toBe(true);
});

test('stacks of an app see each other: a queue whose key of another stack lets no service in', () => {
  const app = new App();
  const key = new kms.Key(new Stack(app, 'Keys'), 'Key', { enableKeyRotation: true });
  const scope = new Stack(app, 'Queues');
  const queue = new sqs.CfnQueue(scope, 'Queue', { kmsMasterKeyId: key.keyArn });
  new events.CfnRule(scope, 'Rule', { eventPattern: { source: ['x'] }, targets: [{ id: 'Queue', arn: queue.attrArn }] });
  app.synth();
  const found = new EncryptionChecks().validateScope(app).violations.map(({ ruleName }) => ruleName);
  expect(found).toContain('Encryption-SqsSendersHaveKey');
});

test('at synth the templates that the CDK has written are read, and say the same', () => {
  const app = new App();
  const scope = new Stack(new Stage(app, 'Prod'), 'Stack');
  new s3.Bucket(scope, 'Bucket');
  new sqs.CfnQueue(new NestedStack(scope, 'Nested'), 'Queue', { sqsManagedSseEnabled: false });
  const pack = new EncryptionChecks();
  const seen: string[] = [];
  const rendered = jest.spyOn(scope as any, '_toCloudFormation');
  Validations.of(app).addPlugins({
    name: 'Spy',
    validate: (context) => {
      rendered.mockClear();
      seen.push(...pack.validate(context).violations.map(({ ruleName }) => ruleName).sort());
      expect(rendered).not.toHaveBeenCalled();
      return { success: true, violations: [] };
    },
  });
  app.synth();
  expect(seen).toContain('Encryption-SqsQueueEncrypted');
  expect(seen).toEqual(new EncryptionChecks().validateScope(app).violations.map(({ ruleName }) => ruleName).sort());
});

test('at synth the same of more than ten resources is told once, with the paths of them all; of each where the pack is verbose', () => {
  const found = (count: number, verbose?: boolean) => {
    const app = new App();
    const scope = new Stack(app, 'Stack');
    for (let n = 1; n <= count; n++) { new CfnResource(scope, `Queue${n}`, { type: 'AWS::SQS::Queue' }); }
    const { violations, success } = new EncryptionChecks(app, { verbose }).validate({ appConstruct: app, templatePaths: [] } as never);
    expect(success).toBe(false);
    return violations.find(({ ruleName }) => ruleName === 'Encryption-SqsQueueCustomerKey')!;
  };
  expect(found(10).violatingResources).toHaveLength(10);
  expect(found(11, true).violatingResources).toHaveLength(11);
  const { violatingResources, description, ruleMetadata } = found(11);
  const others = Array.from({ length: 10 }, (_, n) => `Stack/Queue${n + 2}`);
  expect(violatingResources).toEqual([expect.objectContaining({ constructPath: 'Stack/Queue1' })]);
  expect(description).toContain(`The same of 10 more: ${others.join(', ')}.`);
  expect(ruleMetadata).toEqual({ alsoFoundIn: others.join(',') });
});

test('the pack tells its rules', () => {
  expect(new EncryptionChecks().ruleIds).toEqual(RULES.map(({ id }) => id));
  expect(new EncryptionChecks().readPackName).toBe('Encryption');
});

test('RULES.md is what the table says: run `npx projen rules`', () => {
  expect(readFileSync(join(__dirname, '../../RULES.md'), 'utf8')).toBe(rulesMarkdown());
});
