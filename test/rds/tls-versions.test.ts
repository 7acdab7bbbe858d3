import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { DatabaseTlsOnly, EncryptedDatabaseCluster, EncryptedDatabaseInstance } from '../../src';
import { requiresTlsByDefault } from '../../src/rds/tls-parameters';
import { ENV, propertiesOf, stack } from '../support/stack';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
const MYSQL = rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_40 });
const SQL_SERVER = rds.DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.of('16.00.4165.4.v1', '16.00') });
const mariaDb = (version: string) => rds.DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.of(version, version.split('.').slice(0, 2).join('.')) });
const ORACLE = rds.DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19_0_0_0_2025_10_R1 });

const inVpc = (scope: Stack) => ({
  vpc: ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  }),
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
});

function instance(engine: rds.IInstanceEngine, props: object = {}, scope = stack(ENV)): Stack {
  new EncryptedDatabaseInstance(scope, 'Db', { engine, cloudwatchLogsExports: [], ...inVpc(scope), ...props });
  return scope;
}

function cluster(engine: rds.IClusterEngine, props: object = {}, scope = stack(ENV)): Stack {
  new EncryptedDatabaseCluster(scope, 'Db', { engine, writer: rds.ClusterInstance.serverlessV2('W'), cloudwatchLogsExports: [], ...inVpc(scope), ...props });
  return scope;
}

describe('old TLS', () => {
  test('is turned off where the engine would accept it: Aurora MySQL 2, and 3 before 3.04', () => {
    const parameters = (version: string, major: string) =>
      propertiesOf(cluster(rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.of(version, major) })), 'AWS::RDS::DBClusterParameterGroup').Parameters;
    expect(parameters('5.7.mysql_aurora.2.11.3', '5.7')).toEqual({ require_secure_transport: 'ON', tls_version: 'TLSv1.2' });
    expect(parameters('8.0.mysql_aurora.3.03.1', '8.0')).toEqual({ require_secure_transport: 'ON', tls_version: 'TLSv1.2' });
    expect(parameters('8.0.mysql_aurora.3.08.0', '8.0')).toEqual({ require_secure_transport: 'ON' });
  });

  test.each<[string, rds.IInstanceEngine, { [name: string]: string }]>([
    ['PostgreSQL', POSTGRES, { ssl_min_protocol_version: 'TLSv1.1' }],
    ['PostgreSQL, by the newest version', POSTGRES, { ssl_max_protocol_version: 'TLSv1' }],
    ['MySQL', MYSQL, { tls_version: 'TLSv1.1,TLSv1.2' }],
    ['MariaDB', mariaDb('10.11.10'), { tls_version: 'TLSv1' }],
    ['SQL Server', SQL_SERVER, { 'rds.tls10': 'enabled' }],
    ['SQL Server, by what Windows does', SQL_SERVER, { 'rds.tls11': 'default' }],
    ['SQL Server with RC4', SQL_SERVER, { 'rds.rc4': 'enabled' }],
    ['SQL Server with triple DES', SQL_SERVER, { 'rds.3des168': 'enabled' }],
    ['SQL Server with short Diffie-Hellman keys', SQL_SERVER, { 'rds.diffie-hellman-min-key-bit-length': '1024' }],
  ])('in parameters of %s is an error that names the parameter, its value and what to choose', (_, engine, parameters) => {
    const [[name, value]] = Object.entries(parameters);
    expect(() => instance(engine, { parameters })).toThrow(`Stack/Db: 'parameters' cannot set ${name} to '${value}': the database would accept TLS older than 1.2, or a weak cipher. Leave`);
    expect(() => instance(engine, { parameters })).toThrow('[DatabaseMustRefuseOldTls]');
  });

  test('in the caller\'s own group, or in an L1, is an error', () => {
    const scope = stack(ENV);
    const parameterGroup = new rds.ParameterGroup(scope, 'Group', { engine: AURORA_MYSQL, parameters: { tls_version: 'TLSv1.1,TLSv1.2' } });
    expect(() => cluster(AURORA_MYSQL, { parameterGroup }, scope)).toThrow(/'parameterGroup' cannot set tls_version to 'TLSv1.1,TLSv1.2'.*choose of TLSv1.2, TLSv1.3/);
    const l1 = new rds.CfnDBParameterGroup(scope, 'L1', { family: 'sqlserver-se-15.0', description: 'x', parameters: { 'rds.tls10': 'enabled' } });
    expect(() => l1.with(new DatabaseTlsOnly())).toThrow("Stack/L1: 'parameterGroup' cannot set rds.tls10 to 'enabled'");
  });

  test('newer than 1.2 may be asked for, and a value that only the deployment knows is left', () => {
    const scope = stack(ENV);
    const value = new CfnParameter(scope, 'Tls').valueAsString;
    expect(propertiesOf(instance(POSTGRES, { parameters: { ssl_min_protocol_version: 'TLSv1.3' } }), 'AWS::RDS::DBParameterGroup').Parameters)
      .toMatchObject({ ssl_min_protocol_version: 'TLSv1.3' });
    expect(propertiesOf(instance(POSTGRES, { parameters: { ssl_min_protocol_version: value } }, scope), 'AWS::RDS::DBParameterGroup').Parameters)
      .toMatchObject({ ssl_min_protocol_version: { Ref: 'Tls' } });
  });

  test.each([['10.6.16', '10.6.17'], ['10.5.23', '10.5.24']])('MariaDB %s accepts it, and no parameter changes that: the error names %s', (version, newer) => {
    expect(() => instance(mariaDb(version))).toThrow(`'engine' mariadb ${version} accepts TLS 1.0 and 1.1, and RDS has no parameter that changes it. Choose ${newer} or newer. [EngineAcceptsOldTls]`);
    expect(() => instance(mariaDb(newer))).not.toThrow();
  });

  test('the mixin turns it off in an L1 group of SQL Server', () => {
    const scope = stack();
    new rds.CfnDBParameterGroup(scope, 'Group', { family: 'sqlserver-ee-15.0', description: 'x' }).with(new DatabaseTlsOnly());
    expect(propertiesOf(scope, 'AWS::RDS::DBParameterGroup').Parameters)
      .toEqual({ 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled', 'rds.rc4': 'disabled', 'rds.3des168': 'disabled' });
  });
});

