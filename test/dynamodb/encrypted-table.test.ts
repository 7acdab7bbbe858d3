import { App, Mixins, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptedTable, EncryptedTableProps, EncryptionDefaults, EncryptionKey, InsecureProps, MultiRegionKey, TableEncryptionAtRest } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, propertiesOf, stack } from '../support/stack';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const warnings = (app: App, id = 'Stack') => app.synth().getStackByName(id).messages.map(({ entry }) => entry.data).join('\n');
const role = (scope: Stack, id = 'Role') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const kmsStatements = (scope: Stack): any[] => propertiesOf(scope, 'AWS::IAM::Policy').PolicyDocument.Statement.filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'));
const through = (region: string) => ({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', [`dynamodb.${region}.`, { Ref: 'AWS::URLSuffix' }]] } } });
const replicas = (scope: Stack) => propertiesOf(scope, 'AWS::DynamoDB::GlobalTable').Replicas;

test('an EncryptedTable with no more than it must have is under its own key, recoverable, protected, and stays', () => {
  const scope = stack(ENV);
  new EncryptedTable(scope, 'Table', { partitionKey });
  expect(propertiesOf(scope, 'AWS::DynamoDB::GlobalTable').SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
  expect(replicas(scope)).toEqual([{
    Region: 'us-east-1',
    SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^TableKey/), 'Arn'] } },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  }]);
  expect(Object.values(Template.fromStack(scope).findResources('AWS::DynamoDB::GlobalTable'))[0]).toMatchObject({ DeletionPolicy: 'Retain' });
});

test('a stack whose Region is only known at deployment has tables under a key too', () => {
  const scope = stack();
  new EncryptedTable(scope, 'Table', { partitionKey });
  expect(replicas(scope)).toEqual([expect.objectContaining({ Region: { Ref: 'AWS::Region' }, SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [expect.anything(), 'Arn'] } } })]);
});

describe('whoever uses the table may use its key, through DynamoDB only', () => {
  test.each<[string, (table: EncryptedTable, grantee: iam.IGrantable) => unknown, string[]]>([
    ['reads', (table, grantee) => table.grantReadData(grantee), ['kms:Decrypt', 'kms:DescribeKey']],
    ['writes', (table, grantee) => table.grantWriteData(grantee), ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
    ['reads and writes', (table, grantee) => table.grantReadWriteData(grantee), ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
    ['does everything', (table, grantee) => table.grantFullAccess(grantee), ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
    ['reads the stream', (table, grantee) => table.grantStreamRead(grantee), ['kms:Decrypt', 'kms:DescribeKey']],
  ])('a role that %s', (_, grant, actions) => {
    const scope = stack(ENV);
    grant(new EncryptedTable(scope, 'Table', { partitionKey, dynamoStream: dynamodb.StreamViewType.NEW_IMAGE }), role(scope));
    expect(kmsStatements(scope)).toEqual([expect.objectContaining({ Action: actions, Condition: through('us-east-1') })]);
  });

  test('by a plain key too', () => {
    const scope = stack(ENV);
    new EncryptedTable(scope, 'Table', { partitionKey, encryptionKey: new kms.Key(scope, 'Plain') }).grantReadData(role(scope));
    expect(kmsStatements(scope)).toEqual([expect.objectContaining({ Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: through('us-east-1') })]);
  });

  test('a role whose policy was written by hand', () => {
    const scope = stack(ENV);
    const table = new EncryptedTable(scope, 'Table', { partitionKey });
    role(scope).addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [table.tableArn] }));
    expect(kmsStatements(scope)).toEqual([expect.objectContaining({ Action: 'kms:Decrypt', Condition: through('us-east-1') })]);
  });
});

