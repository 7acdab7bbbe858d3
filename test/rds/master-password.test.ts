import { CfnParameter, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  EncryptedDatabaseCluster, EncryptedDatabaseClusterFromSnapshot, EncryptedDatabaseInstance, EncryptedDatabaseInstanceFromSnapshot,
  EncryptedDatabaseInstanceReadReplica, EncryptionKey,
} from '../../src';
import { ENV, propertiesOf, stack } from '../support/stack';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const SQL_SERVER = rds.DatabaseInstanceEngine.sqlServerEe({ version: rds.SqlServerEngineVersion.of('16.00.4165.4.v1', '16.00') });
const AURORA = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
const LARGE = new ec2.InstanceType('m6g.large');
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const vpcOf = (scope: Stack): ec2.IVpc => scope.node.tryFindChild('Vpc') as ec2.IVpc | undefined ?? ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
});
const inVpc = (scope: Stack) => ({ vpc: vpcOf(scope), vpcSubnets });

const instance = (scope: Stack, props: object = {}) => new EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, cloudwatchLogsExports: [], ...inVpc(scope), ...props });
const cluster = (scope: Stack, props: object = {}) => new EncryptedDatabaseCluster(scope, 'Db', {
  engine: AURORA, writer: rds.ClusterInstance.serverlessV2('Writer'), cloudwatchLogsExports: [], ...inVpc(scope), ...props,
});
const DB_KEY = { 'Fn::GetAtt': [expect.stringMatching(/^DbKey/), 'Arn'] };

describe('a read replica', () => {
  const replica = (scope: Stack, sourceDatabaseInstance: rds.IDatabaseInstance) =>
    new EncryptedDatabaseInstanceReadReplica(scope, 'Replica', { sourceDatabaseInstance, instanceType: LARGE, cloudwatchLogsExports: [], ...inVpc(scope) });

  test('of an instance whose password RDS manages is an error that says what to do', () => {
    const scope = stack(ENV);
    expect(() => replica(scope, instance(scope)))
      .toThrow(/^Stack\/Replica: 'sourceDatabaseInstance' cannot be Stack\/Db: RDS manages its master password.*`manageMasterUserPassword: false`.*\[ReadReplicaOfManagedPassword\]$/);
  });

  test('of a plain instance whose password RDS manages is the same error', () => {
    const scope = stack(ENV);
    const source = new rds.DatabaseInstance(scope, 'Db', {
      engine: POSTGRES, manageMasterUserPassword: true, storageEncryptionKey: new EncryptionKey(scope, 'Key'), ...inVpc(scope),
    });
    expect(() => replica(scope, source)).toThrow('[ReadReplicaOfManagedPassword]');
  });

  test('of a restored instance whose password RDS manages names what a restored instance takes', () => {
    const scope = stack(ENV);
    const source = new EncryptedDatabaseInstanceFromSnapshot(scope, 'Db', { engine: POSTGRES, snapshotIdentifier: 's', encryptionKey: new EncryptionKey(scope, 'Key'), ...inVpc(scope) });
    expect(() => replica(scope, source)).toThrow(/`credentials: rds.SnapshotCredentials.fromGeneratedSecret\(userName\)`/);
  });

  test('of SQL Server is allowed: RDS makes it', () => {
    const scope = stack(ENV);
    expect(() => replica(scope, instance(scope, { engine: SQL_SERVER, licenseModel: rds.LicenseModel.LICENSE_INCLUDED }))).not.toThrow();
  });

  test('of an instance with `manageMasterUserPassword: false` is allowed: its password is in a secret under the same key', () => {
    const scope = stack(ENV);
    const source = instance(scope, { manageMasterUserPassword: false });
    replica(scope, source);
    const [database] = Object.values(Template.fromStack(scope).findResources('AWS::RDS::DBInstance')).filter(({ Properties }) => Properties.Engine);
    expect(database.Properties).not.toHaveProperty('ManageMasterUserPassword');
    // Known as text, so that going from one way to the other is an update in place.
    expect(database.Properties.MasterUsername).toBe('dbadmin');
    expect(JSON.stringify(database.Properties.MasterUserPassword)).toContain('{{resolve:secretsmanager:');
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual(DB_KEY);
  });

  test('of an instance restored with a generated secret is allowed, and the secret is under the key', () => {
    const scope = stack(ENV);
    const source = new EncryptedDatabaseInstanceFromSnapshot(scope, 'Db', {
      engine: POSTGRES, snapshotIdentifier: 's', encryptionKey: new EncryptionKey(scope, 'Key'), credentials: rds.SnapshotCredentials.fromGeneratedSecret('dbadmin'), ...inVpc(scope),
    });
    replica(scope, source);
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
  });
});