describe('a default parameter group', () => {
  const named = (name: string) => {
    const scope = stack(ENV);
    const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
    return cluster(engine, { parameterGroup: rds.ParameterGroup.fromParameterGroupName(scope, 'Group', name) }, scope);
  };

  test('that requires TLS already is accepted', () => {
    expect(propertiesOf(named('default.aurora-postgresql17'), 'AWS::RDS::DBCluster').DBClusterParameterGroupName).toBe('default.aurora-postgresql17');
  });

  test('that does not require TLS is an error of its own', () => {
    expect(() => named('default.aurora-postgresql16')).toThrow(/'parameterGroup' cannot be default.aurora-postgresql16: this default group does not require TLS.*\[DefaultParameterGroupWithoutTls\]/);
  });

  test.each([
    ['postgres14', false], ['postgres15', true], ['aurora-postgresql16', false], ['aurora-postgresql17', true], ['mysql8.4', false], ['mysql9.7', true],
    ['mariadb11.4', false], ['mariadb11.8', true], ['mariadb12.3', true], ['sqlserver-se-16.0', false], ['aurora-mysql8.0', false],
  ])('of %s requires TLS: %s', (family, required) => {
    expect(requiresTlsByDefault(family)).toBe(required);
  });
});

describe('Oracle\'s network encryption', () => {
  const withSettings = (settings: { [name: string]: string }) => {
    const scope = stack(ENV);
    const optionGroup = new rds.OptionGroup(scope, 'Options', { engine: ORACLE, configurations: [{ name: 'NATIVE_NETWORK_ENCRYPTION', settings }] });
    return instance(ORACLE, { licenseModel: rds.LicenseModel.LICENSE_INCLUDED, optionGroup }, scope);
  };

  test.each([
    ['SQLNET.ENCRYPTION_TYPES_SERVER', 'AES256,3DES168'],
    ['SQLNET.ENCRYPTION_TYPES_SERVER', 'RC4_256'],
    ['SQLNET.ENCRYPTION_TYPES_SERVER', 'DES40'],
    ['SQLNET.ALLOW_WEAK_CRYPTO', 'TRUE'],
    ['SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS', 'TRUE'],
    ['SQLNET.CRYPTO_CHECKSUM_SERVER', 'REJECTED'],
    ['SQLNET.CRYPTO_CHECKSUM_SERVER', 'Requested'],
    ['SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER', 'SHA256,SHA1'],
    ['SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER', 'MD5'],
    ['SQLNET.ENCRYPTION_TYPES_CLIENT', 'RC4_128'],
    ['SQLNET.ENCRYPTION_CLIENT', 'REJECTED'],
  ])('%s: %s is an error', (name, value) => {
    expect(() => withSettings({ [name]: value })).toThrow(`'optionGroup' cannot set ${name} to '${value}': the database would accept connections`);
  });

  test('lists without an algorithm in common are an error before RDS makes it one', () => {
    expect(() => withSettings({ 'SQLNET.ENCRYPTION_TYPES_CLIENT': 'AES128' })).toThrow(/beside SQLNET.ENCRYPTION_TYPES_SERVER 'AES256'.*\[OracleAlgorithmsDoNotMatch\]/);
  });

  test('is AES-256 and SHA-2, or another AES that the caller chooses', () => {
    const settings = (given: { [name: string]: string }) => Object.fromEntries(
      propertiesOf(withSettings(given), 'AWS::RDS::OptionGroup').OptionConfigurations[0].OptionSettings.map(({ Name, Value }: any) => [Name, Value]));
    expect(settings({})).toEqual({
      'SQLNET.ENCRYPTION_SERVER': 'REQUIRED',
      'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES256',
      'SQLNET.CRYPTO_CHECKSUM_SERVER': 'REQUIRED',
      'SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER': 'SHA512,SHA384,SHA256',
      'SQLNET.ALLOW_WEAK_CRYPTO': 'FALSE',
      'SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS': 'FALSE',
    });
    expect(settings({ 'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES192,AES256' })).toMatchObject({ 'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES192,AES256' });
  });

  test('with a value that only the deployment knows is left as it is', () => {
    const scope = stack(ENV);
    new rds.CfnOptionGroup(scope, 'Options', {
      engineName: 'oracle-ee',
      majorEngineVersion: '19',
      optionGroupDescription: 'x',
      optionConfigurations: [{ optionName: 'NATIVE_NETWORK_ENCRYPTION', optionSettings: [{ name: 'SQLNET.ENCRYPTION_SERVER', value: new CfnParameter(scope, 'Value').valueAsString }] }],
    }).with(new DatabaseTlsOnly());
    expect(propertiesOf(scope, 'AWS::RDS::OptionGroup').OptionConfigurations[0].OptionSettings).toContainEqual({ Name: 'SQLNET.ENCRYPTION_SERVER', Value: { Ref: 'Value' } });
  });
});

