import * as sns from 'aws-cdk-lib/aws-sns';
import { FLAG, KEY, NUMBER, ROLE_REFERENCE, TEXT } from '../private/common-kinds';
import { has, listOf, objectWith, oneOf, shape } from '../private/kinds';
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

const LOGGING = shape('an object with protocol', {
  protocol: oneOf('sns.LoggingProtocol', sns.LoggingProtocol),
  failureFeedbackRole: ROLE_REFERENCE,
  successFeedbackRole: ROLE_REFERENCE,
  successFeedbackSampleRate: NUMBER,
}, ['protocol'], () => 'Give `{ protocol: sns.LoggingProtocol.SQS }`');

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
    loggingConfigs: listOf(LOGGING, 'settings', '[{ protocol: sns.LoggingProtocol.SQS }]'),
    tracingConfig: oneOf('sns.TracingConfig', sns.TracingConfig),
    fifoThroughputScope: oneOf('sns.FifoThroughputScope', sns.FifoThroughputScope),
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
