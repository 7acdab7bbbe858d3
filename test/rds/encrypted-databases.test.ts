import { App, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  DatabaseEncryptionAtRest, DatabaseTlsOnly, EncryptedDatabaseCluster, EncryptedDatabaseClusterProps, EncryptedDatabaseInstance,
  EncryptedDatabaseInstanceProps, EncryptionKey,
} from '../../src';
import { ENV, keyStatement, propertiesOf, stack } from '../support/stack';

const AURORA_POSTGRES = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });

function cluster(props: Partial<EncryptedDatabaseClusterProps> = {}, scope = stack()): [Stack, EncryptedDatabaseCluster] {
  return [scope, new EncryptedDatabaseCluster(scope, 'Database', {
    engine: AURORA_POSTGRES, writer: rds.ClusterInstance.serverlessV2('Writer'), vpc: new ec2.Vpc(scope, 'Vpc'), ...props,
  })];
}

function instance(props: Partial<EncryptedDatabaseInstanceProps> = {}, scope = stack()): [Stack, EncryptedDatabaseInstance] {
  return [scope, new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, vpc: new ec2.Vpc(scope, 'Vpc'), ...props })];
}

const KEY = { 'Fn::GetAtt': [expect.stringMatching(/^DatabaseKey/), 'Arn'] };

test('a cluster: storage and the secret that RDS manages are under its key, which is the only one', () => {
  const [scope] = cluster();
  expect(propertiesOf(scope, 'AWS::RDS::DBCluster')).toMatchObject({
    StorageEncrypted: true,
    KmsKeyId: KEY,
    ManageMasterUserPassword: true,
    MasterUserSecret: { KmsKeyId: KEY },
    EnableIAMDatabaseAuthentication: true,
    DeletionProtection: true,
    BackupRetentionPeriod: 7,
  });
  Template.fromStack(scope).resourceCountIs('AWS::SecretsManager::Secret', 0);
});

test('a cluster\'s instances are private, on the current CA, and Performance Insights is under the key', () => {
  const [scope] = cluster({ readers: [], enablePerformanceInsights: true, writer: rds.ClusterInstance.serverlessV2('Writer', { enablePerformanceInsights: true }) });
  expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toMatchObject({
    PubliclyAccessible: false, CACertificateIdentifier: 'rds-ca-rsa2048-g1', PerformanceInsightsKMSKeyId: KEY,
  });
  expect(propertiesOf(scope, 'AWS::RDS::DBCluster')).toMatchObject({ PerformanceInsightsKmsKeyId: KEY });
});

test('an instance: storage, secret and Performance Insights under its key, private, in two zones', () => {
  const [scope] = instance({ enablePerformanceInsights: true });
  expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toMatchObject({
    StorageEncrypted: true,
    KmsKeyId: KEY,
    MasterUserSecret: { KmsKeyId: KEY },
    PerformanceInsightsKMSKeyId: KEY,
    PubliclyAccessible: false,
    DeletionProtection: true,
    MultiAZ: true,
    EnableIAMDatabaseAuthentication: true,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  });
});

