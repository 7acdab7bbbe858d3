import type { ResourceChange } from '../../src/diff/document';
import { ARN, changed, diffed, diffedStacks, KEY } from '../support/diffed';

const KEYS = { others: { Key: KEY, Other: KEY } };
const outcome = (change: ResourceChange | undefined) => change && [change.effect, change.concern ?? 'none'];

const DB = 'AWS::RDS::DBInstance';
const BUCKET = 'AWS::S3::Bucket';
const bucketUnder = (key: unknown) => ({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } }] } });

describe('a database that becomes encrypted', () => {
  const become = (attributes: object, names: [object, object] = [{}, {}]) =>
    changed(DB, { StorageEncrypted: false, ...names[0] }, { StorageEncrypted: true, KmsKeyId: ARN('Key'), ...names[1] }, { ...KEYS, attributes });

  test('is replaced by an empty one, and its data is lost', () => {
    const change = become({});
    expect(outcome(change)).toEqual(['replaced', 'lost']);
    expect(change!.data).toContain('deletes the old one with its data (UpdateReplacePolicy: not set)');
    expect(change!.changes).toContainEqual({ about: 'at rest', property: 'KmsKeyId', from: 'not set', to: 'Key' });
    expect(change!.changes).toContainEqual(expect.objectContaining({ property: 'Encryption-RdsStorageEncrypted', from: 'fails', to: 'passes', protection: 'more' }));
  });

  test.each([
    ['UpdateReplacePolicy', 'Retain', ['replaced', 'left-behind']],
    ['UpdateReplacePolicy', 'RetainExceptOnCreate', ['replaced', 'left-behind']],
    ['UpdateReplacePolicy', 'Snapshot', ['replaced', 'left-behind']],
    ['UpdateReplacePolicy', 'Delete', ['replaced', 'lost']],
    ['UpdateReplacePolicy', { Ref: 'AWS::StackName' }, ['replaced', 'undetermined']],
    // The policy for removal says nothing of a replacement.
    ['DeletionPolicy', 'Retain', ['replaced', 'lost']],
  ])('with %s %j', (attribute, policy, expected) => {
    expect(outcome(become({ [attribute]: policy }))).toEqual(expected);
  });

  test('is refused while it keeps a name of its own, and replaced with another name', () => {
    expect(outcome(become({}, [{ DBInstanceIdentifier: 'orders' }, { DBInstanceIdentifier: 'Orders' }]))).toEqual(['refused', 'refused']);
    expect(outcome(become({}, [{ DBInstanceIdentifier: 'orders' }, { DBInstanceIdentifier: 'orders-2' }]))).toEqual(['replaced', 'lost']);
  });

  test('is said to be once, where insights are under the same switch', () => {
    const change = changed('AWS::RDS::DBCluster', { StorageEncrypted: false, PerformanceInsightsEnabled: true }, { StorageEncrypted: true, PerformanceInsightsEnabled: true }, KEYS);
    expect(outcome(change)).toEqual(['replaced', 'lost']);
    expect(change!.changes.filter(({ property }) => property === 'StorageEncrypted')).toHaveLength(1);
  });

  test('of a cluster has no data of its own', () => {
    const change = changed(DB, { DBClusterIdentifier: 'c', StorageEncrypted: false }, { DBClusterIdentifier: 'c', StorageEncrypted: true }, KEYS);
    expect(change?.concern).toBeUndefined();
  });
});

