import { App, Duration, Mixins, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { EncryptedSecret, EncryptedSecretProps, EncryptionDefaults, EncryptionKey, InsecureProps, MultiRegionKey, SecretBlocksPublicPolicy, SecretEncryptionAtRest } from '../../src';
import { ENV, keyStatement, keyStatements, propertiesOf, stack } from '../support/stack';

const warnings = (app: App, id = 'Stack') => app.synth().getStackByName(id).messages.map(({ entry }) => entry.data).join('\n');
const role = (scope: Stack, id = 'Role', props: Partial<iam.RoleProps> = {}) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), ...props });
const throughSecretsManager = { StringEquals: { 'kms:ViaService': expect.anything() } };
const policyOf = (scope: Stack): any[] => propertiesOf(scope, 'AWS::IAM::Policy').PolicyDocument.Statement;

test('an EncryptedSecret with no props is generated, under its own key, and stays', () => {
  const scope = stack(ENV);
  new EncryptedSecret(scope, 'Secret');
  expect(propertiesOf(scope, 'AWS::SecretsManager::Secret')).toEqual({ GenerateSecretString: {}, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^SecretKey/), 'Arn'] } });
  expect(Object.values(Template.fromStack(scope).findResources('AWS::SecretsManager::Secret'))[0]).toMatchObject({ DeletionPolicy: 'Retain' });
  expect(keyStatements(scope).map(({ Sid }) => Sid)).toEqual(['AccountIdentities', 'DenyGrantsUnlessForAwsResources']);
});

test('a secret with a name goes where the deployment that makes it fails, so that the next one finds the name free', () => {
  const scope = stack(ENV);
  new EncryptedSecret(scope, 'Secret', { secretName: 'orders' });
  expect(Object.values(Template.fromStack(scope).findResources('AWS::SecretsManager::Secret'))[0]).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
});

describe('whoever may read or write the secret may use its key, through Secrets Manager only', () => {
  test('a role by a grant, to read', () => {
    const scope = stack(ENV);
    new EncryptedSecret(scope, 'Secret').grantRead(role(scope));
    expect(policyOf(scope)).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt', Condition: throughSecretsManager }));
  });

  test('a role by a grant, to write: Secrets Manager decrypts too', () => {
    const scope = stack(ENV);
    new EncryptedSecret(scope, 'Secret').grantWrite(role(scope));
    const actions = policyOf(scope).filter(({ Action }) => JSON.stringify(Action).includes('kms:')).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
  });

  test('a role whose policy was written by hand', () => {
    const scope = stack(ENV);
    const secret = new EncryptedSecret(scope, 'Secret');
    role(scope).addToPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }));
    expect(policyOf(scope)).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt', Condition: throughSecretsManager }));
  });

  test('the function that rotates it', () => {
    const scope = stack(ENV);
    const rotationLambda = new lambda.Function(scope, 'Rotate', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x') });
    new EncryptedSecret(scope, 'Secret').addRotationSchedule('Rotation', { rotationLambda, automaticallyAfter: Duration.days(30) });
    expect(JSON.stringify(policyOf(scope))).toMatch(/kms:Decrypt.*kms:ViaService/);
    Template.fromStack(scope).hasResourceProperties('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(30 days)' } });
  });

  test('a role of another account, in secret, key and resource policy', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    new EncryptedSecret(scope, 'Secret', { secretName: 'shared' }).grantRead(role(stack({ account: '222222222222', region: 'us-east-1' }, 'Other', app), 'Role', { roleName: 'reader' }));
    expect(propertiesOf(scope, 'AWS::SecretsManager::ResourcePolicy')).toMatchObject({ BlockPublicPolicy: true });
    expect(JSON.stringify(keyStatements(scope))).toMatch(/kms:Decrypt.*:iam::222222222222:role\/reader/);
  });

  test('an account that the resource policy names', () => {
    const scope = stack(ENV);
    new EncryptedSecret(scope, 'Secret').addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.AccountPrincipal('222222222222')], actions: ['secretsmanager:GetSecretValue'], resources: ['*'],
    }));
    expect(keyStatement(scope, 'OtherAccounts')).toMatchObject({ Action: 'kms:Decrypt', Condition: throughSecretsManager });
  });
});

