import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  BUCKETS, DAYS, FLAG, KEY, NUMBER, REMOVAL_POLICY, ROLE, ROLE_REFERENCE, SECONDS, SECURITY_GROUPS, SUBNETS, TEXT, TEXTS, VPC,
} from '../private/common-kinds';
import { ANY, has, kind, listOf, mapOf, objectWith, oneOf, shape } from '../private/kinds';

export const INSTANCE_ENGINE = objectWith('a database engine for instances', ['engineType', 'bindToInstance'], (value) => (has('bindToCluster')(value)
  ? 'It is for clusters: use EncryptedDatabaseCluster'
  : 'Give one of `rds.DatabaseInstanceEngine`, such as `rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 })`'));

export const CLUSTER_ENGINE = objectWith('a database engine for clusters', ['engineType', 'bindToCluster'], (value) => (has('bindToInstance')(value)
  ? 'It is for instances: use EncryptedDatabaseInstance'
  : 'Give one of `rds.DatabaseClusterEngine`, such as `rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 })`'));

/** What is neither a password nor absent: `Credentials.fromPassword('admin', 'text')` passes the CDK, and fails later. */
const hasTextAsPassword = (value: any) => has('password')(value) && value.password !== undefined && !has('unsafeUnwrap')(value.password);
const PASSWORD_IS_TEXT = 'Its password is text and would be in the template: leave it out, and RDS manages the password; or give a `SecretValue`, such as `SecretValue.secretsManager(…)`';

export const CREDENTIALS = kind('rds.Credentials', (value) => has('username')(value) && !has('secretArn')(value) && !hasTextAsPassword(value), (value) => {
  if (hasTextAsPassword(value)) { return PASSWORD_IS_TEXT; }
  if (has('secretArn')(value)) { return 'Give `rds.Credentials.fromSecret(secret)`'; }
  return `Leave it out, or give \`rds.Credentials.fromUsername('${typeof value === 'string' ? value : 'dbadmin'}')\``;
});

export const SNAPSHOT_CREDENTIALS = kind('rds.SnapshotCredentials', (value) => has('generatePassword')(value) && !hasTextAsPassword(value), (value) => {
  if (hasTextAsPassword(value)) { return PASSWORD_IS_TEXT; }
  return has('secretArn')(value) ? 'Give `rds.SnapshotCredentials.fromSecret(secret)`' : 'Leave it out, or give `rds.SnapshotCredentials.fromSecret(secret)`';
});

const INSTANCE_TYPE = objectWith('an instance type', ['sameInstanceClassAs'], (value) =>
  `Give \`new ec2.InstanceType('${typeof value === 'string' ? value.replace(/^db\./, '') : 't4g.medium'}')\``);

const CLUSTER_INSTANCE = objectWith('an rds.ClusterInstance', ['bind'], () => 'Give one of its factories, such as `rds.ClusterInstance.serverlessV2(\'Writer\')`');
export const INSTANCE = objectWith('a database instance', ['instanceIdentifier'], (value) => (has('clusterIdentifier')(value)
  ? 'A cluster has readers: `readers`' : 'Give an EncryptedDatabaseInstance, or import one with `rds.DatabaseInstance.fromDatabaseInstanceAttributes(…)`'));
export const CLUSTER = objectWith('a database cluster', ['clusterIdentifier'], () => 'Give a cluster, such as an EncryptedDatabaseCluster');

const PARAMETER_GROUP = objectWith('a parameter group', ['bindToCluster', 'bindToInstance'], (value) => (typeof value === 'string'
  ? `Import it: \`rds.ParameterGroup.fromParameterGroupName(this, 'Imported', '${value}')\`` : 'Give an `rds.ParameterGroup`, or `parameters`'));
const OPTION_GROUP = objectWith('an option group', ['optionGroupName'], (value) => (typeof value === 'string'
  ? `Import it: \`rds.OptionGroup.fromOptionGroupName(this, 'Imported', '${value}')\`` : 'Give an `rds.OptionGroup`'));
const SUBNET_GROUP = objectWith('a subnet group', ['dbSubnetGroupRef'], (value) => (typeof value === 'string'
  ? `Import it: \`rds.SubnetGroup.fromSubnetGroupName(this, 'Imported', '${value}')\`` : 'Give an `rds.SubnetGroup`, or `vpcSubnets`'));
const CA_CERTIFICATE = kind('an rds.CaCertificate', (value) => typeof value === 'object' && !Array.isArray(value) && /^[\w-]+$/.test(String(value)), (value) =>
  `Leave it out, or give \`rds.CaCertificate.${typeof value === 'string' ? `of('${value}')` : 'RDS_CA_RSA2048_G1'}\``);
const PARAMETERS = mapOf(TEXT, 'texts', "{ max_connections: '100' }");
const CORES = shape('an object with coreCount and threadsPerCore', { coreCount: NUMBER, threadsPerCore: NUMBER }, [], () => 'Give `{ coreCount: 4, threadsPerCore: 2 }`');

