import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { plainKey } from './key.plain';

function denyPlainHttp(queue: sqs.Queue): void {
  queue.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyPlainHttp',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['sqs:*'],
    resources: [queue.queueArn],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  }));
}

export function plainQueue(stack: Stack, id: string, key: kms.IKey, allowSenders = (_queue: sqs.Queue) => {}): sqs.Queue {
  const common = { encryptionMasterKey: key, encryption: sqs.QueueEncryption.KMS, dataKeyReuse: Duration.minutes(5) };
  const deadLetterQueue = new sqs.Queue(stack, `${id}Dead`, {
    ...common,
    retentionPeriod: Duration.days(14),
    redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
  });
  const queue = new sqs.Queue(stack, id, { ...common, deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 } });
  denyPlainHttp(deadLetterQueue);
  allowSenders(queue);
  denyPlainHttp(queue);
  return queue;
}

export function plain(stack: Stack, rule: events.IRule): void {
  const key = plainKey(stack, 'OrdersKey', 'Encrypts the queue Stack/Orders');
  const messages = [
    ['EventBridgeToQueues', 'kms:EncryptionContext:aws:sqs:arn', 'sqs'],
    ['EventBridgeToTopics', 'kms:EncryptionContext:aws:sns:topicArn', 'sns'],
  ];
  for (const [sid, context, service] of messages) {
    // For topics no aws:SourceArn or aws:SourceAccount: EventBridge sends neither, and the events would be lost.
    key.addToResourcePolicy(new iam.PolicyStatement({
      sid,
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        ...(service === 'sqs' && { StringEqualsIfExists: { 'aws:SourceAccount': stack.account } }),
        ArnLike: { [context]: `arn:${Aws.PARTITION}:${service}:${stack.region}:${stack.account}:*` },
      },
    }));
  }
  plainQueue(stack, 'Orders', key, (queue) => queue.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'SendFromEventBridge',
    principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
  })));
}
