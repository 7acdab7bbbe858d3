import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, EncryptionKey, MultiRegionKey } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, stack } from '../support/stack';

const env = (region: string, account = ENV.account!) => ({ env: { region, account } });
const replicationOf = (template: any) => Object.values<any>(template.Resources)
  .find(({ Properties }) => Properties?.ReplicationConfiguration)?.Properties.ReplicationConfiguration;
const roleStatements = (template: any) => Object.entries<any>(template.Resources).find(([id]) => /ReplicationRoleDefaultPolicy/.test(id))![1].Properties.PolicyDocument.Statement;

/** A bucket and its replica in another Region, under one multi-Region key in a stack of its own. */
function acrossRegions() {
  const app = new App();
  const key = new MultiRegionKey(new Stack(app, 'Keys', env('us-east-1')), 'Key', { replicaRegions: ['eu-west-1'] });
  const destination = new EncryptedBucket(new Stack(app, 'Eu', env('eu-west-1')), 'Replica', { encryptionKey: key.replicas[0] });
  const source = new EncryptedBucket(new Stack(app, 'Us', env('us-east-1')), 'Source', { encryptionKey: key });
  return { app, source, destination };
}

describe('replication to another Region under one multi-Region key', () => {
  const { app, source, destination } = acrossRegions();
  source.replicateTo(destination);
  const { assembly, findings } = synthAndValidate(app);
  const template = assembly.getStackByName('Us').template;
  const bucket = { 'Fn::GetStackOutput': { StackName: 'Eu', Region: 'eu-west-1', OutputName: expect.any(String) } };
  const replicaKey = { 'Fn::GetStackOutput': { StackName: 'Keys-replicas-eu-west-1', Region: 'eu-west-1', OutputName: expect.any(String) } };

  test('CloudFormation accepts the templates, and no Lambda is in them', () => {
    expect(findings).toEqual([]);
    expect(JSON.stringify(assembly.stacks.map((artifact) => artifact.template))).not.toContain('AWS::Lambda');
  });

  test('the rule replicates objects under KMS, and encrypts replicas under the key there', () => {
    expect(replicationOf(template).Rules).toEqual([{
      Id: 'Eu/Replica',
      Priority: 1,
      Status: 'Enabled',
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination: { Bucket: bucket, EncryptionConfiguration: { ReplicaKmsKeyID: replicaKey } },
    }]);
  });

  test('the role decrypts and encrypts through S3, for these buckets only, with a bucket key or without', () => {
    const own = { 'Fn::GetAtt': [expect.stringMatching(/^Source/), 'Arn'] };
    const objectsOf = (arn: unknown) => ({ 'Fn::Join': ['', [arn, '/*']] });
    const through = (region: string) => ({ 'kms:ViaService': { 'Fn::Join': ['', [`s3.${region}.`, { Ref: 'AWS::URLSuffix' }]] } });
    expect(roleStatements(template).filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'))).toEqual([
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys' }) },
        Condition: { StringEquals: through('us-east-1'), StringLike: { 'kms:EncryptionContext:aws:s3:arn': [own, objectsOf(own)] } },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: replicaKey,
        Condition: { StringEquals: through('eu-west-1'), StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket, objectsOf(bucket)] } },
      },
    ]);
  });

  test('the destination is deployed first: S3 refuses a rule to a bucket that does not exist', () => {
    expect(assembly.getStackByName('Us').dependencies.map(({ id }) => id)).toEqual(expect.arrayContaining(['Eu', 'Keys']));
  });
});

test('two keys in one Region: the role may decrypt with one and encrypt with the other', () => {
  const scope = stack(ENV);
  const destination = new EncryptedBucket(scope, 'Replica', { encryptionKey: new EncryptionKey(scope, 'ReplicaKey') });
  new EncryptedBucket(scope, 'Source').replicateTo(destination, { prefix: 'paid/', deleteMarkers: false, replicationTimeControl: true, storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL });
  const template = Template.fromStack(scope).toJSON();
  expect(roleStatements(template).filter(({ Action }: any) => JSON.stringify(Action).includes('kms:')).map(({ Resource }: any) => Resource)).toEqual([
    { 'Fn::GetAtt': [expect.stringMatching(/^SourceKey/), 'Arn'] }, { 'Fn::GetAtt': [expect.stringMatching(/^ReplicaKey/), 'Arn'] },
  ]);
  expect(replicationOf(template).Rules[0]).toMatchObject({
    Filter: { Prefix: 'paid/' },
    DeleteMarkerReplication: { Status: 'Disabled' },
    Destination: {
      StorageClass: 'GLACIER_IR',
      ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
    },
  });
});

test('two destinations: one role, two rules, and the first comes first', () => {
  const scope = stack(ENV);
  const source = new EncryptedBucket(scope, 'Source');
  source.replicateTo(new EncryptedBucket(scope, 'One'));
  source.replicateTo(new EncryptedBucket(scope, 'Two'));
  const template = Template.fromStack(scope).toJSON();
  expect(replicationOf(template).Rules.map(({ Id, Priority }: any) => [Id, Priority])).toEqual([['Stack/One', 1], ['Stack/Two', 2]]);
  Template.fromStack(scope).resourceCountIs('AWS::IAM::Role', 1);
});

