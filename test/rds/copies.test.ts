import { App, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  EncryptedDatabaseCluster, EncryptedDatabaseClusterFromSnapshot, EncryptedDatabaseInstance, EncryptedDatabaseInstanceFromSnapshot,
  EncryptedDatabaseInstanceReadReplica, EncryptionKey, MultiRegionKey,
} from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, propertiesOf, stack } from '../support/stack';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const AURORA = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const LARGE = ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE);
const env = (region: string) => ({ env: { region, account: ENV.account } });

const vpcOf = (scope: Stack) => ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
});
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const inVpc = (scope: Stack) => ({ vpc: vpcOf(scope), vpcSubnets });

function resourceOf(template: any, prefix: string): any {
  return Object.entries<any>(template.Resources).find(([id]) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id))![1].Properties;
}

/** A source and its stack, whose key reaches to Europe. */
function multiRegion() {
  const app = new App();
  const key = new MultiRegionKey(new Stack(app, 'Keys', env('us-east-1')), 'Key', { replicaRegions: ['eu-west-1'] });
  const us = new Stack(app, 'Us', env('us-east-1'));
  return { app, key, us, get eu() { return new Stack(app, 'Eu', env('eu-west-1')); } };
}

describe('a read replica', () => {
  const source = (scope: Stack, props = {}) => new EncryptedDatabaseInstance(scope, 'Source', {
    engine: POSTGRES, manageMasterUserPassword: false, ...inVpc(scope), ...props,
  });

  test('in its source\'s Region has the source\'s key, requires TLS, and is private and protected', () => {
    const scope = stack(ENV);
    const sourceDatabaseInstance = source(scope);
    const replica = new EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { sourceDatabaseInstance, instanceType: LARGE, vpc: sourceDatabaseInstance.vpc, vpcSubnets });
    const properties = resourceOf(Template.fromStack(scope).toJSON(), 'Replica');
    expect(replica.encryptionKey).toBe(sourceDatabaseInstance.encryptionKey);
    expect(properties).toMatchObject({
      PubliclyAccessible: false,
      DeletionProtection: true,
      EnableIAMDatabaseAuthentication: true,
      CACertificateIdentifier: 'rds-ca-rsa2048-g1',
      DBParameterGroupName: { Ref: expect.stringMatching(/^ReplicaParameterGroup/) },
    });
    // RDS refuses these for a replica in the source's Region: they are the source's.
    expect(properties).not.toHaveProperty('KmsKeyId');
    expect(properties).not.toHaveProperty('StorageEncrypted');
  });

  test('in another Region has the replica there of the source\'s key, and CloudFormation accepts it', () => {
    const { app, key, us, eu } = multiRegion();
    new EncryptedDatabaseInstanceReadReplica(eu, 'Replica', { sourceDatabaseInstance: source(us, { encryptionKey: key }), instanceType: LARGE, ...inVpc(eu) });
    const { assembly, findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    expect(resourceOf(assembly.getStackByName('Eu').template, 'Replica')).toMatchObject({
      SourceRegion: 'us-east-1',
      SourceDBInstanceIdentifier: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Us', Region: 'us-east-1' }) },
      KmsKeyId: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys-replicas-eu-west-1' }) },
    });
  });

  test('in another Region without a key there is an error', () => {
    const { us, eu } = multiRegion();
    expect(() => new EncryptedDatabaseInstanceReadReplica(eu, 'Replica', { sourceDatabaseInstance: source(us), instanceType: LARGE, ...inVpc(eu) }))
      .toThrow(/Eu\/Replica: 'encryptionKey' is missing: the source is in us-east-1.*\[ReadReplicaNeedsKey\]/);
  });

  test('of a database that is not encrypted is an error', () => {
    const scope = stack(ENV);
    const sourceDatabaseInstance = new rds.DatabaseInstance(scope, 'Source', { engine: POSTGRES, ...inVpc(scope) });
    expect(() => new EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { sourceDatabaseInstance, instanceType: LARGE, vpc: sourceDatabaseInstance.vpc, vpcSubnets }))
      .toThrow(/'sourceDatabaseInstance' cannot be Stack\/Source: it is not encrypted under a customer-managed key.*\[ReadReplicaSourceNotEncrypted\]/);
  });

  test('public, or under another key than its source, is an error', () => {
    const scope = stack(ENV);
    const sourceDatabaseInstance = source(scope);
    const props = { sourceDatabaseInstance, instanceType: LARGE, vpc: sourceDatabaseInstance.vpc, vpcSubnets };
    expect(() => new EncryptedDatabaseInstanceReadReplica(scope, 'A', { ...props, publiclyAccessible: true })).toThrow('[DatabaseIsPublic]');
    expect(() => new EncryptedDatabaseInstanceReadReplica(scope, 'B', { ...props, encryptionKey: new EncryptionKey(scope, 'Key') })).toThrow('[ReadReplicaHasSourcesKey]');
  });
});