describe('a global table has a key in each Region', () => {
  test('of a multi-Region key, which its readers may use in each', () => {
    const app = new App();
    const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
    const scope = stack(ENV, 'Stack', app);
    const table = new EncryptedTable(scope, 'Table', { partitionKey, encryptionKey, replicas: [{ region: 'eu-west-1' }] });
    table.grantReadData(role(scope));
    expect(synthAndValidate(app).findings).toEqual([]);
    expect(replicas(scope).map(({ Region, SSESpecification }: any) => [Region, JSON.stringify(SSESpecification.KMSMasterKeyId)])).toEqual([
      ['eu-west-1', expect.stringContaining('Keys-replicas-eu-west-1')], ['us-east-1', expect.stringContaining('"StackName":"Keys","Region":"us-east-1"')],
    ]);
    expect(kmsStatements(scope).map(({ Condition }) => Condition)).toEqual([through('us-east-1'), through('eu-west-1')]);
    expect(JSON.stringify(propertiesOf(scope, 'AWS::IAM::Policy'))).toContain(':dynamodb:eu-west-1:111122223333:table/');
  });

  test('of a multi-Region key that is given, also for a replica that comes later', () => {
    const app = new App();
    const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1', 'eu-central-1'] });
    const scope = stack(ENV, 'Stack', app);
    const table = new EncryptedTable(scope, 'Table', { partitionKey, encryptionKey, replicas: [{ region: 'eu-west-1' }] });
    table.addReplica({ region: 'eu-central-1' });
    expect(JSON.stringify(replicas(scope)).match(/Keys-replicas-eu-(west|central)-1/g)).toHaveLength(2);
    expect(() => table.addReplica({ region: 'ap-southeast-2' })).toThrow(/'replicas' has ap-southeast-2, and there is no key for it there.*\[TableReplicaNeedsKey\]/);
  });

  test('by the CDK\'s own way to say it', () => {
    const scope = stack(ENV);
    const key = new EncryptionKey(scope, 'Key');
    const europe = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    new EncryptedTable(scope, 'Table', { partitionKey, encryption: dynamodb.TableEncryptionV2.customerManagedKey(key, { 'eu-west-1': europe }), replicas: [{ region: 'eu-west-1' }] });
    expect(replicas(scope)[0].SSESpecification).toEqual({ KMSMasterKeyId: europe });
  });

  test('and a key of one Region is an error, given or its own, as is one whose replica needs the table\'s stack', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedTable(scope, 'Own', { partitionKey, replicas: [{ region: 'eu-west-1' }] })).toThrow('[TableReplicaNeedsKey]');
    expect(() => new EncryptedTable(scope, 'Circle', {
      partitionKey, encryptionKey: new MultiRegionKey(scope, 'Everywhere', { replicaRegions: ['eu-west-1'] }), replicas: [{ region: 'eu-west-1' }],
    })).toThrow('[ReplicaKeyNeedsOwnStack]');
    expect(() => new EncryptedTable(scope, 'Table', { partitionKey, encryptionKey: new EncryptionKey(scope, 'Key'), replicas: [{ region: 'eu-west-1' }] })).toThrow('[TableReplicaNeedsKey]');
  });
});

describe('what would weaken the table is an error', () => {
  test.each<[string, (scope: Stack) => Partial<EncryptedTableProps>, RegExp]>([
    ['DynamoDB\'s own key', () => ({ encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey() }), /^Stack\/Table: 'encryption' cannot be 'AWS_OWNED': an EncryptedTable is encrypted under a KMS key that you control\. Leave it out/],
    ['the AWS-managed key', () => ({ encryption: dynamodb.TableEncryptionV2.awsManagedKey() }), /'encryption' cannot be 'AWS_MANAGED'.*\[TableNeedsCustomerKey\]/],
    ['the AWS-managed key by its alias', (scope) => ({ encryptionKey: kms.Alias.fromAliasName(scope, 'A', 'alias/aws/dynamodb') }), /'encryptionKey' cannot be 'alias\/aws\/dynamodb'/],
    ['two keys', (scope) => ({ encryptionKey: new EncryptionKey(scope, 'A'), encryption: dynamodb.TableEncryptionV2.customerManagedKey(new EncryptionKey(scope, 'B')) }), /\[TableHasTwoKeys\]/],
    ['a key of another Region', (scope) => ({ encryptionKey: new EncryptionKey(new Stack(scope.node.root as App, 'Europe', { env: { ...ENV, region: 'eu-west-1' } }), 'Key') }), /\[KeyInOtherRegion\]/],
    ['a stream of Kinesis under the AWS-managed key', (scope) => ({ kinesisStream: new kinesis.Stream(scope, 'Stream') }), /'kinesisStream' cannot be the construct Stack\/Stream.*\[TableStreamNotEncrypted\]/],
  ])('%s', (_, props, message) => {
    const scope = stack(ENV);
    expect(() => new EncryptedTable(scope, 'Table', { partitionKey, ...props(scope) })).toThrow(message);
  });
});

