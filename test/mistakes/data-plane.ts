import { SecretValue } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
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

export const MISTAKES_WITH_LOG_GROUPS: Mistake[] = [
  ['an ARN as key', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { encryptionKey: KEY_ARN }),
    `Stack/Group: 'encryptionKey' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['the key by the name kmsKeyId', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { kmsKeyId: KEY_ARN }),
    'Stack/Group: \'kmsKeyId\' is not a prop of EncryptedLogGroup and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['retention by its CloudFormation name', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { retentionInDays: 30 }),
    'Stack/Group: \'retentionInDays\' is not a prop of EncryptedLogGroup and would be ignored. Use `retention`. [PropNameConfused]'],
  ['the name by another name', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { name: '/orders/api' }),
    'Stack/Group: \'name\' is not a prop of EncryptedLogGroup and would be ignored. Use `logGroupName`. [PropNameConfused]'],
  ['a removal policy as text', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { removalPolicy: 'DELETE' }),
    'Stack/Group: \'removalPolicy\' must be a RemovalPolicy, got \'DELETE\'. Give one of RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE. [ValueOfWrongKind]'],
  ['the AWS-managed key', (scope, lib) => new lib.EncryptedLogGroup(scope, 'Group', { encryptionKey: kms.Alias.fromAliasName(scope, 'Alias', 'alias/aws/logs') }),
    'Stack/Group: \'encryptionKey\' cannot be \'alias/aws/logs\': CloudWatch Logs encrypts log groups under customer-managed keys only. Leave it out, or give a customer-managed key. [LogGroupNeedsCustomerKey]'],
  ['the mixin without a key', (_, lib) => new lib.LogGroupEncryptionAtRest(),
    'LogGroupEncryptionAtRest: \'key\' is missing: it must be a KMS key. Give an EncryptionKey, or import a key with `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`. [ValueMissing]'],
];

export const MISTAKES_WITH_SECRETS: Mistake[] = [
  ['a value as text', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { secretStringValue: 'hunter2' }),
    'Stack/Secret: \'secretStringValue\' must be a SecretValue, got \'hunter2\'. A secret cannot be text: it would be in the template. Leave it out, and Secrets Manager generates a value. [ValueOfWrongKind]'],
  ['a value by its CloudFormation name', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { secretString: 'hunter2' }),
    'Stack/Secret: \'secretString\' is not a prop of EncryptedSecret and would be ignored. Use `secretStringValue`. [PropNameConfused]'],
  ['plain text, unsafely', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { secretStringValue: SecretValue.unsafePlainText('hunter2') }),
    'Stack/Secret: \'secretStringValue\' cannot be plain text: it would be in the template. Leave it out, and Secrets Manager generates a value (`generateSecretString`); or give a SecretValue of Secrets Manager, of a secure SSM parameter or of a CfnParameter with `noEcho`. [SecretInTemplate]'],
  ['an ARN as key', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { encryptionKey: KEY_ARN }),
    `Stack/Secret: 'encryptionKey' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['the key by the name kmsKey', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { kmsKey: new lib.EncryptionKey(scope, 'Key') }),
    'Stack/Secret: \'kmsKey\' is not a prop of EncryptedSecret and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['replicas by another name', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { replicas: ['eu-west-1'] }),
    'Stack/Secret: \'replicas\' is not a prop of EncryptedSecret and would be ignored. Use `replicaRegions`. [PropNameConfused]'],
  ['replicas by their Regions', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { replicaRegions: ['eu-west-1'] }),
    'Stack/Secret: \'replicaRegions[0]\' must be an object with region and encryptionKey, got \'eu-west-1\'. Give `{ region: \'eu-west-1\', encryptionKey }`. [ValueOfWrongKind]'],
  ['a replica without a key', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret', { replicaRegions: [{ region: 'eu-west-1' }] }),
    'Stack/Secret: \'replicaRegions\' has eu-west-1 without a key: Secrets Manager would encrypt the replica under the AWS-managed key there. Give it an `encryptionKey` of eu-west-1, or make the secret\'s `encryptionKey` a MultiRegionKey with a replica in eu-west-1, in a stack of its own. [SecretReplicaNeedsKey]'],
  ['a policy as JSON', (scope, lib) => new lib.EncryptedSecret(scope, 'Secret').addToResourcePolicy({ Effect: 'Deny' }),
    'Stack/Secret: \'statement\' must be an iam.PolicyStatement, got an object with \'Effect\'. Give `new iam.PolicyStatement({ … })`. [ValueOfWrongKind]'],
  ['the mixin with an ARN', (_, lib) => new lib.SecretEncryptionAtRest(KEY_ARN), `SecretEncryptionAtRest: 'key' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
];

const partitionKey = { name: 'id', type: 'S' };

export const MISTAKES_WITH_TABLES: Mistake[] = [
  ['no partition key', (scope, lib) => new lib.EncryptedTable(scope, 'Table', {}),
    'Stack/Table: \'partitionKey\' is missing: it must be an attribute. Give `{ name: \'id\', type: dynamodb.AttributeType.STRING }`. [ValueMissing]'],
  ['a partition key by its name', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey: 'order' }),
    'Stack/Table: \'partitionKey\' must be an attribute, got \'order\'. Give `{ name: \'order\', type: dynamodb.AttributeType.STRING }`. [ValueOfWrongKind]'],
  ['a partition key by its older name', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { hashKey: partitionKey }),
    'Stack/Table: \'hashKey\' is not a prop of EncryptedTable and would be ignored. Use `partitionKey`. [PropNameConfused]'],
  ['an ARN as key', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, encryptionKey: KEY_ARN }),
    `Stack/Table: 'encryptionKey' must be a KMS key, got '${KEY_ARN}'. ${IMPORT_KEY}`],
  ['encryption of the older class', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, encryption: 'CUSTOMER_MANAGED' }),
    'Stack/Table: \'encryption\' must be a TableEncryptionV2, got \'CUSTOMER_MANAGED\'. Leave it out, and give `encryptionKey`; or give `dynamodb.TableEncryptionV2.customerManagedKey(key)`. [ValueOfWrongKind]'],
  ['the AWS-managed key', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, encryption: dynamodb.TableEncryptionV2.awsManagedKey() }),
    'Stack/Table: \'encryption\' cannot be \'AWS_MANAGED\': an EncryptedTable is encrypted under a KMS key that you control. Leave it out, and give `encryptionKey` to choose the key. [TableNeedsCustomerKey]'],
  ['replicas by the older class\'s name', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, replicationRegions: ['eu-west-1'] }),
    'Stack/Table: \'replicationRegions\' is not a prop of EncryptedTable and would be ignored. Use `replicas`. [PropNameConfused]'],
  ['replicas by their Regions', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, replicas: ['eu-west-1'] }),
    'Stack/Table: \'replicas[0]\' must be an object with region, got \'eu-west-1\'. Give `{ region: \'eu-west-1\' }`. [ValueOfWrongKind]'],
  ['a replica without a key', (scope, lib) => new lib.EncryptedTable(scope, 'Table', { partitionKey, replicas: [{ region: 'eu-west-1' }] }),
    'Stack/Table: \'replicas\' has eu-west-1, and there is no key for it there: DynamoDB uses a key only in its own Region. Make `encryptionKey` a MultiRegionKey with a replica in eu-west-1, in a stack of its own. [TableReplicaNeedsKey]'],
  ['the mixin with an alias', (_, lib) => new lib.TableEncryptionAtRest('alias/orders'),
    'TableEncryptionAtRest: \'key\' must be a KMS key, got \'alias/orders\'. Import it: `kms.Alias.fromAliasName(this, \'Key\', \'alias/orders\')`. [ValueOfWrongKind]'],
];
