import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { FLAG, KEY, REGION, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { has, kind, listOf, objectWith, oneOf, propsWith, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const ATTRIBUTE = shape('an attribute', { name: TEXT, type: TEXT }, ['name', 'type'], (value) =>
  `Give \`{ name: '${typeof value === 'string' ? value : 'id'}', type: dynamodb.AttributeType.STRING }\``);
const objectOf = (...members: string[]) => propsWith('an object', members, () => 'Give `{ … }`, or leave it out');
const ENCRYPTION = kind('a TableEncryptionV2', has('type'), () => 'Leave it out, and give `encryptionKey`; or give `dynamodb.TableEncryptionV2.customerManagedKey(key)`');
export const REPLICA = shape('an object with region', { region: REGION }, ['region'], (value) => `Give \`{ region: '${typeof value === 'string' ? value : 'eu-west-1'}' }\``);

export const ENCRYPTED_TABLE = propsShape({
  of: 'EncryptedTable',
  kinds: {
    encryptionKey: KEY,
    encryption: ENCRYPTION,
    partitionKey: ATTRIBUTE,
    sortKey: ATTRIBUTE,
    tableName: TEXT,
    timeToLiveAttribute: TEXT,
    deletionProtection: FLAG,
    replicas: listOf(REPLICA, 'replicas', "[{ region: 'eu-west-1' }]"),
    removalPolicy: REMOVAL_POLICY,
    billing: kind('a Billing', has('mode'), () => 'Give `dynamodb.Billing.onDemand()`'),
    dynamoStream: oneOf('dynamodb.StreamViewType', dynamodb.StreamViewType),
    tableClass: oneOf('dynamodb.TableClass', dynamodb.TableClass),
    contributorInsights: FLAG,
    contributorInsightsSpecification: objectOf('enabled', 'mode'),
    pointInTimeRecovery: FLAG,
    pointInTimeRecoverySpecification: objectOf('pointInTimeRecoveryEnabled', 'recoveryPeriodInDays'),
    kinesisStream: objectWith('a stream', ['streamArn'], () => 'Give a `kinesis.Stream` with an `encryptionKey`'),
    tags: listOf(objectOf('key', 'value'), 'tags', "[{ key: '…', value: '…' }]"),
    resourcePolicy: objectWith('an iam.PolicyDocument', ['addStatements'], () => 'Give `new iam.PolicyDocument({ statements: [ … ] })`'),
    streamResourcePolicy: objectWith('an iam.PolicyDocument', ['addStatements'], () => 'Give `new iam.PolicyDocument({ statements: [ … ] })`'),
    globalTableSettingsReplicationMode: oneOf('dynamodb.GlobalTableSettingsReplicationMode', dynamodb.GlobalTableSettingsReplicationMode),
    witnessRegion: REGION,
    multiRegionConsistency: oneOf('dynamodb.MultiRegionConsistency', dynamodb.MultiRegionConsistency),
    globalSecondaryIndexes: listOf(objectOf('indexName'), 'indexes', "[{ indexName: '…', partitionKey }]"),
    localSecondaryIndexes: listOf(objectOf('indexName'), 'indexes', "[{ indexName: '…', sortKey }]"),
    warmThroughput: objectOf('readUnitsPerSecond', 'writeUnitsPerSecond'),
  },
  required: ['partitionKey'],
  confused: {
    ...NOT_ENCRYPTION_KEY,
    hashKey: 'partitionKey',
    primaryKey: 'partitionKey',
    rangeKey: 'sortKey',
    replicationRegions: 'replicas',
    replicaRegions: 'replicas',
    name: 'tableName',
    ttl: 'timeToLiveAttribute',
    billingMode: 'billing',
    stream: 'dynamoStream',
    pitr: 'pointInTimeRecoverySpecification',
  },
});
