import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { KEY_ARN, Mistake, vpcOf } from './mistake';

const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });
const clusterEngine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const writer = rds.ClusterInstance.serverlessV2('Writer');

export const MISTAKES_WITH_DATABASES: Mistake[] = [
  ['no VPC', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine }),
    'Stack/Database: \'vpc\' is missing: it must be a VPC. Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`. [ValueMissing]'],
  ['no engine', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { vpc: vpcOf(scope) }),
    'Stack/Database: \'engine\' is missing: it must be a database engine for instances. Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`. [ValueMissing]'],
  ['no props', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database'),
    'Stack/Database: \'engine\' is missing: it must be a database engine for instances. Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`. [ValueMissing]'],
  ['an engine as text', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine: 'postgres', vpc: vpcOf(scope) }),
    'Stack/Database: \'engine\' must be a database engine for instances, got \'postgres\'. Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`. [ValueOfWrongKind]'],
  ['an engine that is not called', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine: rds.DatabaseInstanceEngine.postgres, vpc: vpcOf(scope) }),
    'Stack/Database: \'engine\' must be a database engine for instances, got the function postgres. Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`. [ValueOfWrongKind]'],
  ['an engine of clusters', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine: clusterEngine, vpc: vpcOf(scope) }),
    'Stack/Database: \'engine\' must be a database engine for instances, got an AuroraPostgresClusterEngine. It is for clusters: use EncryptedDatabaseCluster. [ValueOfWrongKind]'],
  ['a VPC by its id', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: 'vpc-0123456789abcdef0' }),
    'Stack/Database: \'vpc\' must be a VPC, got \'vpc-0123456789abcdef0\'. Look it up: `ec2.Vpc.fromLookup(this, \'Vpc\', { vpcId: \'vpc-0123456789abcdef0\' })`. [ValueOfWrongKind]'],
  ['an instance type as text', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), instanceType: 'db.t4g.medium' }),
    'Stack/Database: \'instanceType\' must be an instance type, got \'db.t4g.medium\'. Give `new ec2.InstanceType(\'t4g.medium\')`. [ValueOfWrongKind]'],
  ['an instance type by CloudFormation\'s name', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), instanceClass: 'db.t4g.medium' }),
    'Stack/Database: \'instanceClass\' is not a prop of EncryptedDatabaseInstance and would be ignored. Use `instanceType`. [PropNameConfused]'],
  ['a user name as credentials', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), credentials: 'orders' }),
    'Stack/Database: \'credentials\' must be rds.Credentials, got \'orders\'. Leave it out, or give `rds.Credentials.fromUsername(\'orders\')`. [ValueOfWrongKind]'],
  ['a secret as credentials', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), credentials: new secretsmanager.Secret(scope, 'Secret') }),
    'Stack/Database: \'credentials\' must be rds.Credentials, got the construct Stack/Secret. Give `rds.Credentials.fromSecret(secret)`. [ValueOfWrongKind]'],
  ['a password', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), masterUserPassword: 'hunter2' }),
    'Stack/Database: \'masterUserPassword\' is not a prop of EncryptedDatabaseInstance and would be ignored. Use `credentials`. [PropNameConfused]'],
  ['an ARN as key', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), encryptionKey: KEY_ARN }),
    'Stack/Database: \'encryptionKey\' must be a KMS key, got \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\'. Import it: `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\')`. [ValueOfWrongKind]'],
  ['the key by the name kmsKey', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), kmsKey: new lib.EncryptionKey(scope, 'Key') }),
    'Stack/Database: \'kmsKey\' is not a prop of EncryptedDatabaseInstance and would be ignored. Use `encryptionKey`. [PropNameConfused]'],
  ['the key by the CDK\'s name', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), storageEncryptionKey: new lib.EncryptionKey(scope, 'Key') }),
    'Stack/Database: \'storageEncryptionKey\' cannot be the construct Stack/Key: one key encrypts all that belongs to the database. Give it as `encryptionKey`. [DatabaseHasOneKey]'],
  ['encryption turned off', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), storageEncrypted: false }),
    'Stack/Database: \'storageEncrypted\' cannot be false: the storage is always encrypted (AWS FSBP RDS.3). Leave it out. [DatabaseMustBeEncrypted]'],
  ['subnets by their type', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets: 'Isolated' }),
    'Stack/Database: \'vpcSubnets\' must be a selection of subnets, got \'Isolated\'. Give `{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }`. [ValueOfWrongKind]'],
  ['subnets as a list', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets: [] }),
    'Stack/Database: \'vpcSubnets\' must be a selection of subnets, got an empty list. Give `{ subnets: [ … ] }`. [ValueOfWrongKind]'],
  ['a security group by its id', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), securityGroups: ['sg-0123456789abcdef0'] }),
    'Stack/Database: \'securityGroups[0]\' must be a security group, got \'sg-0123456789abcdef0\'. Import it: `ec2.SecurityGroup.fromSecurityGroupId(this, \'Imported\', \'sg-0123456789abcdef0\')`. [ValueOfWrongKind]'],
  ['retention as a number', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), backupRetention: 7 }),
    'Stack/Database: \'backupRetention\' must be a Duration, got 7. Give `Duration.days(7)`. [ValueOfWrongKind]'],
  ['one log without a list', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), cloudwatchLogsExports: 'postgresql' }),
    'Stack/Database: \'cloudwatchLogsExports\' must be a list of texts, got \'postgresql\'. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['a port as text', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), port: '5432' }),
    'Stack/Database: \'port\' must be a number, got \'5432\'. Write digits, without quotes. [ValueOfWrongKind]'],
  ['an engine without a version', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine: rds.DatabaseInstanceEngine.POSTGRES, vpc: vpcOf(scope) }),
    'Stack/Database: \'engine\' postgres without a version has no known parameter that requires TLS. Give the engine an explicit version, of PostgreSQL, MySQL 5.7+, MariaDB 10.5+, SQL Server, Oracle, Aurora PostgreSQL or Aurora MySQL. [EngineCannotRequireTls]'],

  ['a cluster without an engine', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { vpc: vpcOf(scope), writer }),
    'Stack/Cluster: \'engine\' is missing: it must be a database engine for clusters. Give one of `rds.DatabaseClusterEngine`, such as `rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 })`. [ValueMissing]'],
  ['a cluster without a writer', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope) }),
    'Stack/Cluster: \'writer\' is missing: it must be an rds.ClusterInstance. Give one of its factories, such as `rds.ClusterInstance.serverlessV2(\'Writer\')`. [ValueMissing]'],
  ['a cluster without a VPC', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, writer }),
    'Stack/Cluster: \'vpc\' is missing: it must be a VPC. Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`. [ValueMissing]'],
  ['a cluster with an engine of instances', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine, vpc: vpcOf(scope), writer }),
    'Stack/Cluster: \'engine\' must be a database engine for clusters, got a PostgresInstanceEngine. It is for instances: use EncryptedDatabaseInstance. [ValueOfWrongKind]'],
  ['one reader without a list', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer, readers: rds.ClusterInstance.serverlessV2('Reader') }),
    'Stack/Cluster: \'readers\' must be a list of rds.ClusterInstance, got a ClusterInstance. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['a writer as text', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer: 'Writer' }),
    'Stack/Cluster: \'writer\' must be an rds.ClusterInstance, got \'Writer\'. Give one of its factories, such as `rds.ClusterInstance.serverlessV2(\'Writer\')`. [ValueOfWrongKind]'],
  ['backup as a period', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer, backup: Duration.days(7) }),
    'Stack/Cluster: \'backup\' must be an object with retention, got 7 days. Give `{ retention: Duration.days(35) }`. [ValueOfWrongKind]'],
  ['the retention of an instance', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer, backupRetention: Duration.days(7) }),
    'Stack/Cluster: \'backupRetention\' is not a prop of EncryptedDatabaseCluster and would be ignored. Use `backup`. [PropNameConfused]'],
  ['a clone of a name', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer, cloneOf: 'orders' }),
    'Stack/Cluster: \'cloneOf\' must be a database cluster, got \'orders\'. Give a cluster, such as an EncryptedDatabaseCluster. [ValueOfWrongKind]'],
  ['a clone by another name', (scope, lib) => new lib.EncryptedDatabaseCluster(scope, 'Cluster', { engine: clusterEngine, vpc: vpcOf(scope), writer, cloneFrom: 'orders' }),
    'Stack/Cluster: \'cloneFrom\' is not a prop of EncryptedDatabaseCluster and would be ignored. Use `cloneOf`. [PropNameConfused]'],

  ['a replica of nothing', (scope, lib) => new lib.EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { vpc: vpcOf(scope) }),
    'Stack/Replica: \'sourceDatabaseInstance\' is missing: it must be a database instance. Give an EncryptedDatabaseInstance, or import one with `rds.DatabaseInstance.fromDatabaseInstanceAttributes(…)`. [ValueMissing]'],
  ['a replica by the name of its source', (scope, lib) => new lib.EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { sourceDatabaseInstance: 'orders', vpc: vpcOf(scope) }),
    'Stack/Replica: \'instanceType\' is missing: it must be an instance type. Give `new ec2.InstanceType(\'t4g.medium\')`. [ValueMissing]'],
  ['a replica of a source by another name', (scope, lib) => new lib.EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { source: 'orders' }),
    'Stack/Replica: \'source\' is not a prop of EncryptedDatabaseInstanceReadReplica and would be ignored. Use `sourceDatabaseInstance`. [PropNameConfused]'],
  ['a restored instance without its key', (scope, lib) => new lib.EncryptedDatabaseInstanceFromSnapshot(scope, 'Restored', { engine, vpc: vpcOf(scope), snapshotIdentifier: 'orders' }),
    'Stack/Restored: \'encryptionKey\' is missing: it must be a KMS key. Give an EncryptionKey, or import a key with `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`. [ValueMissing]'],
  ['a snapshot by another name', (scope, lib) => new lib.EncryptedDatabaseInstanceFromSnapshot(scope, 'Restored', {
    engine, vpc: vpcOf(scope), snapshot: 'orders', encryptionKey: new lib.EncryptionKey(scope, 'Key'),
  }),
  'Stack/Restored: \'snapshot\' is not a prop of EncryptedDatabaseInstanceFromSnapshot and would be ignored. Use `snapshotIdentifier`. [PropNameConfused]'],
  ['a restored cluster without a snapshot', (scope, lib) => new lib.EncryptedDatabaseClusterFromSnapshot(scope, 'Restored', { engine: clusterEngine, vpc: vpcOf(scope), writer }),
    'Stack/Restored: \'snapshotIdentifier\' is missing: it must be text. Give it in quotes. [ValueMissing]'],
  ['new credentials for a snapshot', (scope, lib) => new lib.EncryptedDatabaseClusterFromSnapshot(scope, 'Restored', {
    engine: clusterEngine, vpc: vpcOf(scope), writer, snapshotIdentifier: 'orders', snapshotCredentials: 'orders',
  }),
  'Stack/Restored: \'snapshotCredentials\' must be rds.SnapshotCredentials, got \'orders\'. Leave it out, or give `rds.SnapshotCredentials.fromSecret(secret)`. [ValueOfWrongKind]'],

  ['a proxy without a VPC', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets }).addProxy('Proxy'),
    'Stack/Database/Proxy: \'vpc\' is missing: it must be a VPC. Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`. [ValueMissing]'],
  ['a proxy with one secret without a list', (scope, lib) => {
    const vpc = vpcOf(scope);
    return new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc, vpcSubnets }).addProxy('Proxy', { vpc, secrets: new secretsmanager.Secret(scope, 'Secret') });
  },
  'Stack/Database/Proxy: \'secrets\' must be a list of secrets, got the construct Stack/Secret. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['copies of backups to no Region', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets }).replicateBackupsTo(),
    'Stack/Database: \'region\' is missing: it must be a Region. Give its name as text, such as \'eu-west-1\'. [ValueMissing]'],
  ['copies of backups with a number of days', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets })
    .replicateBackupsTo('eu-west-1', { retention: 7 }),
  'Stack/Database: \'retention\' must be a Duration, got 7. Give `Duration.days(7)`. [ValueOfWrongKind]'],
  ['copies of backups under an ARN', (scope, lib) => new lib.EncryptedDatabaseInstance(scope, 'Database', { engine, vpc: vpcOf(scope), vpcSubnets })
    .replicateBackupsTo('eu-west-1', { encryptionKey: KEY_ARN }),
  'Stack/Database: \'encryptionKey\' must be a KMS key, got \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\'. Import it: `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\')`. [ValueOfWrongKind]'],
  ['the mixin without a key', (_, lib) => new lib.DatabaseEncryptionAtRest(),
    'DatabaseEncryptionAtRest: \'key\' is missing: it must be a KMS key. Give an EncryptionKey, or import a key with `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`. [ValueMissing]'],
  ['an option of the mixin by another name', (scope, lib) => new lib.DatabaseEncryptionAtRest(new lib.EncryptionKey(scope, 'Key'), { allowReplace: true }),
    'DatabaseEncryptionAtRest: \'allowReplace\' is not a prop of DatabaseEncryptionAtRest and would be ignored. Use `allowReplacement`. [PropNameConfused]'],
];
