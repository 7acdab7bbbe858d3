import { Annotations, AspectPriority, Aspects, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { defaultEncryption } from './default-encryption';
import { ACCESS_LOG_PREFIX, NONCURRENT_VERSION_EXPIRATION_DAYS, SSE_S3 } from './defaults';
import { BucketTlsOnly } from './mixins';
import { acknowledge, acknowledgeStandards } from '../private/acknowledge';
import { EncryptionError } from '../private/errors';
import { markManaged } from '../private/injector';
import { recordMade } from '../private/made-here';
import { goesWithItsStack, shareRemovalPolicy } from '../private/removal-policy';

const ID = 'SharedAccessLogs';

/**
 * The one bucket of a stack that S3 and Elastic Load Balancing write their access logs to.
 *
 * It is encrypted with S3's own keys (SSE-S3) because neither log delivery can write to a bucket under SSE-KMS, and has no
 * access log of its own, which would log itself without end.
 *
 * @param removalPolicy of what logs into it: where all say DESTROY it goes too, with the logs in it, so that a developer's stack can be made again
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function accessLogBucket(scope: IConstruct, removalPolicy: RemovalPolicy | undefined): s3.Bucket {
  const stack = Stack.of(scope);
  const bucket = stack.node.tryFindChild(ID) as s3.Bucket | undefined ?? makeLogBucket(stack);
  shareRemovalPolicy(bucket, removalPolicy);
  return bucket;
}

function makeLogBucket(stack: Stack): s3.Bucket {
  recordMade(stack, ID);
  const bucket = new s3.Bucket(stack, ID, markManaged({
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_EXPIRATION_DAYS) }],
  }));
  (bucket.node.defaultChild as s3.CfnBucket).bucketEncryption = defaultEncryption({ sseAlgorithm: SSE_S3 });
  new BucketTlsOnly()._limit(bucket.node.defaultChild as s3.CfnBucket);
  allowS3AccessLogs(bucket);
  acknowledgeFor(bucket);
  // Only when all is made is it known whether anything that stays logs into it.
  const visit = (node: IConstruct) => { if (node === bucket && goesWithItsStack(bucket)) { emptyBeforeDeletion(bucket); } };
  Aspects.of(bucket).add({ visit }, { priority: AspectPriority.MUTATING });
  return bucket;
}

/** S3 refuses to delete a bucket with objects in it. */
function emptyBeforeDeletion(bucket: s3.Bucket): void {
  if (bucket.node.tryFindChild('AutoDeleteObjectsCustomResource')) { return; }
  bucket.with(new s3.mixins.BucketAutoDeleteObjects());
  // The mixin adds its tag by another aspect, which an app without `@aws-cdk/core:aspectStabilization` ignores with a warning.
  (bucket.node.defaultChild as s3.CfnBucket).tags.setTag('aws-cdk:auto-delete-objects', 'true');
  Annotations.of(bucket).acknowledgeWarning('@aws-cdk/core:ignoredAspect');
}

/**
 * One statement for all buckets of the account: one a bucket would outgrow the 20 KB of a bucket policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
function allowS3AccessLogs(bucket: s3.Bucket): void {
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'S3AccessLogs',
    principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects(`${ACCESS_LOG_PREFIX}*`)],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(bucket).account } },
  }));
}

/** Says in the template's metadata why cdk-nag's packs should accept this bucket as it is. */
function acknowledgeFor(bucket: s3.Bucket): void {
  const endless = 'It receives access logs; logging its own access would make a log of each log.';
  acknowledge(bucket, { 'AwsSolutions-S1': endless });
  acknowledgeStandards(bucket, {
    S3BucketLoggingEnabled: endless,
    S3DefaultEncryptionKMS: 'S3 and Elastic Load Balancing cannot deliver access logs to a bucket under SSE-KMS; it is under SSE-S3.',
  });
}

/** Throws where a bucket that is to receive logs is encrypted with KMS: the logs would be lost without an error. */
export function refuseKmsLogBucket(path: string, prop: string, bucket: s3.IBucket): void {
  if (bucket.encryptionKey) {
    throw new EncryptionError(path, 'LogBucketUnderKms',
      `'${prop}' cannot be ${bucket.node.path}: it is encrypted with a KMS key, and S3 and Elastic Load Balancing cannot deliver access logs `
      + 'to such a bucket; they would be lost without an error. Leave the prop out (each stack gets one log bucket), or give a bucket '
      + 'with BucketEncryption.S3_MANAGED.');
  }
}
