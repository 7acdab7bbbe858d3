import { App, Mixins, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { EncryptedLogGroup, EncryptedLogGroupProps, EncryptionDefaults, EncryptionKey, InsecureProps, LogGroupEncryptionAtRest } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, keyStatement, keyStatements, propertiesOf, stack } from '../support/stack';

const warnings = (app: App, id = 'Stack') => app.synth().getStackByName(id).messages.map(({ entry }) => entry.data).join('\n');
/** The log groups for which the only key of a stack is, without what all of them have. */
const groups = (scope: Stack, sid = 'CloudWatchLogs') => JSON.stringify(keyStatement(scope, sid)!.Condition!.ArnLike['kms:EncryptionContext:aws:logs:arn'])
  .replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":logs:us-east-1:111122223333:log-group:/g, '').replace(/\]\]\}/g, '').replace(/"/g, '');

test('an EncryptedLogGroup with no props is under its own key, and keeps events for a year', () => {
  const scope = stack(ENV);
  new EncryptedLogGroup(scope, 'Group');
  expect(propertiesOf(scope, 'AWS::Logs::LogGroup')).toEqual({ KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^GroupKey/), 'Arn'] }, RetentionInDays: 365 });
  expect(Object.values(Template.fromStack(scope).findResources('AWS::Logs::LogGroup'))[0]).toMatchObject({ DeletionPolicy: 'Retain' });
});

test('a log group with a name goes where the deployment that makes it fails, so that the next one finds the name free', () => {
  const scope = stack(ENV);
  new EncryptedLogGroup(scope, 'Group', { logGroupName: '/orders' });
  expect(Object.values(Template.fromStack(scope).findResources('AWS::Logs::LogGroup'))[0]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
});

describe('the key is for that log group alone', () => {
  test('by the name that is given', () => {
    const scope = stack(ENV);
    new EncryptedLogGroup(scope, 'Group', { logGroupName: '/orders/api' });
    expect(keyStatement(scope, 'CloudWatchLogs')).toEqual({
      Sid: 'CloudWatchLogs',
      Effect: 'Allow',
      Principal: { Service: { 'Fn::Join': ['', ['logs.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:us-east-1:111122223333:log-group:/orders/api']] } } },
    });
  });

  test('by stack and logical id where CloudFormation makes the name, and without a circle', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    new EncryptedLogGroup(scope, 'Group');
    const { findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    expect(groups(scope)).toMatch(/^,\{Ref:AWS::StackName\},-Group[0-9A-F]{8}-\*$/);
  });

  test('of another stack, whose name is known; and of a nested one', () => {
    const app = new App();
    const keys = stack(ENV, 'Keys', app);
    const encryptionKey = new EncryptionKey(keys, 'Key');
    const other = stack(ENV, 'Other', app);
    new EncryptedLogGroup(other, 'Group', { encryptionKey });
    new EncryptedLogGroup(new NestedStack(other, 'Nested'), 'Inner', { encryptionKey });
    app.synth();
    expect(groups(keys)).toMatch(/^\[Other-Group[0-9A-F]{8}-\*,Other-\*-Inner[0-9A-F]{8}-\*\]$/);
    expect(keys.dependencies).toEqual([]);
  });

  test('many under one key are one statement', () => {
    const scope = stack(ENV);
    const encryptionKey = new EncryptionKey(scope, 'Key');
    for (const name of ['/a', '/b', '/c']) { new EncryptedLogGroup(scope, `Group${name.slice(1)}`, { logGroupName: name, encryptionKey }); }
    expect(groups(scope)).toBe('[/a,/b,/c]');
    expect(keyStatements(scope)).toHaveLength(3);
  });

  test('a plain log group that the app puts under a key of this library gets the same', () => {
    const scope = stack(ENV);
    new logs.LogGroup(scope, 'Group', { logGroupName: '/plain', encryptionKey: new EncryptionKey(scope, 'Key') });
    expect(groups(scope)).toBe('/plain');
  });

  test('an imported key is told of, with the statement to paste', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    const encryptionKey = kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    new EncryptedLogGroup(scope, 'Group', { logGroupName: '/orders/api', encryptionKey });
    expect(warnings(app)).toMatch(/log-group:\/orders\/api.*logs\.us-east-1\.amazonaws\.com/s);
  });
});

test('a function writes to the group without a permission on the key', () => {
  const scope = stack(ENV);
  new lambda.Function(scope, 'Handler', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x'), logGroup: new EncryptedLogGroup(scope, 'Group'),
  });
  expect(propertiesOf(scope, 'AWS::Lambda::Function').LoggingConfig).toEqual({ LogGroup: { Ref: expect.stringMatching(/^Group/) } });
  Template.fromStack(scope).resourceCountIs('AWS::IAM::Policy', 0);
});

