import { FLAG, KEY, REGION, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { has, kind, listOf, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const ATTRIBUTE = shape('an attribute', { name: TEXT, type: TEXT }, ['name', 'type'], (value) =>
  `Give \`{ name: '${typeof value === 'string' ? value : 'id'}', type: dynamodb.AttributeType.STRING }\``);
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
