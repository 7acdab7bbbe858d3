import { App, Mixins, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { BucketEncryptionAtRest, BucketTlsOnly, EncryptedBucket, EncryptedBucketProps, EncryptedQueue, EncryptionKey, MultiRegionKey } from '../../src';
import { ENV, keyStatements, stack } from '../support/stack';

function bucketOf(scope: Stack, id: string) {
  const [bucket] = Object.entries(Template.fromStack(scope).findResources('AWS::S3::Bucket')).filter(([logicalId]) => logicalId.startsWith(id));
  return bucket[1].Properties;
}

function sidsOfPolicy(scope: Stack, id: string): string[] {
  const [policy] = Object.entries(Template.fromStack(scope).findResources('AWS::S3::BucketPolicy')).filter(([logicalId]) => logicalId.startsWith(id));
  return policy[1].Properties.PolicyDocument.Statement.map(({ Sid }: { Sid: string }) => Sid);
}

describe('an EncryptedBucket with no props', () => {
  const scope = stack();
  const bucket = new EncryptedBucket(scope, 'Bucket');

  test('encrypts under its own rotating key, with a bucket key, and blocks SSE-C', () => {
    expect(bucketOf(scope, 'Bucket').BucketEncryption.ServerSideEncryptionConfiguration).toEqual([{
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^BucketKey/), 'Arn'] } },
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    }]);
    expect(bucket.encryptionKey).toBeInstanceOf(EncryptionKey);
  });

  test('is private, versioned, owned by the bucket owner, and logs its access', () => {
    expect(bucketOf(scope, 'Bucket')).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^SharedAccessLogs/) }, LogFilePrefix: 's3/' },
    });
  });

  test('denies plain HTTP, old TLS, and uploads under another key or algorithm', () => {
    expect(sidsOfPolicy(scope, 'BucketPolicy')).toEqual(['DenyPlainHttp', 'DenyTlsBelow12', 'DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey']);
  });

  test('leaves uploads alone that name no encryption: S3 then applies the default', () => {
    Template.fromStack(scope).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({
          Condition: {
            Null: { 's3:x-amz-server-side-encryption': 'false' },
            StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
          },
        })]),
      }),
    });
  });

  test('stays when its stack goes', () => {
    const kept = Object.values(Template.fromStack(scope).findResources('AWS::S3::Bucket')).map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);
    // The log bucket is made beside it: a first deployment that fails takes it back.
    expect(kept).toEqual([['Retain', 'Retain'], ['RetainExceptOnCreate', 'Retain']]);
  });
});

test('a bucket with a name goes where the deployment that makes it fails, so that the next one finds the name free, unless the code says otherwise', () => {
  const policyOf = (props: EncryptedBucketProps) => {
    const scope = stack();
    new EncryptedBucket(scope, 'Bucket', { bucketName: 'orders', ...props });
    const [{ DeletionPolicy, UpdateReplacePolicy }] = Object.values(Template.fromStack(scope).findResources('AWS::S3::Bucket', { Properties: { BucketName: 'orders' } }));
    return [DeletionPolicy, UpdateReplacePolicy];
  };
  expect([policyOf({}), policyOf({ removalPolicy: RemovalPolicy.RETAIN })]).toEqual([['RetainExceptOnCreate', 'Retain'], ['Retain', 'Retain']]);
});

test('the logical ids are those of a plain bucket under KMS: an existing bucket and its key are kept', () => {
  const [plain, ours] = [stack(), stack()];
  new s3.Bucket(plain, 'Bucket', { encryption: s3.BucketEncryption.KMS });
  new EncryptedBucket(ours, 'Bucket');
  const ids = Object.keys(Template.fromStack(ours).toJSON().Resources);
  expect(ids).toEqual(expect.arrayContaining(Object.keys(Template.fromStack(plain).toJSON().Resources)));
});

