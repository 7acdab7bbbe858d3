import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BLOCKED_ENCRYPTION, SSE_KMS } from './defaults';

/** The default encryption of a bucket, with encryption under keys that the caller brings blocked. */
export function defaultEncryption(
  byDefault: CfnBucket.ServerSideEncryptionByDefaultProperty, bucketKeyEnabled?: boolean,
): CfnBucket.BucketEncryptionProperty {
  return {
    serverSideEncryptionConfiguration: [{
      serverSideEncryptionByDefault: byDefault,
      bucketKeyEnabled: byDefault.sseAlgorithm === SSE_KMS ? bucketKeyEnabled : undefined,
      blockedEncryptionTypes: { encryptionType: BLOCKED_ENCRYPTION },
    }],
  };
}
