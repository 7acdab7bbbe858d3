import { App, CfnResource, Mixins, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedQueue, EncryptionAtRest, EncryptionKey } from '../../src';
import { ENV, stack } from '../support/stack';

const OTHER = 'arn:aws:kms:us-east-1:111122223333:key/5a7c9e66-7425-40de-944b-e07fc1f90ae7';

const KINDS: Array<[string, (scope: Stack) => CfnResource, path: string, managed: unknown]> = [
  ['bucket', (scope) => new s3.CfnBucket(scope, 'It'), 'BucketEncryption', { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] }],
  ['queue', (scope) => new sqs.CfnQueue(scope, 'It'), 'KmsMasterKeyId', 'alias/aws/sqs'],
  ['topic', (scope) => new sns.CfnTopic(scope, 'It'), 'KmsMasterKeyId', 'alias/aws/sns'],
  ['table', (scope) => new dynamodb.CfnTable(scope, 'It', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] }), 'SSESpecification.KMSMasterKeyId', 'alias/aws/dynamodb'],
  ['secret', (scope) => new secretsmanager.CfnSecret(scope, 'It'), 'KmsKeyId', 'alias/aws/secretsmanager'],
  ['log group', (scope) => new logs.CfnLogGroup(scope, 'It'), 'KmsKeyId', ''],
];

const synth = (scope: Stack) => () => (scope.node.root as App).synth();

describe.each(KINDS)('the key of a %s', (_, make, path, managed) => {
  test.each<[string, (resource: CfnResource) => void]>([
    ['taken out', (resource) => resource.addPropertyDeletionOverride(path)],
    ['replaced by what AWS manages', (resource) => resource.addPropertyOverride(path, managed)],
  ])('%s by an override of the app is an error', (_what, override) => {
    const scope = stack(ENV);
    const resource = make(scope);
    resource.with(new EncryptionAtRest(new EncryptionKey(scope, 'Key')));
    override(resource);
    expect(synth(scope)).toThrow(/Stack\/It: an override of the L1 .* wins over the key that is set: .*Remove the override\. \[OverrideUndoesEncryption\]/);
  });
});

test('over a scope such a resource is left, with a warning', () => {
  const scope = stack(ENV);
  new sqs.CfnQueue(scope, 'It').addPropertyDeletionOverride('KmsMasterKeyId');
  Mixins.of(scope).apply(new EncryptionAtRest(new EncryptionKey(scope, 'Key')));
  synth(scope)();
  Annotations.fromStack(scope).hasWarning('/Stack/It', Match.stringLikeRegexp("left as it was, .* because an override of the L1 .* 'KmsMasterKeyId' is not there"));
});

test('an override that names another customer-managed key, or something else, is kept', () => {
  const scope = stack(ENV);
  const queue = new EncryptedQueue(scope, 'It').node.findChild('Resource') as sqs.CfnQueue;
  queue.addPropertyOverride('KmsMasterKeyId', OTHER);
  queue.addPropertyOverride('DelaySeconds', 5);
  expect(synth(scope)).not.toThrow();
});

describe.each<[string, (scope: Stack) => CfnResource]>([
  ['database', (scope) => new rds.CfnDBInstance(scope, 'It', { engine: 'mysql' })],
  ['database cluster', (scope) => new rds.CfnDBCluster(scope, 'It', { engine: 'aurora-mysql' })],
])('the encryption of a %s', (_, make) => {
  const mixin = (scope: Stack) => new EncryptionAtRest(new EncryptionKey(scope, 'Key'), { allowReplacement: true });

  test.each([['StorageEncrypted', false], ['KmsKeyId', 'alias/aws/rds'], ['KmsKeyId', undefined]])('undone by an override of %s with %s is an error, before and after', (property, value) => {
    const [before, after] = [stack(ENV), stack(ENV)];
    const overridden = make(before);
    overridden.addPropertyOverride(property, value);
    expect(() => overridden.with(mixin(before))).toThrow(/\[OverrideUndoesEncryption\]/);
    const encrypted = make(after);
    encrypted.with(mixin(after));
    encrypted.addPropertyOverride(property, value);
    expect(synth(after)).toThrow(/Stack\/It: an override of the L1 .* wins over the encryption that is set: .*Remove the override/);
  });

  test('is kept where an override names another customer-managed key', () => {
    const scope = stack(ENV);
    const database = make(scope);
    database.with(mixin(scope));
    database.addPropertyOverride('KmsKeyId', OTHER);
    expect(synth(scope)).not.toThrow();
  });
});
