import { App, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedSecret, EncryptedTable, EncryptionKey, MultiRegionKey } from '../../src';
import { ENV, keyStatements, stack } from '../support/stack';

const KEY_ADMIN = 'arn:aws:iam::111122223333:role/key-admin';
const closedKey = (scope: Stack, more = {}) => new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [new iam.ArnPrincipal(KEY_ADMIN)], ...more });
const added = (scope: Stack) => keyStatements(scope).filter(({ Sid }) => /^Deployment/.test(Sid ?? ''));
const DEPLOYER = 'arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1';
const via = (service: string) => ({ 'Fn::Join': ['', [`${service}.us-east-1.`, { Ref: 'AWS::URLSuffix' }]] });
const arnOf = ({ 'Fn::Join': [, parts] }: { 'Fn::Join': [string, unknown[]] }) => parts.map((part) => (typeof part === 'string' ? part : '${AWS::Partition}')).join('');

describe('a key that does not leave it to the account\'s policies allows the role that CloudFormation deploys with', () => {
  test('to make a database, and its grant', () => {
    const scope = stack(ENV);
    new rds.CfnDBCluster(scope, 'Db', { engine: 'aurora-postgresql', storageEncrypted: true, kmsKeyId: closedKey(scope).keyArn });
    const [use, grants, ...others] = added(scope);
    expect(others).toEqual([]);
    expect(use).toMatchObject({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:DescribeKey', Condition: { StringEquals: { 'kms:ViaService': via('rds') } } });
    expect(grants).toMatchObject({ Action: 'kms:CreateGrant', Condition: { StringEquals: { 'kms:ViaService': via('rds') }, Bool: { 'kms:GrantIsForAWSResource': 'true' } } });
    expect([use, grants].map(({ Condition }) => arnOf(Condition?.ArnLike['aws:PrincipalArn'] as never))).toEqual([DEPLOYER, DEPLOYER]);
  });

  test('to make a table and a vault, through their services', () => {
    const scope = stack(ENV);
    const encryptionKey = closedKey(scope);
    new EncryptedTable(scope, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryptionKey });
    new backup.BackupVault(scope, 'Vault', { encryptionKey });
    const services = added(scope).filter(({ Action }) => Action === 'kms:CreateGrant').map(({ Condition }) => Condition?.StringEquals['kms:ViaService']);
    expect(services).toEqual(expect.arrayContaining([via('dynamodb'), via('backup')]));
  });

  test('to change the key of a secret, and to encrypt what is in it anew', () => {
    const scope = stack(ENV);
    new EncryptedSecret(scope, 'Secret', { encryptionKey: closedKey(scope) });
    expect(added(scope).map(({ Action }) => Action)).toEqual([['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']]);
  });

  test('not where the key names the role as a user, or trusts the account, or nothing is under it', () => {
    const [named, trusting, empty] = [stack(ENV), stack(ENV), stack(ENV)];
    const vault = (scope: Stack, encryptionKey: EncryptionKey) => new backup.BackupVault(scope, 'Vault', { encryptionKey });
    vault(trusting, new EncryptionKey(trusting, 'Key'));
    closedKey(empty);
    const users = [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1')];
    new rds.CfnDBCluster(named, 'Db', { engine: 'aurora-postgresql', storageEncrypted: true, kmsKeyId: closedKey(named, { users }).keyArn });
    expect([trusting, empty].flatMap(added)).toEqual([]);
    expect(added(named).map(({ Action }) => Action)).toEqual([]);
  });
});

describe('a table with replicas in other Regions is made with the keys there', () => {
  const inRegion = (app: App, id: string, region: string) => new Stack(app, id, { env: { account: '111122223333', region }, crossRegionReferences: true });
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  const services = (scope: Stack, type = 'AWS::KMS::Key') => Object.values(Template.fromStack(scope).findResources(type))
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement).filter(({ Sid }) => /^Deployment/.test(Sid ?? ''))
    .map(({ Condition }) => Condition.StringEquals['kms:ViaService']['Fn::Join'][1][0]);

  test('of a multi-Region key: each Region through its own endpoint, wherever the primary is', () => {
    const app = new App();
    const keys = inRegion(app, 'Keys', 'us-east-1');
    const encryptionKey = new MultiRegionKey(keys, 'Key', { replicaRegions: ['eu-west-1', 'eu-west-2'], trustAccountIdentities: false, administrators: [new iam.ArnPrincipal(KEY_ADMIN)] });
    new EncryptedTable(inRegion(app, 'Table', 'eu-west-1'), 'Table', { partitionKey, encryptionKey, replicas: [{ region: 'us-east-1' }, { region: 'eu-west-2' }] });
    expect(services(keys)).toEqual(['dynamodb.us-east-1.', 'dynamodb.us-east-1.']);
    const replicas = keys.node.root.node.children.filter((each): each is Stack => each.node.id.startsWith('Keys-replicas'));
    expect(replicas.map((each) => services(each, 'AWS::KMS::ReplicaKey'))).toEqual(['eu-west-1', 'eu-west-2'].map((region) => Array(2).fill(`dynamodb.${region}.`)));
  });

  test('of a key for each Region of a secret', () => {
    const app = new App();
    const [there, here] = [inRegion(app, 'There', 'eu-west-1'), inRegion(app, 'Here', 'us-east-1')];
    new EncryptedSecret(here, 'Secret', { encryptionKey: closedKey(here), replicaRegions: [{ region: 'eu-west-1', encryptionKey: closedKey(there) }] });
    expect([here, there].map((each) => services(each))).toEqual([['secretsmanager.us-east-1.'], ['secretsmanager.eu-west-1.']]);
  });

  test('of a key for each Region', () => {
    const app = new App();
    const [there, here] = [inRegion(app, 'There', 'eu-west-1'), inRegion(app, 'Here', 'us-east-1')];
    const encryption = dynamodb.TableEncryptionV2.customerManagedKey(closedKey(here), { 'eu-west-1': closedKey(there).keyArn });
    new EncryptedTable(here, 'Table', { partitionKey, encryption, replicas: [{ region: 'eu-west-1' }] });
    expect([here, there].map((each) => services(each))).toEqual(['us-east-1', 'eu-west-1'].map((region) => Array(2).fill(`dynamodb.${region}.`)));
  });
});

test('where the app does not say which role deploys, a warning has the statements', () => {
  const scope = new Stack(new App(), 'Stack', { env: ENV, synthesizer: new CliCredentialsStackSynthesizer() });
  new backup.BackupVault(scope, 'Vault', { encryptionKey: closedKey(scope) });
  Template.fromStack(scope);
  expect(added(scope)).toEqual([]);
  Annotations.fromStack(scope).hasWarning('*', Match.stringLikeRegexp('CloudFormation cannot make Stack/Vault yet: the policy of the KMS key Stack/Key .*kms:RetireGrant.*kms:CreateGrant'));
});
