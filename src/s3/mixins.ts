import { Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { BLOCKED_ENCRYPTION, DSSE_KMS, SSE_KMS } from './defaults';
import { denyOtherEncryption } from '../policy/bucket-statements';
import { denyOldTls, denyPlainHttp } from '../policy/transport-statements';
import { addToResourcePolicyOf } from '../private/resource-policy';

/** Options of the mixin `BucketEncryptionAtRest`. */
export interface BucketEncryptionAtRestOptions {
  /**
   * Encrypts each object twice, with two independent keys (DSSE-KMS). S3 has no bucket key for it, so every object costs
   * KMS requests.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
   */
  readonly dualLayer?: boolean;

  /**
   * One data key for many objects, kept by S3 for a short time: up to 99 % fewer KMS requests.
   *
   * @default - true; not with `dualLayer`, for which S3 has none
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
   */
  readonly bucketKeyEnabled?: boolean;
}

/**
 * Encrypts what is written to a bucket under a KMS key, refuses uploads that name another key or algorithm, and blocks
 * encryption under keys that the caller brings (SSE-C). Objects that are there already stay as they are.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export class BucketEncryptionAtRest extends Mixin {
  /**
   * @param key the customer-managed key, in the bucket's Region
   */
  constructor(private readonly key: kms.IKeyRef, private readonly options: BucketEncryptionAtRestOptions = {}) {
    super();
  }

  /** Supports `CfnBucket`. */
  public supports(construct: IConstruct): boolean {
    return CfnBucket.isCfnBucket(construct);
  }

  /** Sets the default encryption and adds the bucket policy's statements. */
  public applyTo(construct: IConstruct): void {
    if (!CfnBucket.isCfnBucket(construct)) { return; }
    const { keyArn } = this.key.keyRef;
    const sseAlgorithm = this.options.dualLayer ? DSSE_KMS : SSE_KMS;
    construct.bucketEncryption = {
      serverSideEncryptionConfiguration: [{
        serverSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: keyArn },
        bucketKeyEnabled: this.options.dualLayer ? undefined : this.options.bucketKeyEnabled ?? true,
        blockedEncryptionTypes: { encryptionType: BLOCKED_ENCRYPTION },
      }],
    };
    addToResourcePolicyOf(construct, ...denyOtherEncryption([`${construct.attrArn}/*`], sseAlgorithm, keyArn));
  }
}

/**
 * Denies every request to a bucket that does not come over TLS 1.2 or newer.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit
 */
export class BucketTlsOnly extends Mixin {
  /** Supports `CfnBucket`. */
  public supports(construct: IConstruct): boolean {
    return CfnBucket.isCfnBucket(construct);
  }

  /** Adds the two statements to the bucket's policy. */
  public applyTo(construct: IConstruct): void {
    if (!CfnBucket.isCfnBucket(construct)) { return; }
    const bucketAndObjects = [construct.attrArn, `${construct.attrArn}/*`];
    addToResourcePolicyOf(construct, denyPlainHttp(['s3:*'], bucketAndObjects), denyOldTls(bucketAndObjects));
  }
}