test('an object-locked source: S3 may read what is locked until when', () => {
  const scope = stack(ENV);
  new EncryptedBucket(scope, 'Source', { objectLockEnabled: true }).replicateTo(new EncryptedBucket(scope, 'Replica', { objectLockEnabled: true }));
  expect(roleStatements(Template.fromStack(scope).toJSON())[1].Action).toEqual(expect.arrayContaining(['s3:GetObjectRetention', 's3:GetObjectLegalHold']));
});

test('a key that does not trust its account names the role, under the same conditions', () => {
  const scope = stack(ENV);
  const encryptionKey = new EncryptionKey(scope, 'Key', {
    trustAccountIdentities: false, administrators: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Admin')],
  });
  new EncryptedBucket(scope, 'Source', { encryptionKey }).replicateTo(new EncryptedBucket(scope, 'Replica'));
  const [key] = Object.values(Template.fromStack(scope).findResources('AWS::KMS::Key')).filter(({ Properties }) => !JSON.stringify(Properties).includes(':root'));
  expect(key.Properties.KeyPolicy.Statement).toContainEqual(expect.objectContaining({
    Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^SourceReplicationRole/), 'Arn'] } },
    Action: 'kms:Decrypt',
    Condition: expect.objectContaining({ StringEquals: { 'kms:ViaService': expect.anything() } }),
  }));
});

describe('replication to another account', () => {
  test('opens the bucket and the key there for the role, by a name that is known before the role exists', () => {
    const app = new App();
    const there = new Stack(app, 'There', env('eu-west-1', '999999999999'));
    const source = new EncryptedBucket(new Stack(app, 'Here', env('us-east-1')), 'Source');
    source.replicateTo(new EncryptedBucket(there, 'Replica', { encryptionKey: new EncryptionKey(there, 'Key') }));
    const { assembly, findings } = synthAndValidate(app);
    expect(findings).toEqual([]);
    const template = assembly.getStackByName('There').template;
    const named = expect.objectContaining({
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
      Condition: expect.objectContaining({ ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, expect.stringMatching(/:role\/here/)]] } } }),
    });
    const resources = Object.values<any>(template.Resources);
    expect(resources.find(({ Type }) => Type === 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual(named);
    expect(resources.filter(({ Type }) => Type === 'AWS::S3::BucketPolicy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toContainEqual(named);
    expect(replicationOf(assembly.getStackByName('Here').template).Rules[0].Destination.Account).toBe('999999999999');
  });

  test('of an imported bucket and key: a warning says what their owner must add', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    const destination = s3.Bucket.fromBucketAttributes(scope, 'Theirs', {
      bucketName: 'theirs', account: '999999999999', region: 'eu-west-1', encryptionKey: kms.Key.fromKeyArn(scope, 'TheirKey', 'arn:aws:kms:eu-west-1:999999999999:key/abc'),
    });
    new EncryptedBucket(scope, 'Source').replicateTo(destination);
    const warnings = synthAndValidate(app).assembly.getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).join('\n');
    expect(warnings).toContain('nothing is replicated until its bucket policy has this statement');
    expect(warnings).toContain('nothing is replicated until its policy allows the role');
  });
});

describe('an error says why', () => {
  const source = () => new EncryptedBucket(stack(ENV), 'Source');
  const imported = (bucket: EncryptedBucket) => s3.Bucket.fromBucketName(bucket, 'Plain', 'plain');

  test('a destination that is not under a KMS key', () => {
    const bucket = source();
    expect(() => bucket.replicateTo(imported(bucket))).toThrow(/Stack\/Source: cannot replicate to .*Plain.*give the key of its Region as `encryptionKey`.*\[ReplicaNeedsCustomerKey\]/);
  });

  test('a bucket without versions, on either side', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedBucket(scope, 'A', { versioned: false }).replicateTo(new EncryptedBucket(scope, 'B'))).toThrow('[ReplicationNeedsVersions]');
    expect(() => new EncryptedBucket(scope, 'C').replicateTo(new EncryptedBucket(scope, 'D', { versioned: false }))).toThrow('[ReplicationNeedsVersions]');
  });

  test('itself, or the same bucket twice', () => {
    const scope = stack(ENV);
    const [a, b] = [new EncryptedBucket(scope, 'A'), new EncryptedBucket(scope, 'B')];
    expect(() => a.replicateTo(a)).toThrow('[ReplicatesToItself]');
    a.replicateTo(b);
    a.replicateTo(b, { prefix: 'other/' });
    expect(() => a.replicateTo(b)).toThrow('[ReplicatesTwice]');
  });

  test('a multi-Region key in the source\'s own stack: its replica would be deployed after the source', () => {
    const app = new App();
    const us = new Stack(app, 'Us', env('us-east-1'));
    const key = new MultiRegionKey(us, 'Key', { replicaRegions: ['eu-west-1'] });
    const destination = new EncryptedBucket(new Stack(app, 'Eu', env('eu-west-1')), 'Replica', { encryptionKey: key.replicas[0] });
    expect(() => new EncryptedBucket(us, 'Source', { encryptionKey: key }).replicateTo(destination)).toThrow(/Make the MultiRegionKey in a stack of its own.*\[ReplicationCircle\]/);
  });

  test('the props of s3.Bucket, whose role may not use the key', () => {
    const scope = stack(ENV);
    const destination = new EncryptedBucket(scope, 'B');
    expect(() => new EncryptedBucket(scope, 'A', { replicationRules: [{ destination }] })).toThrow(/'replicationRules' cannot be .*Call replicateTo\(destination\).*\[BucketReplicatesByMethod\]/);
  });
});