describe('what happens to the resource', () => {
  test.each<[string, string, object, object, string[]]>([
    ['a file system under another key', 'AWS::EFS::FileSystem', { Encrypted: true, KmsKeyId: ARN('Key') }, { Encrypted: true, KmsKeyId: ARN('Other') }, ['replaced', 'lost']],
    ['a volume, of which EC2 refuses it', 'AWS::EC2::Volume', { Encrypted: false }, { Encrypted: true, KmsKeyId: ARN('Key') }, ['refused', 'refused']],
    ['a table under a key', 'AWS::DynamoDB::Table', {}, { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: ARN('Key') } }, ['in place', 'none']],
    ['a bucket under another key', BUCKET, bucketUnder(ARN('Key')), bucketUnder(ARN('Other')), ['in place', 'none']],
    ['a bucket under the key of AWS again', BUCKET, bucketUnder(ARN('Key')), bucketUnder('alias/aws/s3'), ['in place', 'weakened']],
    ['a queue that is no longer encrypted', 'AWS::SQS::Queue', {}, { SqsManagedSseEnabled: false }, ['in place', 'weakened']],
    ['a domain of OpenSearch, by its version', 'AWS::OpenSearchService::Domain', {}, { EncryptionAtRestOptions: { Enabled: true } }, ['may be replaced', 'undetermined']],
    ['a launch configuration, which keeps nothing', 'AWS::AutoScaling::LaunchConfiguration', { BlockDeviceMappings: [{ DeviceName: 'a', Ebs: { Encrypted: false } }] }, { BlockDeviceMappings: [{ DeviceName: 'a', Ebs: { Encrypted: true } }] }, ['replaced', 'none']],
    ['a cluster of DAX without TLS', 'AWS::DAX::Cluster', { ClusterEndpointEncryptionType: 'TLS' }, { ClusterEndpointEncryptionType: 'NONE' }, ['replaced', 'lost']],
    ['a Valkey cache that turns encryption off', 'AWS::ElastiCache::ReplicationGroup', { Engine: 'valkey' }, { Engine: 'valkey', AtRestEncryptionEnabled: false }, ['replaced', 'lost']],
    ['insights of a cluster under a key', 'AWS::RDS::DBCluster', { StorageEncrypted: true, PerformanceInsightsEnabled: true },
      { StorageEncrypted: true, PerformanceInsightsEnabled: true, PerformanceInsightsKmsKeyId: ARN('Key') }, ['in place', 'none']],
    ['copies of backups under another key', DB, { StorageEncrypted: true, AutomaticBackupReplicationKmsKeyId: ARN('Key') }, { StorageEncrypted: true, AutomaticBackupReplicationKmsKeyId: ARN('Other') }, ['in place', 'none']],
    ['a security configuration of EMR, which keeps nothing', 'AWS::EMR::SecurityConfiguration', { SecurityConfiguration: { EncryptionConfiguration: { EnableAtRestEncryption: false } } },
      { SecurityConfiguration: { EncryptionConfiguration: { EnableAtRestEncryption: true } } }, ['replaced', 'none']],
    ['a listener without TLS', 'AWS::ElasticLoadBalancingV2::Listener', { Protocol: 'TLS', LoadBalancerArn: 'x', Certificates: [{}], SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }, { Protocol: 'TCP', LoadBalancerArn: 'x' }, ['in place', 'undetermined']],
  ])('%s', (_, type, old, found, expected) => {
    expect(outcome(changed(type, old, found, KEYS))).toEqual(expected);
  });

  test('old objects of a bucket stay under the old key', () => {
    expect(changed(BUCKET, bucketUnder(ARN('Key')), bucketUnder(ARN('Other')), KEYS)!.data).toContain('stay under the key that they have, and their readers need that key');
  });

  test('a bucket whose policy no longer demands TLS is protected less', () => {
    const policy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [ARN('It'), { 'Fn::Sub': '${It.Arn}/*' }], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } };
    const [change] = diffed({ It: { Type: BUCKET }, Policy: policy }, { It: { Type: BUCKET } }).resources;
    expect(outcome(change)).toEqual(['in place', 'weakened']);
    expect(change.changes).toContainEqual(expect.objectContaining({ about: 'in transit', property: 'Encryption-S3BucketTlsOnly', from: 'passes', to: 'fails', protection: 'less' }));
  });

  test('another type under the same logical id is refused by CloudFormation', () => {
    expect(outcome(diffed({ It: { Type: BUCKET } }, { It: { Type: 'AWS::SQS::Queue' } }).resources[0])).toEqual(['refused', 'refused']);
    expect(diffed({ It: { Type: 'AWS::EC2::Subnet' } }, { It: { Type: 'AWS::EC2::VPNGateway' } }).resources).toEqual([]);
  });
});

