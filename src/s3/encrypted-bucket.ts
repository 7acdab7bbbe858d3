import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accessLogBucket, refuseKmsLogBucket } from './access-log-bucket';
import { ACCESS_LOG_PREFIX, NONCURRENT_VERSION_EXPIRATION_DAYS } from './defaults';
import { BucketEncryptionAtRest, BucketTlsOnly } from './mixins';
import { BUCKET_REFUSALS } from './refusals';
import { EncryptionKey } from '../kms/encryption-key';
import { pathOf, refuse } from '../private/errors';
import { asProtected } from '../private/injector';

/** Properties of `EncryptedBucket`. */
export interface EncryptedBucketProps extends s3.BucketProps {
  /**
   * Encrypts each object twice, with two independent keys (DSSE-KMS), where a rule asks for it. No bucket key then.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
   */
  readonly dualLayer?: boolean;
}

/**
 * A bucket whose objects are encrypted under a customer-managed KMS key, that answers only over TLS 1.2 or newer and to
 * nobody in public, that keeps versions, logs who reads it, and stays when its stack goes.
 *
 * Takes every prop of `s3.Bucket`; a value that would weaken these guarantees is an error.
 */
export class EncryptedBucket extends s3.Bucket {
  /** The key under which objects are encrypted. */
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps = {}) {
    const path = pathOf(scope, id);
    refuse(path, props, BUCKET_REFUSALS);
    if (props.serverAccessLogsBucket) { refuseKmsLogBucket(path, 'serverAccessLogsBucket', props.serverAccessLogsBucket); }
    const { encryption, encryptionKey, bucketKeyEnabled, dualLayer, enforceSSL, minimumTLSVersion, accessControl, ...inherited } = props;
    super(scope, id, asProtected({
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_EXPIRATION_DAYS) }],
      versioned: true,
      ...inherited,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', { description: `Encrypts the bucket ${path}` });
    this.with(
      new BucketEncryptionAtRest(this.encryptionKey, {
        bucketKeyEnabled, dualLayer: dualLayer ?? encryption === s3.BucketEncryption.DSSE, receivesLogs: false,
      }),
      new BucketTlsOnly(),
    );
    if (!props.serverAccessLogsBucket) { this.logAccessTo(accessLogBucket(this)); }
  }

  private logAccessTo(logBucket: s3.Bucket): void {
    (this.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
      destinationBucketName: logBucket.bucketName,
      logFilePrefix: ACCESS_LOG_PREFIX,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
  }
}
