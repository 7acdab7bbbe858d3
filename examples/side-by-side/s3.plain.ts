import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { plainKey } from './key.plain';
import { denyPlainHttpAndOldTls, plainLogBucket } from './logs.plain';

export function plain(stack: Stack): void {
  plainBucket(stack, 'Uploads', plainKey(stack, 'UploadsKey', 'Encrypts the bucket Stack/Uploads'), plainLogBucket(stack));
}

export function plainBucket(stack: Stack, id: string, key: kms.IKey, logs: s3.IBucket): void {
  const bucket = new s3.Bucket(stack, id, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90) }],
  });
  const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
  cfnBucket.bucketEncryption = {
    serverSideEncryptionConfiguration: [{
      serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.keyArn },
      bucketKeyEnabled: true,
      blockedEncryptionTypes: { encryptionType: ['SSE-C'] },
    }],
  };
  cfnBucket.loggingConfiguration = {
    destinationBucketName: logs.bucketName,
    logFilePrefix: 's3/',
    targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
  };
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyOtherEncryption',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject', 's3:UpdateObjectEncryption'],
    resources: [bucket.arnForObjects('*')],
    conditions: {
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
    },
  }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyOtherKey',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject', 's3:UpdateObjectEncryption'],
    resources: [bucket.arnForObjects('*')],
    conditions: {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      ArnNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': key.keyArn },
    },
  }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'DenyKmsWithoutKey',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:PutObject', 's3:UpdateObjectEncryption'],
    resources: [bucket.arnForObjects('*')],
    conditions: {
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' },
      StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
    },
  }));
  denyPlainHttpAndOldTls(bucket);
}