describe('what weakens TLS after the database was made is an error when the app is synthesized', () => {
  const synthesized = (scope: Stack) => () => (scope.node.root as App).synth();

  test('in a parameter group that was given', () => {
    const scope = stack(ENV);
    const parameterGroup = new rds.ParameterGroup(scope, 'Group', { engine: POSTGRES });
    instance(POSTGRES, { parameterGroup }, scope);
    parameterGroup.addParameter('rds.force_ssl', '0');
    expect(synthesized(scope)).toThrow(/\[Stack\/Group\/Resource\] .*'parameterGroup' cannot set rds\.force_ssl to '0'.*\[DatabaseMustRequireTls\]/);
  });

  test('in the one of its own', () => {
    const scope = instance(POSTGRES);
    (scope.node.findChild('Db').node.findChild('ParameterGroup') as rds.ParameterGroup).addParameter('ssl_min_protocol_version', 'TLSv1');
    expect(synthesized(scope)).toThrow('[DatabaseMustRefuseOldTls]');
  });

  test('by an option of Oracle that is added twice', () => {
    const scope = stack(ENV);
    const optionGroup = new rds.OptionGroup(scope, 'Options', { engine: ORACLE, configurations: [{ name: 'NATIVE_NETWORK_ENCRYPTION' }] });
    instance(ORACLE, { optionGroup, licenseModel: rds.LicenseModel.LICENSE_INCLUDED }, scope);
    optionGroup.addConfiguration({ name: 'NATIVE_NETWORK_ENCRYPTION', settings: { 'SQLNET.ENCRYPTION_TYPES_SERVER': 'DES' } });
    expect(synthesized(scope)).toThrow(/\[Stack\/Options\/Resource\] .*cannot set SQLNET\.ENCRYPTION_TYPES_SERVER to 'DES'/);
  });

  test('and two options of Oracle that are strong are one', () => {
    const scope = stack(ENV);
    const option = { name: 'NATIVE_NETWORK_ENCRYPTION', settings: { 'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES192' } };
    const optionGroup = new rds.OptionGroup(scope, 'Options', { engine: ORACLE, configurations: [{ name: 'NATIVE_NETWORK_ENCRYPTION' }, option] });
    instance(ORACLE, { optionGroup, licenseModel: rds.LicenseModel.LICENSE_INCLUDED }, scope);
    const { OptionConfigurations } = propertiesOf(scope, 'AWS::RDS::OptionGroup');
    expect(OptionConfigurations).toHaveLength(1);
    expect(OptionConfigurations[0].OptionSettings).toContainEqual({ Name: 'SQLNET.ENCRYPTION_TYPES_SERVER', Value: 'AES192' });
  });
});

