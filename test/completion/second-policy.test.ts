import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedBucket, EncryptedQueue, EncryptionDefaults } from '../../src';
import { ENV, stack } from '../support/stack';

const STATEMENT = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: '*', Resource: '*' };
const allow = () => new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('444455556666')], actions: ['sqs:SendMessage'], resources: ['*'] });

const synth = (build: (scope: Stack, app: App) => void) => () => {
  const app = new App();
  build(stack(ENV, 'Stack', app), app);
  app.synth();
};

const QUEUES: Record<string, (scope: Stack, app: App) => void> = {
  'a QueuePolicy beside an EncryptedQueue': (scope) => {
    new sqs.QueuePolicy(scope, 'Mine', { queues: [new EncryptedQueue(scope, 'Queue')] }).document.addStatements(allow());
  },
  'a CfnQueuePolicy beside an EncryptedQueue': (scope) => {
    new sqs.CfnQueuePolicy(scope, 'Mine', { queues: [new EncryptedQueue(scope, 'Queue').queueUrl], policyDocument: { Statement: [STATEMENT] } });
  },
  'a CfnQueueInlinePolicy beside an EncryptedQueue': (scope) => {
    new sqs.CfnQueueInlinePolicy(scope, 'Mine', { queue: new EncryptedQueue(scope, 'Queue').queueUrl, policyDocument: { Statement: [STATEMENT] } });
  },
  'two policies of the app under EncryptionDefaults': (scope, app) => {
    EncryptionDefaults.of(app).apply();
    const queue = new sqs.Queue(scope, 'Queue');
    queue.addToResourcePolicy(allow());
    new sqs.QueuePolicy(scope, 'Mine', { queues: [queue] }).document.addStatements(allow());
  },
  'a CfnQueuePolicy of another stack': (scope, app) => {
    new sqs.CfnQueuePolicy(stack(ENV, 'Other', app), 'Mine', { queues: [new EncryptedQueue(scope, 'Queue').queueUrl], policyDocument: { Statement: [STATEMENT] } });
  },
};

test.each(Object.entries(QUEUES))('%s is an error that says how to add the statement', (_, build) => {
  expect(synth(build)).toThrow(/^Stack\/Queue: has two policies, .*Mine.*: SQS keeps the one that is written last.*`queue\.addToResourcePolicy\(statement\)`.* \[QueueHasTwoPolicies\]$/);
});

const BUCKETS: Record<string, (scope: Stack, app: App) => void> = {
  'a BucketPolicy beside an EncryptedBucket': (scope) => {
    new s3.BucketPolicy(scope, 'Mine', { bucket: new EncryptedBucket(scope, 'Bucket') }).document.addStatements(allow());
  },
  'a CfnBucketPolicy beside an EncryptedBucket': (scope) => {
    new s3.CfnBucketPolicy(scope, 'Mine', { bucket: new EncryptedBucket(scope, 'Bucket').bucketName, policyDocument: { Statement: [STATEMENT] } });
  },
  'a CfnBucketPolicy by the bucket\'s name': (scope) => {
    new EncryptedBucket(scope, 'Bucket', { bucketName: 'orders' });
    new s3.CfnBucketPolicy(scope, 'Mine', { bucket: 'orders', policyDocument: { Statement: [STATEMENT] } });
  },
  'a BucketPolicy under EncryptionDefaults': (scope, app) => {
    EncryptionDefaults.of(app).apply();
    const bucket = new s3.Bucket(scope, 'Bucket');
    bucket.addToResourcePolicy(allow());
    new s3.BucketPolicy(scope, 'Mine', { bucket }).document.addStatements(allow());
  },
};

test.each(Object.entries(BUCKETS))('%s is an error that says how to add the statement', (_, build) => {
  expect(synth(build)).toThrow(/^Stack\/Bucket: has two policies, .*Mine.*: S3 keeps one.*`bucket\.addToResourcePolicy\(statement\)`.* \[BucketHasTwoPolicies\]$/);
});

test('one policy each, and policies of others, are no error', () => {
  expect(synth((scope) => {
    const [one, other] = ['One', 'Other'].map((id) => new EncryptedQueue(scope, id));
    one.addToResourcePolicy(allow());
    other.addToResourcePolicy(allow());
    new EncryptedBucket(scope, 'Bucket').addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('444455556666')], actions: ['s3:GetObject'], resources: ['*'] }));
    new sqs.CfnQueuePolicy(scope, 'Elsewhere', { queues: [new CfnParameter(scope, 'Url').valueAsString, 'https://sqs.us-east-1.amazonaws.com/111122223333/elsewhere'], policyDocument: { Statement: [STATEMENT] } });
  })).not.toThrow();
});
