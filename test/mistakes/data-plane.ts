import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { KEY_ARN, Mistake, ROLE_ARN } from './mistake';

const NOT_A_KEY = 'Give an EncryptionKey, or import a key with `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`. [ValueOfWrongKind]';
const IMPORT_KEY = `Import it: \`kms.Key.fromKeyArn(this, 'Key', '${KEY_ARN}')\`. [ValueOfWrongKind]`;

export const MISTAKES_WITH_TOPICS: Mistake[] = [
  ['an ARN as key', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { encryptionKey: KEY_ARN }),
    `Stack/Topic: 'encryptionKey' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['an ARN as the CDK\'s own prop for the key', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { masterKey: KEY_ARN }),
    `Stack/Topic: 'masterKey' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['the key by the name that queues have', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { encryptionMasterKey: new lib.EncryptionKey(scope, 'Key') }),
    'Stack/Topic: \'encryptionMasterKey\' is not a prop of EncryptedTopic and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['the key by the name kmsMasterKeyId', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { kmsMasterKeyId: KEY_ARN }),
    'Stack/Topic: \'kmsMasterKeyId\' is not a prop of EncryptedTopic and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['TLS off', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { enforceSSL: false }),
    'Stack/Topic: \'enforceSSL\' cannot be false: an EncryptedTopic answers over TLS only. Leave it out, and change publishers to use HTTPS. [TopicMustEnforceTls]'],
  ['TLS off, in another spelling', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { enforceSsl: false }),
    'Stack/Topic: \'enforceSsl\' is not a prop of EncryptedTopic and would be ignored. Use `enforceSSL`. [PropNameConfused]'],
  ['two keys', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { encryptionKey: new lib.EncryptionKey(scope, 'A'), masterKey: new lib.EncryptionKey(scope, 'B') }),
    'Stack/Topic: \'encryptionKey\' and \'masterKey\' name two keys. Give one of them: they mean the same. [TopicHasTwoKeys]'],
  ['the AWS-managed key', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic', { masterKey: kms.Alias.fromAliasName(scope, 'Alias', 'alias/aws/sns') }),
    'Stack/Topic: \'masterKey\' cannot be \'alias/aws/sns\': its policy cannot be changed, so no service can ever publish to the topic. Leave it out, or give a customer-managed key. [TopicNeedsCustomerKey]'],
  ['a name as scope', (_, lib) => new lib.EncryptedTopic('Topic', {}),
    'EncryptedTopic: the scope, its first argument, must be a construct, got \'Topic\'. Write `new EncryptedTopic(this, \'Id\', { … })`, where `this` is a stack or a construct in one. [ScopeNotAConstruct]'],
  ['a bucket as publisher', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').allowPublishFrom(new s3.Bucket(scope, 'Uploads')),
    'Stack/Topic: \'publisher\' must be a TopicPublisher, got the construct Stack/Uploads. Give `TopicPublisher.bucket(bucket)`. [ValueOfWrongKind]'],
  ['an alarm as publisher', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').allowPublishFrom(new cloudwatch.Alarm(scope, 'Alarm', {
    metric: new cloudwatch.Metric({ namespace: 'Orders', metricName: 'Errors' }), threshold: 1, evaluationPeriods: 1,
  })),
  'Stack/Topic: \'publisher\' must be a TopicPublisher, got the construct Stack/Alarm. Give `TopicPublisher.alarms()`. [ValueOfWrongKind]'],
  ['an account as publisher', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').allowPublishFrom('444455556666'),
    'Stack/Topic: \'publisher\' must be a TopicPublisher, got \'444455556666\'. Give `TopicPublisher.account(\'444455556666\')`. [ValueOfWrongKind]'],
  ['the name of a service as publisher', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').allowPublishFrom('budgets.amazonaws.com'),
    'Stack/Topic: \'publisher\' must be a TopicPublisher, got \'budgets.amazonaws.com\'. Give `TopicPublisher.service(\'budgets.amazonaws.com\')`. [ValueOfWrongKind]'],
  ['no publisher', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').allowPublishFrom(),
    'Stack/Topic: \'publisher\' is missing: it must be a TopicPublisher. Give one of its factories, such as `TopicPublisher.bucket(bucket)`. [ValueMissing]'],
  ['a service by half its name', (_, lib) => lib.TopicPublisher.service('budgets'),
    'TopicPublisher.service: \'servicePrincipal\' must be the principal of an AWS service, got \'budgets\'. Give it as \'backup.amazonaws.com\'. [ServicePrincipalMalformed]'],
  ['an ARN of a role as publisher', (_, lib) => lib.TopicPublisher.role(ROLE_ARN),
    `TopicPublisher.role: 'role' must be somebody who can be granted permissions, got '${ROLE_ARN}'. Give a role, a user or a function; import a role: \`iam.Role.fromRoleArn(this, 'Role', '${ROLE_ARN}')\`. [ValueOfWrongKind]`],
  ['a queue as subscription', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').addSubscription(new lib.EncryptedQueue(scope, 'Queue')),
    'Stack/Topic: \'subscription\' must be a subscription, got the construct Stack/Queue. Give `new subscriptions.SqsSubscription(queue)` of aws-cdk-lib/aws-sns-subscriptions. [ValueOfWrongKind]'],
  ['an address as subscription', (scope, lib) => new lib.EncryptedTopic(scope, 'Topic').addSubscription('ops@example.com'),
    'Stack/Topic: \'subscription\' must be a subscription, got \'ops@example.com\'. Give one of aws-cdk-lib/aws-sns-subscriptions, such as `new subscriptions.EmailSubscription(\'ops@example.com\')`. [ValueOfWrongKind]'],
  ['the mixin with an ARN', (_, lib) => new lib.TopicEncryptionAtRest(KEY_ARN),
    `TopicEncryptionAtRest: 'key' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['the mixin with a bucket', (scope, lib) => new lib.TopicEncryptionAtRest(new s3.Bucket(scope, 'Bucket')),
    `TopicEncryptionAtRest: 'key' must be a KMS key, got the construct Stack/Bucket. ${NOT_A_KEY}`],
];
