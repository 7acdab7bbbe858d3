import * as rds from 'aws-cdk-lib/aws-rds';
import { ANY_CLUSTER, ANY_INSTANCE, CLUSTER, CREDENTIALS, INSTANCE, REFUSED, SNAPSHOT_CREDENTIALS, SOURCE_INSTANCE } from './prop-kinds';
import { DAYS, FLAG, KEY_REFERENCE, NUMBER, ROLE, SECONDS, SECURITY_GROUPS, SUBNETS, TEXT, VPC } from '../private/common-kinds';
import { listOf, objectWith, oneOf } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

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
  kinds: {
    ...SOURCE_INSTANCE,
    credentials: CREDENTIALS,
    characterSetName: TEXT,
    manageMasterUserPassword: FLAG,
    storageEncrypted: FLAG,
    storageEncryptionKey: REFUSED,
  },
  required: ['engine', 'vpc'],
  confused: { ...OF_INSTANCES, ...ENGINE, ...USER },
});

export const DATABASE_INSTANCE_FROM_SNAPSHOT = propsShape({
  of: 'EncryptedDatabaseInstanceFromSnapshot',
  kinds: { ...SOURCE_INSTANCE, snapshotIdentifier: TEXT, clusterSnapshotIdentifier: TEXT, credentials: SNAPSHOT_CREDENTIALS },
  required: ['engine', 'vpc', 'encryptionKey'],
  confused: { ...OF_INSTANCES, ...SNAPSHOT, snapshotCredentials: 'credentials', storageEncryptionKey: 'encryptionKey' },
});

export const DATABASE_INSTANCE_READ_REPLICA = propsShape({
  of: 'EncryptedDatabaseInstanceReadReplica',
  kinds: { ...ANY_INSTANCE, sourceDatabaseInstance: INSTANCE, storageEncrypted: FLAG, storageEncryptionKey: REFUSED },
  required: ['sourceDatabaseInstance', 'vpc', 'instanceType'],
  confused: { ...OF_INSTANCES, source: 'sourceDatabaseInstance', sourceDatabase: 'sourceDatabaseInstance', sourceInstance: 'sourceDatabaseInstance', replicaOf: 'sourceDatabaseInstance' },
});

export const DATABASE_CLUSTER = propsShape({
  of: 'EncryptedDatabaseCluster',
  kinds: { ...ANY_CLUSTER, credentials: CREDENTIALS, cloneOf: CLUSTER, replicationSourceIdentifier: TEXT },
  required: ['engine', ['vpc', 'instanceProps'], ['writer', 'instanceProps']],
  confused: { ...OF_CLUSTERS, ...ENGINE, ...USER, cloneFrom: 'cloneOf', clone: 'cloneOf' },
});

export const DATABASE_CLUSTER_FROM_SNAPSHOT = propsShape({
  of: 'EncryptedDatabaseClusterFromSnapshot',
  kinds: { ...ANY_CLUSTER, snapshotIdentifier: TEXT, snapshotCredentials: SNAPSHOT_CREDENTIALS, credentials: REFUSED },
  required: ['engine', ['vpc', 'instanceProps'], ['writer', 'instanceProps'], 'snapshotIdentifier'],
  confused: { ...OF_CLUSTERS, ...SNAPSHOT },
});

const FILTER = objectWith('an rds.SessionPinningFilter', ['filterName'], () => 'Give `rds.SessionPinningFilter.EXCLUDE_VARIABLE_SETS`');

export const DATABASE_PROXY = propsShape({
  of: 'addProxy',
  kinds: {
    vpc: VPC,
    vpcSubnets: SUBNETS,
    securityGroups: SECURITY_GROUPS,
    secrets: listOf(objectWith('a secret', ['secretArn'], () => 'Give a `secretsmanager.Secret`'), 'secrets', '[database.secret]'),
    requireTLS: FLAG,
    iamAuth: FLAG,
    dbProxyName: TEXT,
    defaultAuthScheme: oneOf('rds.DefaultAuthScheme', rds.DefaultAuthScheme),
    clientPasswordAuthType: oneOf('rds.ClientPasswordAuthType', rds.ClientPasswordAuthType),
    debugLogging: FLAG,
    role: ROLE,
    borrowTimeout: SECONDS,
    idleClientTimeout: SECONDS,
    initQuery: TEXT,
    maxConnectionsPercent: NUMBER,
    maxIdleConnectionsPercent: NUMBER,
    sessionPinningFilters: listOf(FILTER, 'rds.SessionPinningFilter', '[rds.SessionPinningFilter.EXCLUDE_VARIABLE_SETS]'),
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