describe('a secret with the master password', () => {
  const VIA_SECRETS_MANAGER = { 'Fn::Join': ['', ['secretsmanager.us-east-1.', { Ref: 'AWS::URLSuffix' }]] };
  const through = (service: unknown) => ({ StringEquals: { 'kms:ViaService': service } });
  const reader = (scope: Stack) => new iam.Role(scope, 'Reader', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const decrypts = (scope: Stack) => Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => Action === 'kms:Decrypt');

  test.each([
    ['an instance', instance, 'AWS::RDS::DBInstance'],
    ['a cluster', (scope: Stack, props: object) => cluster(scope, { ...props, writer: rds.ClusterInstance.serverlessV2('W'), readers: [] }), 'AWS::RDS::DBCluster'],
  ])('that is given is the password of %s, and is put under its key where it has none', (_, make, type) => {
    const scope = stack(ENV);
    make(scope, { credentials: rds.Credentials.fromSecret(new rds.DatabaseSecret(scope, 'Secret', { username: 'app' })) });
    expect(JSON.stringify(propertiesOf(scope, type).MasterUserPassword)).toMatch(/\{\{resolve:secretsmanager:.*password::/);
    expect(propertiesOf(scope, type)).not.toHaveProperty('ManageMasterUserPassword');
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual(DB_KEY);
    Annotations.fromStack(scope).hasNoWarning('*', '*');
  });

  test('keeps a key of its own', () => {
    const scope = stack(ENV);
    const encryptionKey = new EncryptionKey(scope, 'SecretKey');
    instance(scope, { credentials: rds.Credentials.fromSecret(new rds.DatabaseSecret(scope, 'Secret', { username: 'app', encryptionKey })) });
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SecretKey/), 'Arn'] });
  });

  test('gives its key to whoever may read it, granted before the database was made or after', () => {
    const scope = stack(ENV);
    const secret = new rds.DatabaseSecret(scope, 'Secret', { username: 'app' });
    secret.grantRead(reader(scope));
    instance(scope, { credentials: rds.Credentials.fromSecret(secret) });
    secret.grantRead(new iam.Role(scope, 'Later', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: DB_KEY };
    // The CDK writes amazonaws.com for every partition, this library the suffix of the deployment's.
    expect(decrypts(scope)).toEqual([{ ...decrypt, Condition: through(VIA_SECRETS_MANAGER) }, { ...decrypt, Condition: through('secretsmanager.us-east-1.amazonaws.com') }]);
  });

  test('that is imported works; under a key that AWS manages it is an error', () => {
    const scope = stack(ENV);
    const imported = secretsmanager.Secret.fromSecretNameV2(scope, 'Secret', 'orders/db');
    instance(scope, { credentials: rds.Credentials.fromSecret(imported, 'app') });
    expect(JSON.stringify(propertiesOf(scope, 'AWS::RDS::DBInstance').MasterUserPassword)).toContain('{{resolve:secretsmanager:');
    const other = stack(ENV);
    const secret = secretsmanager.Secret.fromSecretAttributes(other, 'Secret', {
      secretCompleteArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf', encryptionKey: kms.Alias.fromAliasName(other, 'Alias', 'alias/aws/secretsmanager'),
    });
    expect(() => instance(other, { credentials: rds.Credentials.fromSecret(secret, 'app') })).toThrow('[SecretUnderManagedKey]');
  });

  test('is generated where the code asks for it, under the key, and the proxy reads it', () => {
    const scope = stack(ENV);
    const database = instance(scope, { credentials: rds.Credentials.fromGeneratedSecret('app') });
    expect(database.secret?.encryptionKey).toBe(database.encryptionKey);
    database.addProxy('Proxy', { vpc: vpcOf(scope), vpcSubnets });
    expect(propertiesOf(scope, 'AWS::RDS::DBInstance').MasterUsername).toBe('app');
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').KmsKeyId).toEqual(DB_KEY);
    expect(decrypts(scope)).toContainEqual(expect.objectContaining({ Resource: DB_KEY, Condition: through('secretsmanager.us-east-1.amazonaws.com') }));
  });
});