test('a table that may go with its stack is not protected against deletion, and its key goes too', () => {
  const scope = stack(ENV);
  new EncryptedTable(scope, 'Table', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
  expect(replicas(scope)[0]).not.toHaveProperty('DeletionProtectionEnabled');
  for (const { DeletionPolicy } of Object.values(Template.fromStack(scope).toJSON().Resources as Record<string, any>)) { expect(DeletionPolicy).toBe('Delete'); }
});

describe('EncryptionDefaults', () => {
  const withDefaults = (options = {}): [App, Stack] => {
    const app = new App();
    EncryptionDefaults.of(app).apply(options);
    return [app, stack(ENV, 'Stack', app)];
  };
  const shared = { 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] };

  test('encrypts plain tables of both classes, and their readers get the key', () => {
    const [, scope] = withDefaults();
    const reader = role(scope);
    new dynamodb.Table(scope, 'Old', { partitionKey }).grantReadData(reader);
    new dynamodb.TableV2(scope, 'New', { partitionKey }).grantWriteData(reader);
    expect(propertiesOf(scope, 'AWS::DynamoDB::Table').SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: shared });
    expect(replicas(scope)[0].SSESpecification).toEqual({ KMSMasterKeyId: shared });
    expect(kmsStatements(scope).flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
    expect(kmsStatements(scope).every(({ Condition }) => JSON.stringify(Condition).includes('dynamodb.us-east-1.'))).toBe(true);
  });

  test('gives each replica the key of its Region, or leaves the table with a warning', () => {
    const app = new App();
    const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
    EncryptionDefaults.of(app).apply({ encryptionKey });
    const scope = stack(ENV, 'Stack', app);
    new dynamodb.TableV2(scope, 'Covered', { partitionKey, replicas: [{ region: 'eu-west-1' }] });
    new dynamodb.TableV2(scope, 'Left', { partitionKey, replicas: [{ region: 'eu-west-1' }, { region: 'ap-southeast-2' }] });
    const tables = Object.entries(Template.fromStack(scope).findResources('AWS::DynamoDB::GlobalTable'));
    const of = (id: RegExp) => tables.find(([logicalId]) => id.test(logicalId))![1].Properties;
    expect(of(/^Covered/).Replicas.every((replica: any) => replica.SSESpecification.KMSMasterKeyId !== undefined)).toBe(true);
    expect(of(/^Left/)).not.toHaveProperty('SSESpecification');
    expect(warnings(app)).toMatch(/Stack\/Left is left as it was.*replicas in ap-southeast-2, where there is no key/);
  });

  test('keeps customer keys, and refuses or reports others', () => {
    const [, kept] = withDefaults();
    new dynamodb.Table(kept, 'Table', { partitionKey, encryptionKey: new EncryptionKey(kept, 'Own') });
    expect(propertiesOf(kept, 'AWS::DynamoDB::Table').SSESpecification.KMSMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
    const insecure = (scope: Stack) => new dynamodb.Table(scope, 'Table', { partitionKey, encryption: dynamodb.TableEncryption.AWS_MANAGED });
    const [strict, refused] = withDefaults();
    insecure(refused);
    expect(() => strict.synth()).toThrow(/Stack\/Table: 'encryption' cannot be 'AWS_MANAGED'.*\[TableNeedsCustomerKey\]/);
    const [lenient, left] = withDefaults({ insecureProps: InsecureProps.WARN });
    insecure(left);
    expect(warnings(lenient)).toContain("'encryption' cannot be 'AWS_MANAGED'");
    expect(propertiesOf(left, 'AWS::DynamoDB::Table').SSESpecification).toEqual({ SSEEnabled: true });
  });

  test('leaves a table whose replicas a custom resource makes', () => {
    const [app, scope] = withDefaults();
    new dynamodb.Table(scope, 'Table', { partitionKey, replicationRegions: ['eu-west-1'], billingMode: dynamodb.BillingMode.PAY_PER_REQUEST });
    expect(warnings(app)).toMatch(/Stack\/Table is left as it was.*replicationRegions/);
  });
});

test('the mixin protects tables that exist already, L2 and L1 of both types', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  const schema = { attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }], keySchema: [{ attributeName: 'id', keyType: 'HASH' }] };
  new dynamodb.Table(scope, 'L2', { partitionKey });
  new dynamodb.CfnTable(scope, 'L1', schema);
  new dynamodb.CfnGlobalTable(scope, 'Global', { ...schema, replicas: [{ region: 'us-east-1' }] });
  Mixins.of(scope).apply(new TableEncryptionAtRest(key));
  const own = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
  for (const { Properties } of Object.values(Template.fromStack(scope).findResources('AWS::DynamoDB::Table'))) { expect(Properties.SSESpecification.KMSMasterKeyId).toEqual(own); }
  expect(replicas(scope)).toEqual([{ Region: 'us-east-1', SSESpecification: { KMSMasterKeyId: own } }]);
});
