import { App, Duration, Mixins, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EncryptedBucket, EncryptedQueue, EncryptedQueueProps, EncryptionKey, MessageSource, QueueEncryptionAtRest, QueueTlsOnly } from '../../src';
import { ENV, keyStatement, keyStatements, stack } from '../support/stack';

function resource(scope: Stack, type: string, id: string) {
  const [found] = Object.entries(Template.fromStack(scope).findResources(type)).filter(([logicalId]) => new RegExp(`^${id}[0-9A-F]{8}$`).test(logicalId));
  return found[1].Properties;
}

describe('an EncryptedQueue with no props', () => {
  const scope = stack();
  new EncryptedQueue(scope, 'Queue');

  test('encrypts under its own key and says how long a data key is reused', () => {
    expect(resource(scope, 'AWS::SQS::Queue', 'Queue')).toMatchObject({
      KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^QueueKey/), 'Arn'] },
      KmsDataKeyReusePeriodSeconds: 300,
    });
  });

  test('has a dead-letter queue with the same protection', () => {
    expect(resource(scope, 'AWS::SQS::Queue', 'Queue').RedrivePolicy)
      .toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^QueueDeadLetterQueue/), 'Arn'] }, maxReceiveCount: 3 });
    expect(resource(scope, 'AWS::SQS::Queue', 'QueueDeadLetterQueue')).toMatchObject({
      KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^QueueKey/), 'Arn'] },
      RedriveAllowPolicy: { redrivePermission: 'allowAll' },
    });
  });

  test('denies plain HTTP on both', () => {
    Template.fromStack(scope).allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [{ Sid: 'DenyPlainHttp', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*' }] },
    });
  });
});

test('a queue with a name lets only itself use its dead-letter queue', () => {
  const scope = stack(ENV);
  new EncryptedQueue(scope, 'Queue', { queueName: 'orders' });
  expect(resource(scope, 'AWS::SQS::Queue', 'QueueDeadLetterQueue').RedriveAllowPolicy).toEqual({
    redrivePermission: 'byQueue',
    sourceQueueArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:us-east-1:111122223333:orders']] }],
  });
});

test('a FIFO queue has a FIFO dead-letter queue', () => {
  const scope = stack();
  new EncryptedQueue(scope, 'Queue', { fifo: true });
  Template.fromStack(scope).allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true });
});

test('the key may be given under either name', () => {
  for (const name of ['encryptionKey', 'encryptionMasterKey']) {
    const scope = stack();
    const key = new EncryptionKey(scope, 'Key');
    expect(new EncryptedQueue(scope, 'Queue', { [name]: key }).encryptionMasterKey).toBe(key);
  }
});

test('the CDK\'s integrations find the key, and get the exact statement in its policy', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const key = new EncryptionKey(scope, 'Key');
  const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey: key });
  new sns.Topic(scope, 'Topic', { masterKey: key }).addSubscription(new SqsSubscription(queue));
  new events.Rule(scope, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.SqsQueue(queue)] });
  app.synth();
  expect(keyStatements(scope).map(({ Sid }) => Sid))
    .toEqual(['AccountIdentities', 'DenyGrantsUnlessForAwsResources', 'Sns', 'EventBridgeToQueues', 'EventBridgeToTopics']);
  expect(keyStatement(scope, 'Sns')!.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
});

test('allowSendFrom opens the queue for the source, and its key for the service', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey: key });
  queue.allowSendFrom(MessageSource.bucket(new s3.Bucket(scope, 'Bucket', { bucketName: 'orders-uploads' })));
  queue.allowSendFrom(MessageSource.topic(new sns.Topic(scope, 'Topic', { masterKey: key })));
  queue.allowSendFrom(MessageSource.rule(new events.Rule(scope, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)) })));
  const statements = resource(scope, 'AWS::SQS::QueuePolicy', 'QueuePolicy').PolicyDocument.Statement;
  expect(statements.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['SendFromS3', 'SendFromSns', 'SendFromEventBridge', 'DenyPlainHttp']);
  expect(statements[0].Condition).toEqual({
    ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] } }, StringEquals: { 'aws:SourceAccount': '111122223333' },
  });
  expect(keyStatement(scope, 'S3EventNotifications')!.Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
  expect(JSON.stringify(keyStatement(scope, 'S3EventNotifications')!.Condition)).toContain(':s3:::orders-uploads');
});

test('a queue under an imported key says which statement its key lacks', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const encryptionKey = kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  new EncryptedQueue(scope, 'Queue', { encryptionKey }).allowSendFrom(MessageSource.topic(new sns.Topic(scope, 'Topic')));
  const warnings = app.synth().getStackByName('Stack').messages.map(({ entry }) => String(entry.data));
  expect(warnings.join()).toMatch(/The key of Stack\/Queue is imported.*sns.amazonaws.com/s);
});

test('a sender may use the key', () => {
  const scope = stack();
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  new EncryptedQueue(scope, 'Queue').grantSendMessages(role);
  const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy'));
  expect(JSON.stringify(policy)).toContain('kms:GenerateDataKey*');
});

