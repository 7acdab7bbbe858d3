import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { BucketReader, EncryptedBucket, EncryptionKey } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, keyStatement, keyStatements, stack } from '../support/stack';

function bucketStatements(scope: ReturnType<typeof stack>, id = 'Bucket'): any[] {
  return Object.entries(Template.fromStack(scope).findResources('AWS::S3::BucketPolicy')).filter(([logicalId]) => logicalId.startsWith(`${id}Policy`))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

test('CloudFront reads through origin access control: the bucket names the distribution, the key the account\'s distributions, and nothing is a circle', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const bucket = new EncryptedBucket(scope, 'Bucket');
  const distribution = new cloudfront.Distribution(scope, 'Cdn', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) } });
  bucket.allowReadFrom(BucketReader.cloudFront(distribution));
  expect(synthAndValidate(app).findings.filter((finding) => /circular/i.test(finding))).toEqual([]);
  const source = (id: unknown) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::111122223333:distribution/', id]] });
  expect(bucketStatements(scope)).toContainEqual({
    Sid: 'ReadFromCloudFront',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: expect.anything(),
    Condition: { ArnEquals: { 'aws:SourceArn': source({ Ref: expect.stringMatching(/^Cdn/) }) } },
  });
  expect(keyStatement(scope, 'ReadFromCloudFront')).toEqual({
    Sid: 'ReadFromCloudFront',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::111122223333:distribution/*']] } } },
  });
});

test('another account reads objects and decrypts through S3 only', () => {
  const scope = stack(ENV);
  const bucket = new EncryptedBucket(scope, 'Bucket');
  bucket.allowReadFrom(BucketReader.account('222222222222'));
  bucket.allowReadFrom(BucketReader.account('222222222222'));
  bucket.allowReadFrom(BucketReader.account('333333333333'));
  expect(bucketStatements(scope).map(({ Sid }) => Sid).filter((sid) => /From/.test(sid)))
    .toEqual(['ReadFromAccount', 'ListFromAccount', 'ReadFromAccount2', 'ListFromAccount2']);
  expect(keyStatement(scope, 'ReadFromAccount')).toMatchObject({
    Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } },
  });
});

test('an organization reads: everybody in it, nobody else', () => {
  const scope = stack(ENV);
  new EncryptedBucket(scope, 'Bucket').allowReadFrom(BucketReader.organization('o-a1b2c3d4e5'));
  for (const statement of [...bucketStatements(scope).filter(({ Sid }) => /Organization/.test(Sid)), keyStatement(scope, 'ReadFromOrganization')!]) {
    expect(statement.Condition.StringEquals).toMatchObject({ 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' });
  }
});

test.each([
  [() => BucketReader.account('12345'), /'accountId' must be 12 digits, got '12345'/],
  [() => BucketReader.organization('r-abcd'), /'organizationId' must look like o-a1b2c3d4e5, got 'r-abcd'/],
])('a malformed id is an error', (make, message) => {
  expect(make).toThrow(message);
});

test('an imported key: a warning has the statement that is missing', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const encryptionKey = kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/abc');
  new EncryptedBucket(scope, 'Bucket', { encryptionKey }).allowReadFrom(BucketReader.account('222222222222'));
  const warnings = synthAndValidate(app).assembly.getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).join('\n');
  expect(warnings).toMatch(/The key of Stack\/Bucket is imported.*objects cannot be decrypted until it has this statement.*kms:Decrypt/);
});

test('notifications to a topic under the same key: S3 of this account gets in by one statement', () => {
  const scope = stack(ENV);
  const encryptionKey = new EncryptionKey(scope, 'Key');
  const topic = new sns.Topic(scope, 'Topic', { masterKey: encryptionKey });
  new EncryptedBucket(scope, 'Bucket', { encryptionKey }).addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic));
  expect(keyStatements(scope).filter(({ Principal }) => Principal.Service === 's3.amazonaws.com')).toEqual([expect.objectContaining({
    Sid: 'S3EventNotifications', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  })]);
});

describe('logs that cannot be delivered to a bucket under KMS are refused', () => {
  test('server access logs of a plain bucket', () => {
    const scope = stack(ENV);
    scope.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
    const logs = new EncryptedBucket(scope, 'Logs');
    expect(() => new s3.Bucket(scope, 'Bucket', { serverAccessLogsBucket: logs }))
      .toThrow(/Stack\/Logs: cannot receive S3 server access logs: the delivery cannot write to a bucket that is encrypted with a KMS key.*\[LogBucketUnderKms\]/);
  });

  test('and where the CDK would open the target by an ACL, it says that there are none', () => {
    const scope = stack(ENV);
    expect(() => new s3.Bucket(scope, 'Bucket', { serverAccessLogsBucket: new EncryptedBucket(scope, 'Logs') })).toThrow(/objectOwnership must be set to/);
  });

  test('access logs of a plain load balancer', () => {
    const scope = stack(ENV);
    const alb = new elbv2.ApplicationLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc') });
    expect(() => alb.logAccessLogs(new EncryptedBucket(scope, 'Logs'))).toThrow(/KMS/);
  });

  test('by a bucket policy that a caller writes', () => {
    const scope = stack(ENV);
    const logs = new EncryptedBucket(scope, 'Logs');
    expect(() => logs.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')], actions: ['s3:PutObject'], resources: [logs.arnForObjects('*')],
    }))).toThrow('[LogBucketUnderKms]');
  });
});

test('VPC flow logs, which can be delivered under KMS, get the key by themselves', () => {
  const scope = stack(ENV);
  scope.node.setContext('@aws-cdk/aws-s3:createDefaultLoggingPolicy', true);
  const bucket = new EncryptedBucket(scope, 'Flows');
  new ec2.Vpc(scope, 'Vpc').addFlowLog('S3', { destination: ec2.FlowLogDestination.toS3(bucket) });
  expect(keyStatement(scope, 'LogDelivery')).toMatchObject({
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': expect.anything() } },
  });
});

test('a reader that limits nobody is an error that says who could read', () => {
  const scope = stack(ENV);
  const imported = cloudfront.Distribution.fromDistributionAttributes(scope, 'Cdn', { distributionId: '*', domainName: 'example.com' });
  const everyDistribution: cloudfront.IDistribution = Object.create(imported, { env: { value: { account: '*', region: 'us-east-1' } } });
  const bucket = new EncryptedBucket(scope, 'Bucket');
  expect(() => bucket.allowReadFrom(BucketReader.cloudFront(everyDistribution)))
    .toThrow(/^Stack\/Bucket: allowReadFrom\(\) cannot have \{"Service":"cloudfront.amazonaws.com"\} under .*: cloudfront.amazonaws.com, for whoever uses it, may call s3:GetObject.* \[ReaderIsEverybody\]$/);
  expect(() => bucket.allowReadFrom(BucketReader.account('*'))).toThrow(/must be 12 digits/);
  expect(() => bucket.allowReadFrom(BucketReader.organization('o-*'))).toThrow(/OrganizationIdMalformed/);
});
