import * as sqs from 'aws-cdk-lib/aws-sqs';
import { FLAG, KEY, NUMBER, REMOVAL_POLICY, SECONDS, TEXT, durationIn } from '../private/common-kinds';
import { ANY, has, listOf, objectWith, oneOf, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const QUEUE = objectWith('a queue', ['queueArn', 'queueUrl'], () => 'Give a queue, such as an `EncryptedQueue`');

const DEAD_LETTER_QUEUE = shape('an object with queue and maxReceiveCount', { queue: QUEUE, maxReceiveCount: NUMBER }, ['queue', 'maxReceiveCount'], () =>
  'Give `{ queue, maxReceiveCount: 3 }`, or leave it out: one is made');

const REDRIVE = shape(
  'an object with redrivePermission or sourceQueues',
  { redrivePermission: oneOf('sqs.RedrivePermission', sqs.RedrivePermission), sourceQueues: listOf(QUEUE, 'queues', '[queue]') },
  [],
  () => 'Give `{ sourceQueues: [queue] }`',
);

/** What a person gives for a source, and its factory. */
const FACTORIES: ReadonlyArray<readonly [member: string, example: string]> = [
  ['service', 'MessageSource.bucket(bucket)` or another factory, with what the service acts for'],
  ['bucketArn', 'MessageSource.bucket(bucket)'],
  ['topicArn', 'MessageSource.topic(topic)'],
  ['ruleArn', 'MessageSource.rule(rule)'],
  ['functionArn', 'MessageSource.lambdaDestination(handler)'],
  ['grantPrincipal', 'MessageSource.role(role)'],
  ['alarmArn', 'MessageSource.alarms(topic)` with the topic of the alarm'],
];

export const MESSAGE_SOURCE = objectWith('a MessageSource', ['_queueStatements'], (value) => {
  const [, example] = FACTORIES.find(([member]) => has(member)(value)) ?? [];
  if (example) { return example.includes('`') ? `Give \`${example}` : `Give \`${example}\``; }
  if (typeof value === 'string' && /^\d{12}$/.test(value)) { return `Give \`MessageSource.account('${value}')\``; }
  return 'Give one of its factories, such as `MessageSource.bucket(bucket)`';
});

export const RULE = objectWith('a rule of EventBridge', ['ruleArn'], () => 'Give an `events.Rule`');

export const ENCRYPTED_QUEUE = propsShape({
  of: 'EncryptedQueue',
  kinds: {
    encryptionKey: KEY,
    encryptionMasterKey: KEY,
    queueName: TEXT,
    fifo: FLAG,
    enforceSSL: FLAG,
    dataKeyReuse: SECONDS,
    retentionPeriod: durationIn('days'),
    visibilityTimeout: SECONDS,
    deliveryDelay: SECONDS,
    receiveMessageWaitTime: SECONDS,
    deadLetterQueue: DEAD_LETTER_QUEUE,
    removalPolicy: REMOVAL_POLICY,
    contentBasedDeduplication: FLAG,
    deduplicationScope: oneOf('sqs.DeduplicationScope', sqs.DeduplicationScope),
    fifoThroughputLimit: oneOf('sqs.FifoThroughputLimit', sqs.FifoThroughputLimit),
    maxMessageSizeBytes: NUMBER,
    redriveAllowPolicy: REDRIVE,
    encryption: ANY,
  },
  confused: {
    ...Object.fromEntries(Object.entries(NOT_ENCRYPTION_KEY).filter(([name]) => name !== 'encryptionMasterKey')),
    dlq: 'deadLetterQueue',
    deadLetters: 'deadLetterQueue',
    dataKeyReusePeriod: 'dataKeyReuse',
    kmsDataKeyReusePeriodSeconds: 'dataKeyReuse',
    enforceTls: 'enforceSSL',
    requireTls: 'enforceSSL',
    isFifo: 'fifo',
    fifoQueue: 'fifo',
  },
});

export const QUEUE_ENCRYPTION_AT_REST = propsShape({
  of: 'QueueEncryptionAtRest', kinds: { dataKeyReuse: SECONDS }, confused: { dataKeyReusePeriod: 'dataKeyReuse', kmsDataKeyReusePeriodSeconds: 'dataKeyReuse' },
});
