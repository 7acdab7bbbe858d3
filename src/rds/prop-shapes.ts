import { DAYS, FLAG, KEY, KEY_REFERENCE, NUMBER, REMOVAL_POLICY, SECURITY_GROUPS, SUBNETS, TEXT, TEXTS, VPC } from '../private/common-kinds';
import { has, kind, listOf, objectWith, shape } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

const INSTANCE_ENGINE = objectWith('a database engine for instances', ['engineType', 'bindToInstance'], (value) => (has('bindToCluster')(value)
  ? 'It is for clusters: use EncryptedDatabaseCluster'
  : 'Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`'));

const CLUSTER_ENGINE = objectWith('a database engine for clusters', ['engineType', 'bindToCluster'], (value) => (has('bindToInstance')(value)
  ? 'It is for instances: use EncryptedDatabaseInstance'
  : 'Give one of `rds.DatabaseClusterEngine`, such as `rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 })`'));

const CREDENTIALS = kind('rds.Credentials', (value) => has('username')(value) && !has('secretArn')(value), (value) => {
  if (has('secretArn')(value)) { return 'Give `rds.Credentials.fromSecret(secret)`'; }
  return `Leave it out, or give \`rds.Credentials.fromUsername('${typeof value === 'string' ? value : 'dbadmin'}')\``;
});

const SNAPSHOT_CREDENTIALS = objectWith('rds.SnapshotCredentials', ['generatePassword'], (value) => (has('secretArn')(value)
  ? 'Give `rds.SnapshotCredentials.fromSecret(secret)`' : 'Leave it out, or give `rds.SnapshotCredentials.fromSecret(secret)`'));

const INSTANCE_TYPE = objectWith('an instance type', ['sameInstanceClassAs'], (value) =>
  `Give \`new ec2.InstanceType('${typeof value === 'string' ? value.replace(/^db\./, '') : 't4g.medium'}')\``);

const CLUSTER_INSTANCE = objectWith('an rds.ClusterInstance', ['bind'], () => 'Give one of its factories, such as `rds.ClusterInstance.serverlessV2(\'Writer\')`');
const INSTANCE = objectWith('a database instance', ['instanceIdentifier'], (value) => (has('clusterIdentifier')(value)
  ? 'A cluster has readers: `readers`' : 'Give an EncryptedDatabaseInstance, or import one with `rds.DatabaseInstance.fromDatabaseInstanceAttributes(…)`'));
const CLUSTER = objectWith('a database cluster', ['clusterIdentifier'], () => 'Give a cluster, such as an EncryptedDatabaseCluster');

const ANY_DATABASE = {
  encryptionKey: KEY,
  vpc: VPC,
  vpcSubnets: SUBNETS,
  securityGroups: SECURITY_GROUPS,
  port: NUMBER,
  deletionProtection: FLAG,
  removalPolicy: REMOVAL_POLICY,
  cloudwatchLogsExports: TEXTS,
  iamAuthentication: FLAG,
};
const ANY_INSTANCE = {
  ...ANY_DATABASE,
  instanceType: INSTANCE_TYPE,
  allocatedStorage: NUMBER,
  multiAz: FLAG,
  publiclyAccessible: FLAG,
  backupRetention: DAYS,
};
const ANY_CLUSTER = {
  ...ANY_DATABASE,
  engine: CLUSTER_ENGINE,
  writer: CLUSTER_INSTANCE,
  readers: listOf(CLUSTER_INSTANCE, 'rds.ClusterInstance', "[rds.ClusterInstance.serverlessV2('Reader')]"),
  backup: shape('an object with retention', { retention: DAYS }, ['retention'], () => 'Give `{ retention: Duration.days(35) }`'),
  defaultDatabaseName: TEXT,
};

/** `storageEncryptionKey` is a prop of the base classes, with an error of its own. */
const { storageEncryptionKey: _, ...NOT_KEY } = NOT_ENCRYPTION_KEY;
const CONFUSED = { ...NOT_KEY, subnets: 'vpcSubnets', securityGroup: 'securityGroups', logsExports: 'cloudwatchLogsExports' };
const OF_INSTANCES = { ...CONFUSED, instanceClass: 'instanceType', backupRetentionPeriod: 'backupRetention', backupRetentionDays: 'backupRetention' };
const OF_CLUSTERS = { ...CONFUSED, backupRetention: 'backup', databaseName: 'defaultDatabaseName' };
const ENGINE = { databaseEngine: 'engine' };
const USER = { masterUsername: 'credentials', username: 'credentials', masterUserPassword: 'credentials', password: 'credentials' };
const SNAPSHOT = {
  ...ENGINE,
  snapshot: 'snapshotIdentifier',
  snapshotArn: 'snapshotIdentifier',
  snapshotId: 'snapshotIdentifier',
  dbSnapshotIdentifier: 'snapshotIdentifier',
};