test('a group of a cluster\'s instance that says the opposite of the cluster\'s is an error', () => {
  const writer = rds.ClusterInstance.provisioned('W', { parameters: { require_secure_transport: 'OFF' } });
  expect(() => cluster(AURORA_MYSQL, { writer })).toThrow(/'parameterGroup' cannot set require_secure_transport to 'OFF'.*\[DatabaseMustRequireTls\]/);
});

test('PostgreSQL 11, which takes TLS 1.1 and cannot be told not to, is a warning that names the first version that can', () => {
  const warnings = (version: string) => Annotations.fromStack(instance(rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of(`${version}.22`, version) })))
    .findWarning('/Stack/Db', Match.stringLikeRegexp("'engine' postgres 11.22 accepts TLS 1.1, and has no parameter that changes it. Choose 12 or newer"));
  expect([warnings('11').length, warnings('12').length]).toEqual([1, 0]);
});

describe('what an engine has', () => {
  const logs = (scope: Stack, type: string) => propertiesOf(scope, type).EnableCloudwatchLogsExports;

  test('IAM authentication from MariaDB 10.11; asking an older one is an error', () => {
    expect(propertiesOf(instance(mariaDb('10.6.20')), 'AWS::RDS::DBInstance').EnableIAMDatabaseAuthentication).toBe(false);
    expect(propertiesOf(instance(mariaDb('10.11.10')), 'AWS::RDS::DBInstance').EnableIAMDatabaseAuthentication).toBe(true);
    expect(propertiesOf(instance(mariaDb('11.4.4')), 'AWS::RDS::DBInstance').EnableIAMDatabaseAuthentication).toBe(true);
    expect(() => instance(mariaDb('10.6.20'), { iamAuthentication: true })).toThrow(/'iamAuthentication' cannot be true: mariadb 10.6.20 does not have it.*\[EngineHasNoIamAuthentication\]/);
    expect(() => instance(SQL_SERVER, { iamAuthentication: true, licenseModel: rds.LicenseModel.LICENSE_INCLUDED })).toThrow('[EngineHasNoIamAuthentication]');
  });

  test('every log that it can export, those of IAM authentication and of Aurora\'s instances too', () => {
    const all = { cloudwatchLogsExports: undefined };
    expect(logs(instance(POSTGRES, all), 'AWS::RDS::DBInstance')).toEqual(['postgresql', 'upgrade', 'iam-db-auth-error']);
    expect(logs(instance(MYSQL, all), 'AWS::RDS::DBInstance')).toEqual(['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error']);
    expect(logs(instance(mariaDb('10.6.20'), all), 'AWS::RDS::DBInstance')).toEqual(['audit', 'error', 'general', 'slowquery']);
    expect(logs(cluster(AURORA_MYSQL, all), 'AWS::RDS::DBCluster')).toEqual(['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error', 'instance']);
  });

  test('a proxy with a port, so that `allowDefaultPortFrom` works', () => {
    const scope = stack(ENV);
    const database = new EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, cloudwatchLogsExports: [], ...inVpc(scope) });
    const proxy = database.addProxy('Proxy', { vpc: database.vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    proxy.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16'));
    Template.fromStack(scope).hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ CidrIp: '10.0.0.0/16', FromPort: 5432, ToPort: 5432, IpProtocol: 'tcp', Description: 'from 10.0.0.0/16:5432' }] });
  });
});
