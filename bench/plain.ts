import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { plainKey } from '../examples/side-by-side/key.plain';
import { denyPlainHttpAndOldTls, plainLogBucket } from '../examples/side-by-side/logs.plain';
import { EncryptedBucket, EncryptedQueue, EncryptionKey } from '../src';

/** Each pair of a bucket and a queue is six resources; the key, the log bucket and its policy are three. */
export const resourcesOf = (pairs: number) => 6 * pairs + 3;

export function ours(stack: Stack, pairs: number): void {
  const encryptionKey = new EncryptionKey(stack, 'Key');
  for (let n = 0; n < pairs; n++) {
    new EncryptedBucket(stack, `Bucket${n}`, { encryptionKey });
    new EncryptedQueue(stack, `Queue${n}`, { encryptionKey });
  }
}

/** The same template by aws-cdk-lib alone, written as a careful person writes it. */
export function plain(stack: Stack, pairs: number): void {
  const key = plainKey(stack, 'Key', 'Encrypts data of Stack/Key');
  const logs = plainLogBucket(stack);
  for (let n = 0; n < pairs; n++) {
    plainBucket(stack, `Bucket${n}`, key, logs);
    plainQueue(stack, `Queue${n}`, key);
  }
}

function plainBucket(stack: Stack, id: string, key: kms.IKey, logs: s3.IBucket): void {
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
  const refused = [
    ['DenyOtherEncryption', 'StringNotEquals', 's3:x-amz-server-side-encryption', 'aws:kms'],
    ['DenyOtherKey', 'ArnNotEquals', 's3:x-amz-server-side-encryption-aws-kms-key-id', key.keyArn],
  ];
  for (const [sid, operator, header, value] of refused) {
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid,
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { Null: { [header]: 'false' }, [operator]: { [header]: value } },
    }));
  }
  denyPlainHttpAndOldTls(bucket);
}

function plainQueue(stack: Stack, id: string, key: kms.IKey): void {
  const common = { encryptionMasterKey: key, encryption: sqs.QueueEncryption.KMS, dataKeyReuse: Duration.minutes(5) };
  const deadLetterQueue = new sqs.Queue(stack, `${id}Dead`, {
    ...common,
    retentionPeriod: Duration.days(14),
    redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
  });
  const queue = new sqs.Queue(stack, id, { ...common, deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 } });
  for (const one of [deadLetterQueue, queue]) {
    one.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'DenyPlainHttp',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['sqs:*'],
      resources: [one.queueArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
  }
}