describe('a replica is under a key of its Region', () => {
  const replicas = (scope: Stack) => propertiesOf(scope, 'AWS::SecretsManager::Secret').ReplicaRegions;

  test('of a multi-Region key that is given', () => {
    const app = new App();
    const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
    const scope = stack(ENV, 'Stack', app);
    new EncryptedSecret(scope, 'Secret', { encryptionKey, replicaRegions: [{ region: 'eu-west-1' }] });
    expect(replicas(scope)).toEqual([{ Region: 'eu-west-1', KmsKeyId: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys-replicas-eu-west-1' }) } }]);
  });

  test('that is given for it', () => {
    const scope = stack(ENV);
    const encryptionKey = kms.Key.fromKeyArn(scope, 'Europe', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    new EncryptedSecret(scope, 'Secret', { replicaRegions: [{ region: 'eu-west-1', encryptionKey }] });
    expect(replicas(scope)).toEqual([{ Region: 'eu-west-1', KmsKeyId: encryptionKey.keyArn }]);
  });

  test('that this app makes there, without a Lambda function', () => {
    const scope = stack(ENV);
    const encryptionKey = new EncryptionKey(new Stack(scope.node.root as App, 'Europe', { env: { ...ENV, region: 'eu-west-1' } }), 'Key');
    new EncryptedSecret(scope, 'Secret', { replicaRegions: [{ region: 'eu-west-1', encryptionKey }] });
    expect(replicas(scope)).toEqual([{ Region: 'eu-west-1', KmsKeyId: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Europe' }) } }]);
  });

  test.each<[string, (scope: Stack) => EncryptedSecretProps, string]>([
    ['a Region that does not exist', () => ({ replicaRegions: [{ region: 'eu-wset-1' }] }), 'Did you mean \'eu-west-1\'?'],
    ['its own key, which is in one Region', () => ({ replicaRegions: [{ region: 'eu-west-1' }] }), '[SecretReplicaNeedsKey]'],
    ['a multi-Region key of its own stack, which would be a circle', (scope) => ({
      encryptionKey: new MultiRegionKey(scope, 'Key', { replicaRegions: ['eu-west-1'] }), replicaRegions: [{ region: 'eu-west-1' }],
    }), '[ReplicaKeyNeedsOwnStack]'],
    ['no key there', (scope) => ({ encryptionKey: new EncryptionKey(scope, 'Key'), replicaRegions: [{ region: 'eu-west-1' }] }), '[SecretReplicaNeedsKey]'],
    ['a key of another Region', (scope) => ({ replicaRegions: [{ region: 'eu-west-1', encryptionKey: new EncryptionKey(scope, 'Key') }] }), '[KeyInOtherRegion]'],
    ['the AWS-managed key there', (scope) => ({ replicaRegions: [{ region: 'eu-west-1', encryptionKey: kms.Key.fromKeyArn(scope, 'A', 'arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager') }] }), '[SecretNeedsCustomerKey]'],
  ])('and an error with %s', (_, props, code) => {
    const scope = stack(ENV);
    expect(() => new EncryptedSecret(scope, 'Secret', props(scope))).toThrow(code);
  });
});

describe('what would weaken the secret is an error', () => {
  const imported = 'arn:aws:kms:us-east-1:111122223333:alias/aws/secretsmanager';
  test.each<[string, (scope: Stack) => EncryptedSecretProps, RegExp]>([
    ['a value as plain text', () => ({ secretStringValue: SecretValue.unsafePlainText('hunter2') }), /^Stack\/Secret: 'secretStringValue' cannot be plain text: it would be in the template\. Leave it out.*\[SecretInTemplate\]/],
    ['a value as plain text in an object', () => ({ secretObjectValue: { username: SecretValue.unsafePlainText('admin'), password: SecretValue.unsafePlainText('hunter2') } }), /'secretObjectValue\.password' cannot be plain text/],
    ['the AWS-managed key', (scope) => ({ encryptionKey: kms.Key.fromKeyArn(scope, 'A', imported) }), /'encryptionKey' cannot be 'alias\/aws\/secretsmanager'.*\[SecretNeedsCustomerKey\]/],
    ['a key of another Region', (scope) => ({ encryptionKey: new EncryptionKey(new Stack(scope.node.root as App, 'Europe', { env: { ...ENV, region: 'eu-west-1' } }), 'Key') }), /\[KeyInOtherRegion\]/],
  ])('%s', (_, props, message) => {
    const scope = stack(ENV);
    expect(() => new EncryptedSecret(scope, 'Secret', props(scope))).toThrow(message);
  });

  test('a policy for everybody', () => {
    const secret = new EncryptedSecret(stack(ENV), 'Secret');
    expect(() => secret.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['secretsmanager:GetSecretValue'], resources: ['*'] }))).toThrow('[SecretPolicyIsPublic]');
  });

  test('no plain text is what another secret, a parameter store or an attribute gives', () => {
    const scope = stack(ENV);
    const accessKey = new iam.AccessKey(scope, 'AccessKey', { user: new iam.User(scope, 'User') });
    for (const [n, secretStringValue] of [SecretValue.secretsManager('other'), SecretValue.ssmSecure('/password'), accessKey.secretAccessKey].entries()) {
      expect(() => new EncryptedSecret(scope, `Secret${n}`, { secretStringValue })).not.toThrow();
    }
  });
});

test('the key goes with the secret where the code says so', () => {
  const scope = stack(ENV);
  new EncryptedSecret(scope, 'Secret', { removalPolicy: RemovalPolicy.DESTROY });
  for (const { DeletionPolicy } of Object.values(Template.fromStack(scope).toJSON().Resources as Record<string, any>)) { expect(DeletionPolicy).toBe('Delete'); }
});

describe('EncryptionDefaults', () => {
  const withDefaults = (options = {}): [App, Stack] => {
    const app = new App();
    EncryptionDefaults.of(app).apply(options);
    return [app, stack(ENV, 'Stack', app)];
  };

  test('encrypts a plain secret and one that the CDK makes for a database; readers keep it, also by the attachment', () => {
    const [, scope] = withDefaults({ insecureProps: InsecureProps.WARN });
    const database = new rds.DatabaseInstance(scope, 'Database', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
      vpc: ec2.Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'] }),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    const reader = role(scope);
    new secretsmanager.Secret(scope, 'Secret').grantRead(reader);
    database.secret!.grantRead(reader);
    const template = Template.fromStack(scope);
    const secrets = Object.values(template.findResources('AWS::SecretsManager::Secret'));
    expect(secrets).toHaveLength(2);
    for (const { Properties } of secrets) { expect(JSON.stringify(Properties.KmsKeyId)).toContain('SharedEncryptionKey'); }
    expect(policyOf(scope).filter(({ Action }) => Action === 'kms:Decrypt').length).toBeGreaterThan(0);
  });

  test('blocks public policies of plain secrets, and gives replicas their keys', () => {
    const app = new App();
    const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
    EncryptionDefaults.of(app).apply({ encryptionKey });
    const scope = stack(ENV, 'Stack', app);
    new secretsmanager.Secret(scope, 'Secret', { replicaRegions: [{ region: 'eu-west-1' }] }).denyAccountRootDelete();
    expect(propertiesOf(scope, 'AWS::SecretsManager::ResourcePolicy').BlockPublicPolicy).toBe(true);
    expect(propertiesOf(scope, 'AWS::SecretsManager::Secret').ReplicaRegions[0]).toHaveProperty('KmsKeyId');
  });

  test('tells of a replica for which there is no key, and leaves it', () => {
    const [app, scope] = withDefaults();
    new secretsmanager.Secret(scope, 'Secret', { replicaRegions: [{ region: 'eu-west-1' }] });
    expect(warnings(app)).toMatch(/Stack\/Secret: its replica in eu-west-1 stays under the AWS-managed key/);
  });

  test('refuses plain text, or warns of it', () => {
    const plain = (scope: Stack) => new secretsmanager.Secret(scope, 'Secret', { secretStringValue: SecretValue.unsafePlainText('hunter2') });
    const [strict, refused] = withDefaults();
    plain(refused);
    expect(() => strict.synth()).toThrow('[SecretInTemplate]');
    const [lenient, left] = withDefaults({ insecureProps: InsecureProps.WARN });
    plain(left);
    expect(warnings(lenient)).toContain("'secretStringValue' cannot be plain text");
  });
});

test('the mixins protect secrets and policies that exist already, L2 and L1', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  new secretsmanager.Secret(scope, 'L2').denyAccountRootDelete();
  new secretsmanager.CfnSecret(scope, 'L1');
  Mixins.of(scope).apply(new SecretEncryptionAtRest(key), new SecretBlocksPublicPolicy());
  for (const { Properties } of Object.values(Template.fromStack(scope).findResources('AWS::SecretsManager::Secret'))) {
    expect(Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
  }
  expect(propertiesOf(scope, 'AWS::SecretsManager::ResourcePolicy').BlockPublicPolicy).toBe(true);
});