describe('what cannot work is an error', () => {
  test.each<[string, (scope: Stack) => EncryptedLogGroupProps, RegExp]>([
    ['the AWS-managed key', (scope) => ({ encryptionKey: kms.Alias.fromAliasName(scope, 'A', 'alias/aws/logs') }), /^Stack\/Group: 'encryptionKey' cannot be 'alias\/aws\/logs'.*\[LogGroupNeedsCustomerKey\]/],
    ['an alias of another app', (scope) => ({ encryptionKey: kms.Alias.fromAliasName(scope, 'A', 'alias/orders') }), /CloudWatch Logs takes the ARN of a key.*\[LogGroupNeedsKeyArn\]/],
    ['a key of another Region', (scope) => ({ encryptionKey: new EncryptionKey(new Stack(scope.node.root as App, 'Europe', { env: { ...ENV, region: 'eu-west-1' } }), 'Key') }), /\[KeyInOtherRegion\]/],
  ])('%s', (_, props, message) => {
    const scope = stack(ENV);
    expect(() => new EncryptedLogGroup(scope, 'Group', props(scope))).toThrow(message);
  });
});

test('an alias that this app makes stands for its key', () => {
  const scope = stack(ENV);
  new EncryptedLogGroup(scope, 'Group', { encryptionKey: new EncryptionKey(scope, 'Key').addAlias('alias/orders') });
  expect(propertiesOf(scope, 'AWS::Logs::LogGroup').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
});

test('the key goes with the log group where the code says so', () => {
  const scope = stack(ENV);
  new EncryptedLogGroup(scope, 'Group', { removalPolicy: RemovalPolicy.DESTROY });
  for (const { DeletionPolicy } of Object.values(Template.fromStack(scope).toJSON().Resources as Record<string, any>)) { expect(DeletionPolicy).toBe('Delete'); }
});

describe('EncryptionDefaults', () => {
  const withDefaults = (options = {}): [App, Stack] => {
    const app = new App();
    EncryptionDefaults.of(app).apply(options);
    return [app, stack(ENV, 'Stack', app)];
  };

  test('encrypts plain log groups, also one that a construct of the CDK makes, under one key that names each', () => {
    const [, scope] = withDefaults();
    new logs.LogGroup(scope, 'Group', { logGroupName: '/orders/api' });
    new apigateway.RestApi(scope, 'Api', { cloudWatchRole: false, deployOptions: { accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(scope, 'Access')) } }).root.addMethod('GET');
    for (const { Properties } of Object.values(Template.fromStack(scope).findResources('AWS::Logs::LogGroup'))) {
      expect(Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] });
    }
    expect(groups(scope)).toMatch(/^\[\/orders\/api,,\{Ref:AWS::StackName\},-Access[0-9A-F]{8}-\*\]$/);
  });

  test('encrypts the log group that the CDK makes for a function, and says of one that a custom resource makes that it cannot', () => {
    const [app, scope] = withDefaults();
    scope.node.setContext('@aws-cdk/aws-lambda:useCdkManagedLogGroup', true);
    const props = { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code: lambda.Code.fromInline('x') };
    new lambda.Function(scope, 'Function', props);
    new lambda.Function(scope, 'Old', { ...props, logRetention: logs.RetentionDays.ONE_MONTH });
    expect(propertiesOf(scope, 'AWS::Logs::LogGroup').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] });
    expect(warnings(app)).toMatch(/Stack\/Old: its log group is made by a custom resource.*`logGroup` instead/);
  });

  test('refuses the AWS-managed key, or warns of it', () => {
    const managed = (scope: Stack) => new logs.LogGroup(scope, 'Group', { encryptionKey: kms.Alias.fromAliasName(scope, 'A', 'alias/aws/logs') });
    const [strict, refused] = withDefaults();
    managed(refused);
    expect(() => strict.synth()).toThrow(/\[LogGroupNeedsCustomerKey\]/);
    const [lenient, left] = withDefaults({ insecureProps: InsecureProps.WARN });
    managed(left);
    expect(warnings(lenient)).toContain("'encryptionKey' cannot be 'alias/aws/logs'");
  });
});

test('the mixin protects log groups that exist already, keeps a customer key, and needs no L2', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  const kept = new kms.Key(scope, 'Kept');
  new logs.CfnLogGroup(scope, 'L1');
  new logs.LogGroup(scope, 'L2', { encryptionKey: kept });
  Mixins.of(scope).apply(new LogGroupEncryptionAtRest(key));
  const found = Template.fromStack(scope).findResources('AWS::Logs::LogGroup');
  expect(Object.values(found).map(({ Properties }) => Properties.KmsKeyId['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['Kept', 'Key']);
  const keptPolicy = Object.entries(Template.fromStack(scope).findResources('AWS::KMS::Key')).find(([id]) => /^Kept/.test(id))![1].Properties.KeyPolicy;
  expect(JSON.stringify(keptPolicy)).toMatch(/kms:EncryptionContext:aws:logs:arn.*-L2/);
});

test('readers need no permission on the key', () => {
  const scope = stack(ENV);
  new EncryptedLogGroup(scope, 'Group').grantRead(new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(JSON.stringify(propertiesOf(scope, 'AWS::IAM::Policy'))).not.toContain('kms:');
});