/** Has an error of its own, whatever is given. */
export const REFUSED = ANY;

const ANY_DATABASE = {
  encryptionKey: KEY,
  vpc: VPC,
  vpcSubnets: SUBNETS,
  subnetGroup: SUBNET_GROUP,
  securityGroups: SECURITY_GROUPS,
  port: NUMBER,
  networkType: oneOf('rds.NetworkType', rds.NetworkType),
  deletionProtection: FLAG,
  removalPolicy: REMOVAL_POLICY,
  deleteAutomatedBackups: FLAG,
  copyTagsToSnapshot: FLAG,
  preferredMaintenanceWindow: TEXT,
  autoMinorVersionUpgrade: FLAG,
  engineLifecycleSupport: oneOf('rds.EngineLifecycleSupport', rds.EngineLifecycleSupport),
  cloudwatchLogsExports: TEXTS,
  cloudwatchLogsRetention: oneOf('logs.RetentionDays', logs.RetentionDays as unknown as Record<string, number>),
  cloudwatchLogsRetentionRole: ROLE,
  databaseInsightsMode: oneOf('rds.DatabaseInsightsMode', rds.DatabaseInsightsMode),
  enablePerformanceInsights: FLAG,
  performanceInsightRetention: oneOf('rds.PerformanceInsightRetention', rds.PerformanceInsightRetention as unknown as Record<string, number>),
  monitoringInterval: SECONDS,
  monitoringRole: ROLE_REFERENCE,
  iamAuthentication: FLAG,
  domain: TEXT,
  domainRole: ROLE_REFERENCE,
  parameterGroup: PARAMETER_GROUP,
  s3ImportBuckets: BUCKETS,
  s3ImportRole: ROLE,
  s3ExportBuckets: BUCKETS,
  s3ExportRole: ROLE,
  adoptsLiveDatabase: FLAG,
  performanceInsightEncryptionKey: REFUSED,
};

/** What every instance takes, the replica too. */
export const ANY_INSTANCE = {
  ...ANY_DATABASE,
  instanceIdentifier: TEXT,
  instanceType: INSTANCE_TYPE,
  allocatedStorage: NUMBER,
  maxAllocatedStorage: NUMBER,
  storageType: oneOf('rds.StorageType', rds.StorageType),
  storageThroughput: NUMBER,
  iops: NUMBER,
  multiAz: FLAG,
  availabilityZone: TEXT,
  publiclyAccessible: FLAG,
  backupRetention: DAYS,
  preferredBackupWindow: TEXT,
  applyImmediately: FLAG,
  optionGroup: OPTION_GROUP,
  caCertificate: CA_CERTIFICATE,
  processorFeatures: CORES,
};

/** What an instance takes that is not a replica. */
export const SOURCE_INSTANCE = {
  ...ANY_INSTANCE,
  engine: INSTANCE_ENGINE,
  licenseModel: oneOf('rds.LicenseModel', rds.LicenseModel),
  allowMajorVersionUpgrade: FLAG,
  timezone: TEXT,
  databaseName: TEXT,
  parameters: PARAMETERS,
};

export const ANY_CLUSTER = {
  ...ANY_DATABASE,
  engine: CLUSTER_ENGINE,
  writer: CLUSTER_INSTANCE,
  readers: listOf(CLUSTER_INSTANCE, 'rds.ClusterInstance', "[rds.ClusterInstance.serverlessV2('Reader')]"),
  instanceProps: objectWith('an object', [], () => 'Give `vpc` and `writer`'),
  instances: NUMBER,
  instanceIdentifierBase: TEXT,
  instanceUpdateBehaviour: oneOf('rds.InstanceUpdateBehaviour', rds.InstanceUpdateBehaviour),
  clusterIdentifier: TEXT,
  clusterScailabilityType: oneOf('rds.ClusterScalabilityType', rds.ClusterScalabilityType),
  clusterScalabilityType: oneOf('rds.ClusterScalabilityType', rds.ClusterScalabilityType),
  backup: shape('an object with retention', { retention: DAYS, preferredWindow: TEXT }, ['retention'], () => 'Give `{ retention: Duration.days(35) }`'),
  backtrackWindow: SECONDS,
  defaultDatabaseName: TEXT,
  storageEncrypted: FLAG,
  storageEncryptionKey: REFUSED,
  storageType: oneOf('rds.DBClusterStorageType', rds.DBClusterStorageType),
  serverlessV2MinCapacity: NUMBER,
  serverlessV2MaxCapacity: NUMBER,
  serverlessV2AutoPauseDuration: SECONDS,
  enableClusterLevelEnhancedMonitoring: FLAG,
  enableDataApi: FLAG,
  enableLocalWriteForwarding: FLAG,
  manageMasterUserPassword: FLAG,
  parameters: PARAMETERS,
};
