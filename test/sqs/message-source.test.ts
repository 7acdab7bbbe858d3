import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EncryptedQueue, EncryptionKey, MessageSource } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, keyStatement, stack } from '../support/stack';

function queueStatements(scope: ReturnType<typeof stack>): any[] {
  return Object.entries(Template.fromStack(scope).findResources('AWS::SQS::QueuePolicy')).filter(([id]) => /^QueuePolicy/.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement).filter(({ Effect }) => Effect === 'Allow');
}

const handler = (scope: ReturnType<typeof stack>) => new lambda.Function(scope, 'Handler', {
  runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'),
});

test('another account sends, and uses the key through SQS only', () => {
  const scope = stack(ENV);
  new EncryptedQueue(scope, 'Queue').allowSendFrom(MessageSource.account('222222222222'));
  const account = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:root']] } };
  expect(queueStatements(scope)).toEqual([{
    Sid: 'SendFromAccount', Effect: 'Allow', Principal: account, Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Queue/), 'Arn'] },
  }]);
  expect(keyStatement(scope, 'SendFromAccount')).toEqual({
    Sid: 'SendFromAccount',
    Effect: 'Allow',
    Principal: account,
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } },
  });
});

test.each([
  ['a schedule of EventBridge Scheduler', (scope: ReturnType<typeof stack>) => MessageSource.schedules(new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') }))],
  ['a Lambda function\'s destination', (scope: ReturnType<typeof stack>) => MessageSource.lambdaDestination(handler(scope))],
])('%s sends with a role, whose own policy has the queue and the key', (_, source) => {
  const scope = stack(ENV);
  new EncryptedQueue(scope, 'Queue').allowSendFrom(source(scope));
  const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy'));
  expect(policy.Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action)).toEqual(expect.arrayContaining(['sqs:SendMessage', 'kms:Decrypt', 'kms:GenerateDataKey*']));
  expect(queueStatements(scope)).toEqual([]);
});

test('alarms send by a topic: queue, topic and both keys are opened by one call', () => {
  const scope = stack(ENV);
  const encryptionKey = new EncryptionKey(scope, 'Key');
  const topic = new sns.Topic(scope, 'Topic', { masterKey: encryptionKey });
  new EncryptedQueue(scope, 'Queue', { encryptionKey }).allowSendFrom(MessageSource.alarms(topic));
  expect(queueStatements(scope)).toEqual([expect.objectContaining({ Sid: 'SendFromSns', Condition: { ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^Topic/) } } } })]);
  Template.fromStack(scope).hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: { Statement: [{ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }] },
  });
  expect(keyStatement(scope, 'CloudWatchAlarms')).toBeDefined();
  expect(keyStatement(scope, 'Sns')).toBeDefined();
});

test('two buckets and two accounts: no two statements of one name, none twice', () => {
  const scope = stack(ENV);
  const queue = new EncryptedQueue(scope, 'Queue');
  const [a, b] = [new s3.Bucket(scope, 'A'), new s3.Bucket(scope, 'B')];
  for (const source of [MessageSource.bucket(a), MessageSource.bucket(b), MessageSource.bucket(a), MessageSource.account('222222222222'), MessageSource.account('333333333333')]) {
    queue.allowSendFrom(source);
  }
  expect(queueStatements(scope).map(({ Sid }) => Sid)).toEqual(['SendFromS3', 'SendFromS32', 'SendFromAccount', 'SendFromAccount2']);
});

test.each<[string, (scope: ReturnType<typeof stack>) => MessageSource, RegExp]>([
  ['S3', (scope) => MessageSource.bucket(new s3.Bucket(scope, 'Bucket')), /S3 sends event notifications to standard queues only/],
  ['a standard topic', (scope) => MessageSource.topic(new sns.Topic(scope, 'Topic')), /a FIFO topic/],
  ['Lambda', (scope) => MessageSource.lambdaDestination(handler(scope)), /standard queues only/],
])('%s cannot send to a FIFO queue, and an error says so', (_, source, message) => {
  const scope = stack(ENV);
  const queue = new EncryptedQueue(scope, 'Queue', { fifo: true });
  expect(() => queue.allowSendFrom(source(scope))).toThrow(message);
});

test('a FIFO topic and an EventBridge rule send to a FIFO queue', () => {
  const scope = stack(ENV);
  const queue = new EncryptedQueue(scope, 'Queue', { fifo: true });
  queue.allowSendFrom(MessageSource.topic(new sns.Topic(scope, 'Topic', { fifo: true, topicName: 'orders.fifo' })));
  queue.allowSendFrom(MessageSource.rule(new events.Rule(scope, 'Rule', { eventPattern: { source: ['orders'] } })));
  expect(queueStatements(scope)).toHaveLength(2);
});

test('an account id that is none is an error', () => {
  expect(() => MessageSource.account('orders')).toThrow("'accountId' must be 12 digits, got 'orders'");
});

test('a topic under an imported key: a warning has the statement that alarms need', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const topic = new sns.Topic(scope, 'Topic', { masterKey: kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/abc') });
  new EncryptedQueue(scope, 'Queue').allowSendFrom(MessageSource.alarms(topic));
  const warnings = synthAndValidate(app).assembly.getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).join('\n');
  expect(warnings).toMatch(/The key of Stack\/Topic is imported.*alarms are lost until it has this statement.*cloudwatch.amazonaws.com/);
});

describe('a source that limits nobody is an error that says who could send', () => {
  const anybody: Array<[string, (scope: ReturnType<typeof stack>) => MessageSource, RegExp]> = [
    ['everybody as role', () => MessageSource.role({ grantPrincipal: new iam.AnyPrincipal() }), /cannot have \{"AWS":"\*"\}: any role of any account may call sqs:\w+/],
    ['every role', () => MessageSource.role({ grantPrincipal: new iam.ArnPrincipal('arn:aws:iam::*:role/*') }), /any role of any account/],
    ['a service as role', () => MessageSource.role({ grantPrincipal: new iam.ServicePrincipal('events.amazonaws.com') }), /events.amazonaws.com, for whoever uses it, may call sqs:SendMessage/],
    ['every topic', (scope) => MessageSource.topic(sns.Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:*:*:*')), /sns.amazonaws.com, for whoever uses it, may call sqs:SendMessage/],
    ['every rule', (scope) => MessageSource.rule(events.Rule.fromEventRuleArn(scope, 'Rule', 'arn:aws:events:us-east-1:*:rule/orders')), /events.amazonaws.com, for whoever uses it/],
  ];

  test.each(anybody)('%s', (_, source, who) => {
    const scope = stack(ENV);
    const queue = new EncryptedQueue(scope, 'Queue');
    expect(() => queue.allowSendFrom(source(scope))).toThrow(who);
    expect(() => queue.allowSendFrom(source(stack(ENV)))).toThrow(/^Stack\/Queue: allowSendFrom\(\) cannot have .*\. Name the source by its whole ARN.* \[SenderIsEverybody\]$/);
  });
});