describe('TLS is required by the engine', () => {
  test.each([
    ['Aurora PostgreSQL', AURORA_POSTGRES, { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' }],
    ['Aurora MySQL', AURORA_MYSQL, { require_secure_transport: 'ON' }],
  ])('%s', (_, engine, parameters) => {
    const [scope] = cluster({ engine });
    expect(propertiesOf(scope, 'AWS::RDS::DBClusterParameterGroup').Parameters).toEqual(parameters);
  });

  test.each([
    ['PostgreSQL', POSTGRES, { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' }],
    ['MySQL', rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_40 }), { require_secure_transport: '1' }],
    ['MySQL 5.7', rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('5.7.44', '5.7') }), { require_secure_transport: '1', tls_version: 'TLSv1.2' }],
    ['MariaDB', rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.of('10.11.10', '10.11') }), { require_secure_transport: '1' }],
    ['SQL Server', rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.of('16.00.4165.4.v1', '16.00') }), {
      'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled', 'rds.rc4': 'disabled', 'rds.3des168': 'disabled',
    }],
  ])('%s', (_, engine, parameters) => {
    const [scope] = instance({ engine });
    expect(propertiesOf(scope, 'AWS::RDS::DBParameterGroup').Parameters).toEqual(parameters);
  });

  test('beside the caller\'s own parameters', () => {
    const [scope] = cluster({ parameters: { work_mem: '8192' } });
    expect(propertiesOf(scope, 'AWS::RDS::DBClusterParameterGroup').Parameters).toEqual({ 'work_mem': '8192', 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' });
  });

  test('in the caller\'s own parameter group', () => {
    const scope = stack();
    const parameterGroup = new rds.ParameterGroup(scope, 'Group', { engine: AURORA_POSTGRES, parameters: { work_mem: '8192' } });
    cluster({ parameterGroup }, scope);
    expect(propertiesOf(scope, 'AWS::RDS::DBClusterParameterGroup').Parameters).toEqual({ 'work_mem': '8192', 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' });
  });
});

test('exported logs go to log groups under the key, which lets CloudWatch Logs in', () => {
  const [scope] = cluster({ cloudwatchLogsExports: ['postgresql'], clusterIdentifier: 'orders' }, stack(ENV));
  expect(propertiesOf(scope, 'AWS::Logs::LogGroup')).toMatchObject({ LogGroupName: '/aws/rds/cluster/orders/postgresql', KmsKeyId: KEY });
  expect(keyStatement(scope, 'CloudWatchLogs')).toBeDefined();
});

test('exported logs give the database a name, so that its log groups exist before it', () => {
  const [scope] = instance({ cloudwatchLogsExports: ['postgresql'] });
  const { DBInstanceIdentifier } = propertiesOf(scope, 'AWS::RDS::DBInstance');
  expect(propertiesOf(scope, 'AWS::Logs::LogGroup').LogGroupName).toBe(`/aws/rds/instance/${DBInstanceIdentifier}/postgresql`);
  const [database] = Object.values(Template.fromStack(scope).findResources('AWS::RDS::DBInstance'));
  expect(database.DependsOn).toContainEqual(expect.stringMatching(/^DatabaseLogs/));
});

test('who reads the master secret may use the key for it', () => {
  const [scope, database] = cluster();
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  database.secret!.grantRead(role);
  const { Statement } = propertiesOf(scope, 'AWS::IAM::Policy').PolicyDocument;
  expect(Statement).toEqual([
    expect.objectContaining({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] }),
    expect.objectContaining({
      Action: 'kms:Decrypt',
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
    }),
  ]);
});

test('a database that is meant to go is not protected from deletion', () => {
  const [scope] = cluster({ removalPolicy: RemovalPolicy.DESTROY });
  expect(propertiesOf(scope, 'AWS::RDS::DBCluster').DeletionProtection).toBe(false);
});

describe('the mixins', () => {
  test('DatabaseTlsOnly sets the parameter in an L1 parameter group', () => {
    const scope = stack();
    new rds.CfnDBParameterGroup(scope, 'Group', { family: 'mysql8.0', description: 'x', parameters: { max_connections: '100' } }).with(new DatabaseTlsOnly());
    expect(propertiesOf(scope, 'AWS::RDS::DBParameterGroup').Parameters).toEqual({ max_connections: '100', require_secure_transport: '1' });
  });

  test('DatabaseEncryptionAtRest refuses to replace a database unless it is told to', () => {
    const scope = stack();
    const key = new EncryptionKey(scope, 'Key');
    const database = new rds.CfnDBInstance(scope, 'Database', { engine: 'postgres' });
    expect(() => database.with(new DatabaseEncryptionAtRest(key))).toThrow(/Stack\/Database: encrypting the storage .* would replace it with an empty one/);
    database.with(new DatabaseEncryptionAtRest(key, { allowReplacement: true }));
    expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toMatchObject({ StorageEncrypted: true });
  });
});

test('the mixin leaves a database alone that is under a customer-managed key already', () => {
  const scope = stack();
  const kmsKeyId = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const database = new rds.CfnDBInstance(scope, 'Database', { engine: 'postgres', storageEncrypted: true, kmsKeyId, enablePerformanceInsights: true });
  database.with(new DatabaseEncryptionAtRest(new EncryptionKey(scope, 'Key')));
  expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toEqual({ Engine: 'postgres', StorageEncrypted: true, KmsKeyId: kmsKeyId, EnablePerformanceInsights: true });
});

describe('what would weaken a database is an error', () => {
  const scope = stack();
  const encryptionKey = new EncryptionKey(scope, 'Key');
  const cases: Array<[string, Partial<EncryptedDatabaseInstanceProps>, RegExp]> = [
    ['storage in the clear', { storageEncrypted: false }, /^Stack\/Database: 'storageEncrypted' cannot be false/],
    ['a public address', { publiclyAccessible: true }, /'publiclyAccessible' cannot be true/],
    ['a key by its other name', { storageEncryptionKey: encryptionKey }, /'storageEncryptionKey' cannot be the construct Stack\/Key.*`encryptionKey`/],
    ['TLS turned off', { parameters: { 'rds.force_ssl': '0' } }, /'parameters' cannot set rds.force_ssl to '0'/],
    ['a password in the template', { credentials: rds.Credentials.fromPassword('admin', SecretValue.unsafePlainText('x')) }, /'credentials' cannot hold a password: it would be in the template/],
    ['an engine without a version', { engine: rds.DatabaseInstanceEngine.POSTGRES }, /'engine' postgres.*explicit version/],
    ['an engine that cannot require TLS', { engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('5.6.51', '5.6') }) }, /'engine' mysql mysql5.6 has no known parameter/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    expect(() => instance(props)).toThrow(message);
  });

  test('a parameter group that turns TLS off', () => {
    const app = new App();
    const own = stack(undefined, 'Stack', app);
    const parameterGroup = new rds.ParameterGroup(own, 'Group', { engine: AURORA_POSTGRES, parameters: { 'rds.force_ssl': '0' } });
    expect(() => cluster({ parameterGroup }, own)).toThrow(/'parameterGroup' cannot set rds.force_ssl to '0'/);
  });

  test('an imported parameter group, of which nobody knows what it says', () => {
    const own = stack();
    const parameterGroup = rds.ParameterGroup.fromParameterGroupName(own, 'Group', 'legacy');
    expect(() => cluster({ parameterGroup }, own)).toThrow(/'parameterGroup' cannot be Stack\/Group: it is imported/);
  });

  test('an instance of a cluster with a public address', () => {
    expect(() => cluster({ writer: rds.ClusterInstance.serverlessV2('Writer', { publiclyAccessible: true }) })).toThrow(/'publiclyAccessible' cannot be true/);
  });
});