describe('a password', () => {
  test.each<[string, (scope: Stack) => SecretValue]>([
    ['of Secrets Manager', () => SecretValue.secretsManager('orders/db', { jsonField: 'password' })],
    ['of a secure SSM parameter', () => SecretValue.ssmSecure('/orders/db')],
    ['of a parameter with NoEcho', (scope) => SecretValue.cfnParameter(new CfnParameter(scope, 'Password', { noEcho: true }))],
  ])('%s is no part of the template, and works', (_, password) => {
    const scope = stack(ENV);
    instance(scope, { credentials: rds.Credentials.fromPassword('app', password(scope)) });
    expect(propertiesOf(scope, 'AWS::RDS::DBInstance')).toMatchObject({ MasterUsername: 'app', MasterUserPassword: expect.anything() });
  });

  test.each<[string, (scope: Stack) => SecretValue]>([
    ['in the code', () => SecretValue.unsafePlainText('hunter2')],
    ['of which a part is in the code', () => SecretValue.unsafePlainText('hunter2{{resolve:secretsmanager:orders:SecretString:password}}')],
    ['that is in the code under a condition', () => SecretValue.unsafePlainText(Fn.conditionIf('Prod', '{{resolve:ssm-secure:/orders/db}}', 'hunter2').toString())],
    ['of an SSM parameter that is not secure', () => SecretValue.unsafePlainText('{{resolve:ssm:/orders/db}}')],
    ['of a parameter that is shown', (scope) => SecretValue.unsafePlainText(new CfnParameter(scope, 'Password').valueAsString)],
  ])('%s is an error', (_, password) => {
    const scope = stack(ENV);
    expect(() => instance(scope, { credentials: rds.Credentials.fromPassword('app', password(scope)) })).toThrow('[PasswordInTemplate]');
  });

  test('that is given or generated beside `manageMasterUserPassword: true` is an error', () => {
    expect(() => instance(stack(ENV), { manageMasterUserPassword: true, credentials: rds.Credentials.fromGeneratedSecret('app') }))
      .toThrow(/^Stack\/Db: 'credentials' cannot hold or generate a password beside 'manageMasterUserPassword' true/);
    const scope = stack(ENV);
    expect(() => new EncryptedDatabaseClusterFromSnapshot(scope, 'Db', {
      engine: AURORA,
      snapshotIdentifier: 's',
      manageMasterUserPassword: true,
      snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('app'),
      writer: rds.ClusterInstance.serverlessV2('W'),
      ...inVpc(scope),
    })).toThrow("'snapshotCredentials' cannot hold or generate a password");
  });

  test('of a cluster that is restored stays the snapshot\'s with `manageMasterUserPassword: false`', () => {
    const scope = stack(ENV);
    const database = new EncryptedDatabaseClusterFromSnapshot(scope, 'Db', {
      engine: AURORA, snapshotIdentifier: 's', manageMasterUserPassword: false, writer: rds.ClusterInstance.serverlessV2('W'), ...inVpc(scope),
    });
    expect(database.secret).toBeUndefined();
    expect(propertiesOf(scope, 'AWS::RDS::DBCluster')).not.toHaveProperty('ManageMasterUserPassword');
  });

  test('that RDS manages under a key of its own is read with that key', () => {
    const scope = stack(ENV);
    const encryptionKey = new EncryptionKey(scope, 'PasswordKey');
    const database = instance(scope, { credentials: rds.Credentials.fromUsername('app', { encryptionKey }) });
    expect(propertiesOf(scope, 'AWS::RDS::DBInstance').MasterUserSecret).toEqual({ KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^PasswordKey/), 'Arn'] } });
    expect(database.secret?.encryptionKey).toBe(encryptionKey);
  });
});

describe('a cluster that replicates another', () => {
  const replica = (props: object = {}) => {
    const scope = stack(ENV);
    cluster(scope, { replicationSourceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:cluster:orders', ...props });
    return scope;
  };

  test('has its source\'s user and password, its own key, and says where the source is', () => {
    const scope = replica();
    const properties = propertiesOf(scope, 'AWS::RDS::DBCluster');
    expect(properties).toMatchObject({ ReplicationSourceIdentifier: expect.any(String), SourceRegion: 'eu-west-1', StorageEncrypted: true, KmsKeyId: DB_KEY });
    for (const name of ['MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword']) { expect(properties).not.toHaveProperty(name); }
    Template.fromStack(scope).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('a clone keeps the password of its source where RDS is not to manage it', () => {
    const scope = stack(ENV);
    const source = rds.DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Source', { clusterIdentifier: 'orders' });
    const clone = cluster(scope, { cloneOf: source, manageMasterUserPassword: false });
    const properties = propertiesOf(scope, 'AWS::RDS::DBCluster');
    for (const name of ['MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword']) { expect(properties).not.toHaveProperty(name); }
    expect(clone.secret).toBeUndefined();
    Template.fromStack(scope).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test.each([['credentials', { credentials: rds.Credentials.fromUsername('me') }], ['manageMasterUserPassword', { manageMasterUserPassword: true }]])('with %s is an error', (prop, props) => {
    expect(() => replica(props)).toThrow(`Stack/Db: '${prop}' cannot be given with 'replicationSourceIdentifier'`);
  });
});