test('two layers of encryption, without the bucket key that S3 has not for them', () => {
  for (const props of [{ dualLayer: true }, { encryption: s3.BucketEncryption.DSSE }]) {
    const scope = stack();
    new EncryptedBucket(scope, 'Bucket', props);
    const [rule] = bucketOf(scope, 'Bucket').BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms:dsse');
    expect(rule).not.toHaveProperty('BucketKeyEnabled');
  }
});

test('a hundred buckets of a stack share one log bucket, whose policy does not grow', () => {
  const scope = stack();
  const encryptionKey = new EncryptionKey(scope, 'Key');
  for (let n = 0; n < 100; n++) { new EncryptedBucket(scope, `Bucket${n}`, { encryptionKey }); }
  Template.fromStack(scope).resourceCountIs('AWS::S3::Bucket', 101);
  expect(sidsOfPolicy(scope, 'SharedAccessLogs')).toEqual(['S3AccessLogs', 'DenyPlainHttp', 'DenyTlsBelow12']);
});

test('a reader of the bucket may use its key', () => {
  const scope = stack();
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  new EncryptedBucket(scope, 'Bucket').grantRead(role);
  Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) })]) }),
  });
});

test('a bucket and the queue that it notifies under one key make no circle (aws/aws-cdk#17786, #35418)', () => {
  const app = new App();
  const scope = stack(undefined, 'Stack', app);
  const encryptionKey = new EncryptionKey(scope, 'Key');
  const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey });
  new EncryptedBucket(scope, 'Bucket', { encryptionKey }).addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue));
  expect(() => Template.fromStack(scope)).not.toThrow();
  expect(keyStatements(scope).find(({ Sid }) => Sid === 'S3EventNotifications')!.Condition)
    .toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
});

test('objects can be deleted with a bucket that is meant to go, and so are its logs', () => {
  const scope = stack();
  new EncryptedBucket(scope, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  Template.fromStack(scope).resourceCountIs('Custom::S3AutoDeleteObjects', 2);
});

describe('the mixins', () => {
  test('protect a bucket that exists already, in the policy that it has', () => {
    const scope = stack();
    const bucket = new s3.Bucket(scope, 'Bucket', { enforceSSL: false });
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Own', principals: [new iam.AccountRootPrincipal()], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')],
    }));
    bucket.with(new BucketEncryptionAtRest(new EncryptionKey(scope, 'Key')), new BucketTlsOnly());
    expect(sidsOfPolicy(scope, 'BucketPolicy')).toEqual(['Own', 'DenyPlainHttp', 'DenyTlsBelow12', 'DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey']);
  });

  test('protect an L1, with a policy beside it', () => {
    const scope = stack();
    new s3.CfnBucket(scope, 'Bucket').with(new BucketEncryptionAtRest(new kms.CfnKey(scope, 'Key')), new BucketTlsOnly());
    Template.fromStack(scope).resourceCountIs('AWS::S3::BucketPolicy', 1);
    expect(sidsOfPolicy(scope, 'Bucket')).toContain('DenyPlainHttp');
  });
});