export const DATABASE_INSTANCE = propsShape({
  of: 'EncryptedDatabaseInstance',
  kinds: { ...ANY_INSTANCE, engine: INSTANCE_ENGINE, credentials: CREDENTIALS, databaseName: TEXT },
  required: ['engine', 'vpc'],
  confused: { ...OF_INSTANCES, ...ENGINE, ...USER },
});

export const DATABASE_INSTANCE_FROM_SNAPSHOT = propsShape({
  of: 'EncryptedDatabaseInstanceFromSnapshot',
  kinds: { ...ANY_INSTANCE, engine: INSTANCE_ENGINE, snapshotIdentifier: TEXT, credentials: SNAPSHOT_CREDENTIALS },
  required: ['engine', 'vpc', 'encryptionKey'],
  confused: { ...OF_INSTANCES, ...SNAPSHOT, snapshotCredentials: 'credentials' },
});

export const DATABASE_INSTANCE_READ_REPLICA = propsShape({
  of: 'EncryptedDatabaseInstanceReadReplica',
  kinds: { ...ANY_INSTANCE, sourceDatabaseInstance: INSTANCE },
  required: ['sourceDatabaseInstance', 'vpc', 'instanceType'],
  confused: { ...OF_INSTANCES, source: 'sourceDatabaseInstance', sourceDatabase: 'sourceDatabaseInstance', sourceInstance: 'sourceDatabaseInstance', replicaOf: 'sourceDatabaseInstance' },
});

export const DATABASE_CLUSTER = propsShape({
  of: 'EncryptedDatabaseCluster',
  kinds: { ...ANY_CLUSTER, credentials: CREDENTIALS, cloneOf: CLUSTER, instanceProps: objectWith('an object', [], () => 'Give `vpc` and `writer`') },
  required: ['engine', ['vpc', 'instanceProps'], ['writer', 'instanceProps']],
  confused: { ...OF_CLUSTERS, ...ENGINE, ...USER, cloneFrom: 'cloneOf', clone: 'cloneOf' },
});

export const DATABASE_CLUSTER_FROM_SNAPSHOT = propsShape({
  of: 'EncryptedDatabaseClusterFromSnapshot',
  kinds: { ...ANY_CLUSTER, snapshotIdentifier: TEXT, snapshotCredentials: SNAPSHOT_CREDENTIALS, instanceProps: objectWith('an object', [], () => 'Give `vpc` and `writer`') },
  required: ['engine', ['vpc', 'instanceProps'], ['writer', 'instanceProps'], 'snapshotIdentifier'],
  confused: { ...OF_CLUSTERS, ...SNAPSHOT },
});

export const DATABASE_PROXY = propsShape({
  of: 'addProxy',
  kinds: {
    vpc: VPC,
    vpcSubnets: SUBNETS,
    securityGroups: SECURITY_GROUPS,
    secrets: listOf(objectWith('a secret', ['secretArn'], () => 'Give a `secretsmanager.Secret`'), 'secrets', '[database.secret]'),
    requireTLS: FLAG,
    iamAuth: FLAG,
  },
  required: ['vpc'],
  confused: { subnets: 'vpcSubnets', securityGroup: 'securityGroups', secret: 'secrets', requireTls: 'requireTLS', iamAuthentication: 'iamAuth' },
});

export const BACKUP_COPY = propsShape({
  of: 'replicateBackupsTo', kinds: { retention: DAYS, encryptionKey: KEY_REFERENCE }, confused: { ...NOT_ENCRYPTION_KEY, retentionDays: 'retention', retentionPeriod: 'retention' },
});

export const DATABASE_ENCRYPTION_AT_REST = propsShape({
  of: 'DatabaseEncryptionAtRest', kinds: { allowReplacement: FLAG }, confused: { replace: 'allowReplacement', allowReplace: 'allowReplacement' },
});