describe('restored from a snapshot', () => {
  test('an instance keeps the snapshot\'s key; its secret, TLS and logs are as for a new one', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstanceFromSnapshot(scope, 'Database', {
      engine: POSTGRES, snapshotIdentifier: 'orders-copy', encryptionKey: new EncryptionKey(scope, 'SnapshotKey'), enablePerformanceInsights: true, ...inVpc(scope),
    });
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^SnapshotKey/), 'Arn'] };
    const properties = propertiesOf(scope, 'AWS::RDS::DBInstance');
    expect(properties).toMatchObject({
      DBSnapshotIdentifier: 'orders-copy',
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: key },
      PerformanceInsightsKMSKeyId: key,
      PubliclyAccessible: false,
      DeletionProtection: true,
      MultiAZ: true,
      StorageEncrypted: true,
    });
    expect(properties).not.toHaveProperty('KmsKeyId');
    expect(propertiesOf(scope, 'AWS::RDS::DBParameterGroup').Parameters).toEqual({ 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' });
    expect(Object.values(Template.fromStack(scope).findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.KmsKeyId)).toEqual([key, key, key]);
  });

  test('a cluster is encrypted under its own key, whatever the snapshot was under', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseClusterFromSnapshot(scope, 'Database', {
      engine: AURORA, snapshotIdentifier: 'orders-copy', writer: rds.ClusterInstance.serverlessV2('Writer'), ...inVpc(scope),
    });
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^DatabaseKey/), 'Arn'] };
    expect(propertiesOf(scope, 'AWS::RDS::DBCluster')).toMatchObject({
      SnapshotIdentifier: 'orders-copy', StorageEncrypted: true, KmsKeyId: key, ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: key },
    });
    expect(propertiesOf(scope, 'AWS::RDS::DBCluster')).not.toHaveProperty('MasterUsername');
    expect(propertiesOf(scope, 'AWS::RDS::DBClusterParameterGroup').Parameters).toEqual({ 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' });
  });

  test('a password in the code is an error', () => {
    const scope = stack(ENV);
    const password = SecretValue.unsafePlainText('hunter2');
    expect(() => new EncryptedDatabaseInstanceFromSnapshot(scope, 'A', {
      engine: POSTGRES, snapshotIdentifier: 's', encryptionKey: new EncryptionKey(scope, 'Key'), credentials: rds.SnapshotCredentials.fromPassword(password), ...inVpc(scope),
    })).toThrow('[PasswordInTemplate]');
  });
});

describe('a clone', () => {
  const source = (scope: Stack) => rds.DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Source', { clusterIdentifier: 'orders' });

  test('is encrypted under its own key, and has what RDS takes from the source left out', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseCluster(scope, 'Clone', { engine: AURORA, writer: rds.ClusterInstance.serverlessV2('Writer'), cloneOf: source(scope), ...inVpc(scope) });
    const properties = propertiesOf(scope, 'AWS::RDS::DBCluster');
    expect(properties).toMatchObject({
      SourceDBClusterIdentifier: 'orders', RestoreType: 'copy-on-write', UseLatestRestorableTime: true, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^CloneKey/), 'Arn'] },
    });
    for (const property of ['MasterUsername', 'DatabaseName', 'StorageEncrypted']) { expect(properties).not.toHaveProperty(property); }
  });

  test('with a user of its own is an error', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedDatabaseCluster(scope, 'Clone', {
      engine: AURORA, writer: rds.ClusterInstance.serverlessV2('Writer'), cloneOf: source(scope), credentials: rds.Credentials.fromUsername('me'), ...inVpc(scope),
    })).toThrow(/'credentials' cannot be given with 'cloneOf'/);
  });
});

