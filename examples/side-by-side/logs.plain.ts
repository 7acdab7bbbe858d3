import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';

export function denyPlainHttpAndOldTls(bucket: s3.Bucket): void {
  const bucketAndObjects = [bucket.bucketArn, bucket.arnForObjects('*')];
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyPlainHttp',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:*'],
    resources: bucketAndObjects,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyTlsBelow12',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:*'],
    resources: bucketAndObjects,
    conditions: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
  }));
}

export function plainLogBucket(stack: Stack): s3.Bucket {
  const logs = new s3.Bucket(stack, 'Logs', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  (logs.node.defaultChild as s3.CfnBucket).bucketEncryption = {
    serverSideEncryptionConfiguration: [{
      serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' },
      blockedEncryptionTypes: { encryptionType: ['SSE-C'] },
    }],
  };
  denyPlainHttpAndOldTls(logs);
  logs.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'S3AccessLogs',
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [logs.arnForObjects('s3/*')],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  return logs;
}
