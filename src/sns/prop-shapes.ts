import { FLAG, KEY, NUMBER, TEXT } from '../private/common-kinds';
import { has, objectWith } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

/** What a person gives for a publisher, and its factory. */
const FACTORIES: ReadonlyArray<readonly [member: string, example: string]> = [
  ['service', 'TopicPublisher.service(\'…\')` or another factory'],
  ['bucketArn', 'TopicPublisher.bucket(bucket)'],
  ['ruleArn', 'TopicPublisher.eventBridge()'],
  ['alarmArn', 'TopicPublisher.alarms()'],
  ['grantPrincipal', 'TopicPublisher.role(role)'],
];

export const TOPIC_PUBLISHER = objectWith('a TopicPublisher', ['_topicStatements'], (value) => {
  const [, example] = FACTORIES.find(([member]) => has(member)(value)) ?? [];
  if (example) { return example.includes('`') ? `Give \`${example}` : `Give \`${example}\``; }
  if (typeof value === 'string' && /^\d{12}$/.test(value)) { return `Give \`TopicPublisher.account('${value}')\``; }
  if (typeof value === 'string' && /\.amazonaws\.com$/.test(value)) { return `Give \`TopicPublisher.service('${value}')\``; }
  return 'Give one of its factories, such as `TopicPublisher.bucket(bucket)`';
});

export const SUBSCRIPTION = objectWith('a subscription', ['bind'], (value) => {
  if (has('queueArn')(value)) { return 'Give `new subscriptions.SqsSubscription(queue)` of aws-cdk-lib/aws-sns-subscriptions'; }
  if (has('functionArn')(value)) { return 'Give `new subscriptions.LambdaSubscription(handler)` of aws-cdk-lib/aws-sns-subscriptions'; }
  return 'Give one of aws-cdk-lib/aws-sns-subscriptions, such as `new subscriptions.EmailSubscription(\'ops@example.com\')`';
});

export const ENCRYPTED_TOPIC = propsShape({
  of: 'EncryptedTopic',
  kinds: {
    encryptionKey: KEY,
    masterKey: KEY,
    topicName: TEXT,
    displayName: TEXT,
    fifo: FLAG,
    enforceSSL: FLAG,
    contentBasedDeduplication: FLAG,
    messageRetentionPeriodInDays: NUMBER,
    signatureVersion: TEXT,
  },
  confused: {
    ...Object.fromEntries(Object.entries(NOT_ENCRYPTION_KEY).filter(([name]) => name !== 'masterKey')),
    enforceTls: 'enforceSSL',
    requireTls: 'enforceSSL',
    isFifo: 'fifo',
    fifoTopic: 'fifo',
    name: 'topicName',
  },
});