describe('the mixins keep what is stronger already', () => {
  const encryptionOf = (scope: Stack, id: string) =>
    bucketOf(scope, id).BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;

  test('a customer-managed key, and two layers', () => {
    const scope = stack();
    const [own, shared] = [new kms.Key(scope, 'Own'), new kms.Key(scope, 'Shared')];
    new s3.Bucket(scope, 'Keyed', { encryptionKey: own });
    new s3.Bucket(scope, 'Double', { encryption: s3.BucketEncryption.DSSE_MANAGED });
    Mixins.of(scope).apply(new BucketEncryptionAtRest(shared));
    expect(encryptionOf(scope, 'Keyed')).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] } });
    expect(encryptionOf(scope, 'Double')).toEqual({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^Shared/), 'Arn'] } });
  });

  test('an EncryptedBucket, which is as it was', () => {
    const [plain, again] = [stack(), stack()];
    for (const scope of [plain, again]) { new EncryptedBucket(scope, 'Bucket'); }
    Mixins.of(again).apply(new BucketEncryptionAtRest(new kms.Key(again, 'Shared')), new BucketTlsOnly());
    expect(bucketOf(again, 'Bucket')).toEqual(bucketOf(plain, 'Bucket'));
    expect(sidsOfPolicy(again, 'BucketPolicy')).toEqual(sidsOfPolicy(plain, 'BucketPolicy'));
  });

  test('buckets that receive access logs stay under S3\'s own keys: their logs would be lost', () => {
    const scope = stack(ENV);
    const logs = new s3.Bucket(scope, 'Logs');
    new s3.Bucket(scope, 'Bucket', { serverAccessLogsBucket: logs });
    const elbLogs = new s3.Bucket(scope, 'Elb', { bucketName: 'elb-logs' });
    new elbv2.ApplicationLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc') }).logAccessLogs(elbLogs);
    Mixins.of(scope).apply(new BucketEncryptionAtRest(new kms.Key(scope, 'Shared')));
    expect([encryptionOf(scope, 'Logs'), encryptionOf(scope, 'Elb')]).toEqual([{ SSEAlgorithm: 'AES256' }, { SSEAlgorithm: 'AES256' }]);
    expect(encryptionOf(scope, 'Bucket').SSEAlgorithm).toBe('aws:kms');
  });

  test('a multi-Region key is taken where the bucket is', () => {
    const app = new App();
    const key = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
    const europe = stack({ ...ENV, region: 'eu-west-1' }, 'Europe', app);
    new s3.Bucket(europe, 'Bucket');
    Mixins.of(europe).apply(new BucketEncryptionAtRest(key));
    app.synth();
    expect(encryptionOf(europe, 'Bucket').KMSMasterKeyID).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys-replicas-eu-west-1' }) });
  });
});

describe('what would weaken the bucket is an error', () => {
  const cases: Array<[string, EncryptedBucketProps, RegExp]> = [
    ['plain HTTP', { enforceSSL: false }, /^Stack\/Bucket: 'enforceSSL' cannot be false: .*Leave it out/],
    ['old TLS', { minimumTLSVersion: 1.1 }, /'minimumTLSVersion' cannot be 1.1/],
    ['S3\'s own keys', { encryption: s3.BucketEncryption.S3_MANAGED }, /'encryption' cannot be 'S3_MANAGED'.*`encryptionKey`/],
    ['no encryption', { encryption: s3.BucketEncryption.UNENCRYPTED }, /'encryption' cannot be 'UNENCRYPTED'/],
    ['public reading', { publicReadAccess: true }, /'publicReadAccess' cannot be true/],
    ['half a block of public access', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS }, /'blockPublicAccess' cannot be/],
    ['access control lists', { accessControl: s3.BucketAccessControl.PUBLIC_READ }, /'accessControl' cannot be 'PublicRead'/],
    ['foreign owners of objects', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }, /'objectOwnership' cannot be 'ObjectWriter'/],
    ['a website', { websiteIndexDocument: 'index.html' }, /'websiteIndexDocument' cannot be 'index.html'/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    expect(() => new EncryptedBucket(stack(), 'Bucket', props)).toThrow(message);
  });

  test('of the access logs only their prefix and their names are chosen: they stay in the log bucket', () => {
    const scope = stack();
    new EncryptedBucket(scope, 'Bucket', { serverAccessLogsPrefix: 'uploads/', targetObjectKeyFormat: s3.TargetObjectKeyFormat.simplePrefix() });
    Template.fromStack(scope).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^SharedAccessLogs') }, LogFilePrefix: 's3/uploads/', TargetObjectKeyFormat: { SimplePrefix: {} } },
    });
  });

  test('a log bucket under KMS, where the logs would be lost', () => {
    const scope = stack();
    const serverAccessLogsBucket = new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS });
    expect(() => new EncryptedBucket(scope, 'Bucket', { serverAccessLogsBucket }))
      .toThrow(/'serverAccessLogsBucket' cannot be Stack\/Logs: it is encrypted with a KMS key/);
  });
});