test('the mixins protect queues that exist already, L2 and L1', () => {
  const scope = stack();
  const key = new EncryptionKey(scope, 'Key');
  const mixins = [new QueueEncryptionAtRest(key), new QueueTlsOnly()];
  new sqs.Queue(scope, 'L2', { encryption: sqs.QueueEncryption.SQS_MANAGED }).with(...mixins);
  new sqs.CfnQueue(scope, 'L1').with(...mixins);
  const template = Template.fromStack(scope);
  template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
  template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] }, KmsDataKeyReusePeriodSeconds: 300 });
});

describe('what would weaken the queue or can never work is an error', () => {
  const cases: Array<[string, EncryptedQueueProps, RegExp]> = [
    ['plain HTTP', { enforceSSL: false }, /^Stack\/Queue: 'enforceSSL' cannot be false/],
    ['SQS\'s own keys', { encryption: sqs.QueueEncryption.SQS_MANAGED }, /'encryption' cannot be 'SQS_MANAGED'/],
    ['the AWS-managed key', { encryption: sqs.QueueEncryption.KMS_MANAGED }, /'encryption' cannot be 'KMS_MANAGED'/],
    ['a data key reused for too short', { dataKeyReuse: Duration.seconds(30) }, /'dataKeyReuse' cannot be 30 seconds: SQS accepts 1 minute to 24 hours/],
    ['a data key reused for too long', { dataKeyReuse: Duration.hours(25) }, /'dataKeyReuse' cannot be 1 day 1 hour/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    expect(() => new EncryptedQueue(stack(), 'Queue', props)).toThrow(message);
  });

  test('the AWS-managed key by its alias', () => {
    const scope = stack();
    expect(() => new EncryptedQueue(scope, 'Queue', { encryptionKey: kms.Alias.fromAliasName(scope, 'Alias', 'alias/aws/sqs') }))
      .toThrow(/'encryptionKey' cannot be alias\/aws\/sqs.*no service can ever send/);
  });

  test('two keys', () => {
    const scope = stack();
    const [encryptionKey, encryptionMasterKey] = [new EncryptionKey(scope, 'A'), new EncryptionKey(scope, 'B')];
    expect(() => new EncryptedQueue(scope, 'Queue', { encryptionKey, encryptionMasterKey })).toThrow(/name two keys/);
  });

  test('a dead-letter queue in the clear', () => {
    const scope = stack();
    const queue = new sqs.Queue(scope, 'Dlq');
    expect(() => new EncryptedQueue(scope, 'Queue', { deadLetterQueue: { queue, maxReceiveCount: 3 } }))
      .toThrow(/'deadLetterQueue' cannot be the construct Stack\/Dlq: it is not encrypted/);
  });

  test('a dead-letter queue under the AWS-managed key', () => {
    const scope = stack();
    const queue = new sqs.Queue(scope, 'Dlq', { encryption: sqs.QueueEncryption.KMS_MANAGED });
    expect(() => new EncryptedQueue(scope, 'Queue', { deadLetterQueue: { queue, maxReceiveCount: 3 } })).toThrow('[DeadLetterQueueNotEncrypted]');
  });

  test('an imported dead-letter queue of which no key is known; one with a key is accepted', () => {
    const scope = stack(ENV);
    const queueArn = 'arn:aws:sqs:us-east-1:111122223333:dead';
    expect(() => new EncryptedQueue(scope, 'A', { deadLetterQueue: { queue: sqs.Queue.fromQueueArn(scope, 'Plain', queueArn), maxReceiveCount: 3 } }))
      .toThrow(/cannot be the construct Stack\/Plain: it is imported without a KMS key.*fromQueueAttributes\(this, id, \{ queueArn, keyArn \}\).*\[DeadLetterQueueNotEncrypted\]/);
    const queue = sqs.Queue.fromQueueAttributes(scope, 'Dlq', { queueArn, keyArn: 'arn:aws:kms:us-east-1:111122223333:key/12ab' });
    expect(new EncryptedQueue(scope, 'B', { deadLetterQueue: { queue, maxReceiveCount: 3 } }).deadLetterQueue!.queue).toBe(queue);
  });

  test('notifications of S3 to a FIFO queue, from either side', () => {
    const scope = stack(ENV);
    const queue = new EncryptedQueue(scope, 'Queue', { fifo: true });
    const refused = /S3 sends event notifications to standard queues only\. Send them to EventBridge.*\[SourceCannotSendToFifo\]/;
    expect(() => new EncryptedBucket(scope, 'A').addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(new sqs.Queue(scope, 'Plain', { fifo: true })))).toThrow(refused);
    expect(() => new s3.Bucket(scope, 'B').addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue))).toThrow(refused);
  });

  test('notifications to a plain FIFO queue that a mixin encrypts by itself; of many, a warning', () => {
    const notified = () => {
      const scope = stack(ENV);
      const queue = new sqs.Queue(scope, 'Queue', { fifo: true });
      new s3.Bucket(scope, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue));
      return { scope, queue, mixin: new QueueEncryptionAtRest(new EncryptionKey(scope, 'Key')) };
    };
    const [one, many] = [notified(), notified()];
    const said = /Stack\/Queue: cannot be a FIFO queue for the event notifications of Stack\/Bucket.*: S3 sends event notifications to standard queues only\..*\[SourceCannotSendToFifo\]/;
    one.queue.with(one.mixin);
    expect(() => Template.fromStack(one.scope)).toThrow(said);
    Mixins.of(many.scope).apply(many.mixin);
    Annotations.fromStack(many.scope).hasWarning('*', Match.stringLikeRegexp(said.source));
  });
});