describe('backups in another Region', () => {
  test('of an instance: RDS copies them under the replica of the key', () => {
    const { app, key, us } = multiRegion();
    new EncryptedDatabaseInstance(us, 'Database', { engine: POSTGRES, encryptionKey: key, ...inVpc(us) }).replicateBackupsTo('eu-west-1', { retention: Duration.days(14) });
    const { assembly, findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    expect(resourceOf(assembly.getStackByName('Us').template, 'Database')).toMatchObject({
      AutomaticBackupReplicationRegion: 'eu-west-1',
      AutomaticBackupReplicationRetentionPeriod: 14,
      AutomaticBackupReplicationKmsKeyId: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:111122223333:key/', { 'Fn::GetStackOutput': expect.anything() }]] },
    });
  });

  test('of a cluster: AWS Backup copies a snapshot a day into a vault under the replica of the key', () => {
    const { app, key, us } = multiRegion();
    new EncryptedDatabaseCluster(us, 'Database', { engine: AURORA, writer: rds.ClusterInstance.serverlessV2('Writer'), encryptionKey: key, ...inVpc(us) }).replicateBackupsTo('eu-west-1');
    const { assembly, findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    const vaults = (name: string) => Object.values<any>(assembly.getStackByName(name).template.Resources).filter(({ Type }) => Type === 'AWS::Backup::BackupVault').map(({ Properties }) => Properties);
    const [copies] = vaults('Keys-replicas-eu-west-1');
    expect(copies.EncryptionKeyArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^KeysKey/), 'Arn'] });
    expect(vaults('Us')[0].EncryptionKeyArn).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys' }) });
    const plan = Object.values<any>(assembly.getStackByName('Us').template.Resources).find(({ Type }) => Type === 'AWS::Backup::BackupPlan').Properties.BackupPlan;
    expect(plan.BackupPlanRule[0].CopyActions).toEqual([{
      DestinationBackupVaultArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:backup:eu-west-1:111122223333:backup-vault:${copies.BackupVaultName}`]] },
      Lifecycle: { DeleteAfterDays: 35 },
    }]);
    expect(assembly.getStackByName('Us').dependencies.map(({ id }) => id)).toContain('Keys-replicas-eu-west-1');
  });

  test('go with a cluster that goes: their vaults have fixed names, which the next stack needs', () => {
    const { app, key, us } = multiRegion();
    const policiesOf = (name: string) => Object.values<any>(app.synth().getStackByName(name).template.Resources)
      .filter(({ Type }) => Type === 'AWS::Backup::BackupVault').map(({ DeletionPolicy }) => DeletionPolicy);
    new EncryptedDatabaseCluster(us, 'Database', {
      engine: AURORA, writer: rds.ClusterInstance.serverlessV2('Writer'), encryptionKey: key, removalPolicy: RemovalPolicy.DESTROY, ...inVpc(us),
    }).replicateBackupsTo('eu-west-1');
    expect([...policiesOf('Us'), ...policiesOf('Keys-replicas-eu-west-1')]).toEqual(['Delete', 'Delete']);
  });

  test('under a key that this app makes there need no Lambda function', () => {
    const { app, us, eu } = multiRegion();
    new EncryptedDatabaseInstance(us, 'Database', { engine: POSTGRES, ...inVpc(us) }).replicateBackupsTo('eu-west-1', { encryptionKey: new EncryptionKey(eu, 'Key') });
    const { template } = app.synth().getStackByName('Us');
    expect(resourceOf(template, 'Database').AutomaticBackupReplicationKmsKeyId).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Eu' }) });
  });

  const keyIn = (database: EncryptedDatabaseInstance, region: string) => kms.Key.fromKeyArn(database, 'K', `arn:aws:kms:${region}:111122223333:key/abc`);
  test.each<[string, (database: EncryptedDatabaseInstance) => void, RegExp]>([
    ['a Region that does not exist', (database) => database.replicateBackupsTo('eu-wset-1', { encryptionKey: keyIn(database, 'eu-wset-1') }), /'region' has 'eu-wset-1'.*Did you mean 'eu-west-1'\?.*\[ReplicaRegionUnknown\]/],
    ['a key of another Region', (database) => database.replicateBackupsTo('eu-west-1', { encryptionKey: keyIn(database, 'eu-central-1') }), /'encryptionKey' has a key of eu-central-1 for eu-west-1.*\[KeyInOtherRegion\]/],
    ['its own Region', (database) => database.replicateBackupsTo('us-east-1'), /'region' cannot be us-east-1.*\[BackupCopyInOwnRegion\]/],
    ['a Region without its key', (database) => database.replicateBackupsTo('eu-west-1'), /without a key there.*\[BackupCopyNeedsReplica\]/],
    ['longer than RDS keeps them', (database) => database.replicateBackupsTo('eu-west-1', { retention: Duration.days(36), encryptionKey: kms.Key.fromKeyArn(database, 'K', 'arn:aws:kms:eu-west-1:111122223333:key/abc') }),
      /'retention' must be between 1 and 35 days, got 36 days/],
  ])('to %s are an error', (_, copy, message) => {
    const scope = stack(ENV);
    expect(() => copy(new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, ...inVpc(scope) }))).toThrow(message);
  });
});

describe('a proxy', () => {
  test('logs in by IAM where the password is in no secret, if asked to', () => {
    const scope = stack(ENV);
    const credentials = rds.Credentials.fromPassword('orders', SecretValue.ssmSecure('/orders'));
    const { vpc, ...subnets } = inVpc(scope);
    new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, credentials, vpc, ...subnets })
      .addProxy('Proxy', { vpc, ...subnets, defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH });
    expect(propertiesOf(scope, 'AWS::RDS::DBProxy')).toMatchObject({ DefaultAuthScheme: 'IAM_AUTH', RequireTLS: true });
  });

  const database = (scope: Stack) => new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, ...inVpc(scope) });

  test('requires TLS and IAM authentication, and may read and decrypt the master secret', () => {
    const scope = stack(ENV);
    const instance = database(scope);
    instance.addProxy('Proxy', { vpc: instance.vpc, vpcSubnets });
    expect(propertiesOf(scope, 'AWS::RDS::DBProxy')).toMatchObject({ RequireTLS: true, Auth: [{ IAMAuth: 'REQUIRED', SecretArn: { 'Fn::GetAtt': [expect.stringMatching(/^Database/), 'MasterUserSecret.SecretArn'] } }] });
    const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(policy)).toMatch(/secretsmanager:GetSecretValue[\s\S]*kms:Decrypt/);
  });

  test('without TLS is an error', () => {
    const instance = database(stack(ENV));
    expect(() => instance.addProxy('Proxy', { vpc: instance.vpc, requireTLS: false })).toThrow(/Stack\/Database\/Proxy: 'requireTLS' cannot be false.*\[ProxyMustRequireTls\]/);
  });
});

describe('Oracle', () => {
  const ORACLE = rds.DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19_0_0_0_2025_10_R1 });
  const licenseModel = rds.LicenseModel.LICENSE_INCLUDED;
  const REQUIRED = expect.arrayContaining([{ Name: 'SQLNET.ENCRYPTION_SERVER', Value: 'REQUIRED' }, { Name: 'SQLNET.CRYPTO_CHECKSUM_SERVER', Value: 'REQUIRED' }, { Name: 'SQLNET.ALLOW_WEAK_CRYPTO', Value: 'FALSE' }]);

  test('refuses connections that are not encrypted, by its option', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    new EncryptedDatabaseInstance(scope, 'Database', { engine: ORACLE, licenseModel, ...inVpc(scope) });
    expect(propertiesOf(scope, 'AWS::RDS::OptionGroup').OptionConfigurations).toEqual([{ OptionName: 'NATIVE_NETWORK_ENCRYPTION', OptionSettings: REQUIRED }]);
    expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toMatchObject({
      OptionGroupName: { Ref: expect.stringMatching(/^DatabaseOptionGroup/) },
      Port: '11521',
      EnableIAMDatabaseAuthentication: false,
      EnableCloudwatchLogsExports: ['alert', 'audit', 'listener', 'oemagent', 'trace'],
    });
    expect(synthAndValidate(app).findings).toEqual([]);
  });

  const withOptions = (configurations: rds.OptionConfiguration[]) => {
    const scope = stack(ENV);
    const optionGroup = new rds.OptionGroup(scope, 'Options', { engine: ORACLE, configurations });
    new EncryptedDatabaseInstance(scope, 'Database', { engine: ORACLE, licenseModel, optionGroup, ...inVpc(scope) });
    return { scope, optionGroup };
  };

  test('beside the caller\'s options, those that he adds later too', () => {
    const { scope, optionGroup } = withOptions([{ name: 'NATIVE_NETWORK_ENCRYPTION', settings: { 'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES256,AES192' } }]);
    optionGroup.addConfiguration({ name: 'STATSPACK' });
    const options = propertiesOf(scope, 'AWS::RDS::OptionGroup').OptionConfigurations;
    expect(options.map(({ OptionName }: any) => OptionName).sort()).toEqual(['NATIVE_NETWORK_ENCRYPTION', 'STATSPACK']);
    const { OptionSettings } = options.find(({ OptionName }: any) => OptionName === 'NATIVE_NETWORK_ENCRYPTION');
    expect(OptionSettings).toEqual(REQUIRED);
    expect(OptionSettings.filter(({ Name }: any) => Name === 'SQLNET.ENCRYPTION_TYPES_SERVER')).toEqual([{ Name: 'SQLNET.ENCRYPTION_TYPES_SERVER', Value: 'AES256,AES192' }]);
  });

  test('an option that leaves connections in the clear is an error', () => {
    expect(() => withOptions([{ name: 'NATIVE_NETWORK_ENCRYPTION', settings: { 'SQLNET.ENCRYPTION_SERVER': 'REQUESTED' } }]))
      .toThrow(/'optionGroup' cannot set SQLNET.ENCRYPTION_SERVER to 'REQUESTED'.*\[DatabaseMustEncryptConnections\]/);
    expect(() => withOptions([{ name: 'SSL', port: 2484, vpc: vpcOf(stack(ENV)) }])).toThrow(/cannot have the option SSL: it opens a second port and leaves the first one unencrypted/);
  });

  test('an option group that is imported is an error', () => {
    const scope = stack(ENV);
    const optionGroup = rds.OptionGroup.fromOptionGroupName(scope, 'Options', 'theirs');
    expect(() => new EncryptedDatabaseInstance(scope, 'Database', { engine: ORACLE, licenseModel, optionGroup, ...inVpc(scope) })).toThrow('[OptionGroupIsImported]');
  });
});

describe('readers of a cluster', () => {
  const readers = (props: object) => {
    const scope = stack(ENV);
    new EncryptedDatabaseCluster(scope, 'Database', { engine: AURORA, writer: rds.ClusterInstance.provisioned('Writer', { instanceType: LARGE }), ...inVpc(scope), ...props });
    return Object.keys(Template.fromStack(scope).findResources('AWS::RDS::DBInstance'));
  };

  test('one that scales with the writer, unless the caller says which', () => {
    expect(readers({})).toEqual([expect.stringMatching(/^DatabaseWriter/), expect.stringMatching(/^DatabaseReader/)]);
    expect(readers({ readers: [] })).toHaveLength(1);
    expect(readers({ readers: [rds.ClusterInstance.provisioned('One'), rds.ClusterInstance.provisioned('Two')] })).toHaveLength(3);
  });
});

test('a database that may be deleted with its stack is not protected from deletion', () => {
  const scope = stack(ENV);
  new EncryptedDatabaseClusterFromSnapshot(scope, 'Database', {
    engine: AURORA, snapshotIdentifier: 's', writer: rds.ClusterInstance.serverlessV2('W'), removalPolicy: RemovalPolicy.DESTROY, ...inVpc(scope),
  });
  expect(propertiesOf(scope, 'AWS::RDS::DBCluster').DeletionProtection).toBe(false);
});