describe('nothing is said', () => {
  test.each<[string, string, object, object]>([
    ['of what stays', DB, { StorageEncrypted: true, KmsKeyId: ARN('Key') }, { StorageEncrypted: true, KmsKeyId: ARN('Key') }],
    ['of a switch in another spelling', DB, { StorageEncrypted: true }, { StorageEncrypted: 'True' }],
    ['of what is so where it is left out', DB, {}, { StorageEncrypted: false }],
    ['of the ARN of a key in other words', DB, { StorageEncrypted: true, KmsKeyId: ARN('Key') }, { StorageEncrypted: true, KmsKeyId: { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}' } }],
    ['of other properties', DB, { AllocatedStorage: 20 }, { AllocatedStorage: 30 }],
    ['of the key of a parameter', DB, { StorageEncrypted: true, KmsKeyId: { Ref: 'P' } }, { StorageEncrypted: true, KmsKeyId: { Ref: 'P' } }],
    ['of an imported key', DB, { KmsKeyId: { 'Fn::ImportValue': 'k' } }, { KmsKeyId: { 'Fn::ImportValue': 'k' } }],
    ['of volumes in another order', 'AWS::EC2::Instance',
      { BlockDeviceMappings: [{ DeviceName: 'a', Ebs: { Encrypted: true } }, { DeviceName: 'b', Ebs: { Encrypted: false } }] },
      { BlockDeviceMappings: [{ DeviceName: 'b', Ebs: { Encrypted: false } }, { DeviceName: 'a', Ebs: { Encrypted: true } }] }],
  ])('%s', (_, type, old, found) => {
    expect(changed(type, old, found, KEYS)).toBeUndefined();
  });

  test('of a choice that stands there as before, also where nobody knows what it comes to', () => {
    const json = (key: unknown, more: object = {}) => ({ Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } }, Parameters: { P: { Type: 'String' }, ...more }, Resources: { It: { Type: DB, Properties: { StorageEncrypted: true, KmsKeyId: key } } } });
    const choice = { 'Fn::If': ['C', 'arn:aws:kms:eu-west-1:111122223333:key/a', { Ref: 'AWS::NoValue' }] };
    expect(diffedStacks({ S: { json: json(choice) } }, { S: { json: json(choice) } }).resources).toEqual([]);
    const other = { 'Fn::If': ['C', 'arn:aws:kms:eu-west-1:111122223333:key/b', { Ref: 'AWS::NoValue' }] };
    for (const key of [{ Ref: 'P' }, other]) {
      expect(outcome(diffedStacks({ S: { json: json(choice) } }, { S: { json: json(key) } }).resources[0])).toEqual(['may be replaced', 'undetermined']);
    }
    const elsewhere = { ...json(choice), Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'y'] } } };
    expect(outcome(diffedStacks({ S: { json: json(choice) } }, { S: { json: elsewhere } }).resources[0])).toEqual(['may be replaced', 'undetermined']);
  });
});

describe('the key', () => {
  const under = (key: unknown) => ({ StorageEncrypted: true, KmsKeyId: key });
  const ALIAS = { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/orders', TargetKeyId: { Ref: 'Key' } } }, Key: KEY };

  test('named by an alias before, and by its ARN now, is the same: the database is replaced all the same', () => {
    const change = changed(DB, under('alias/orders'), under(ARN('Key')), { others: ALIAS });
    expect(outcome(change)).toEqual(['replaced', 'lost']);
    expect(change!.changes).toContainEqual({ about: 'at rest', property: 'KmsKeyId', from: 'Key', to: 'Key', note: 'the same key, named in another way' });
  });

  test('of a parameter may be another one', () => {
    const change = changed('AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'P' } }, { KmsMasterKeyId: ARN('Key') }, KEYS);
    expect(outcome(change)).toEqual(['in place', 'undetermined']);
    expect(change!.changes[0].note).toBe('whether it changes is known only when the stack is deployed');
  });

  test('named by an ARN may be the key of the template', () => {
    const change = changed('AWS::SNS::Topic', { KmsMasterKeyId: 'arn:aws:kms:us-east-1:111122223333:key/0b1c' }, { KmsMasterKeyId: ARN('Key') }, KEYS);
    expect(change!.changes[0].note).toBe('both may name the same key');
  });

  test('of another stack is found through its export', () => {
    const keys = { json: { Resources: { Key: KEY, Other: KEY }, Outputs: { K: { Value: ARN('Key'), Export: { Name: 'k' } }, O: { Value: ARN('Other'), Export: { Name: 'o' } } } } };
    const app = (name: string) => ({ Keys: keys, App: { json: { Resources: { It: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': name } } } } } } });
    expect(diffedStacks(app('k'), app('o')).resources[0].changes[0]).toEqual({ about: 'at rest', property: 'KmsMasterKeyId', from: 'Key', to: 'Other' });
  });
});
