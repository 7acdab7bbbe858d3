import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accessLogBucket, refuseKmsLogBucket } from './access-log-bucket';
import { ACCESS_LOG_PREFIX, NONCURRENT_VERSION_EXPIRATION_DAYS } from './defaults';
import { BucketEncryptionAtRest, BucketTlsOnly } from './mixins';
import { EncryptionKey } from '../kms/encryption-key';
import { MINIMUM_TLS_VERSION } from '../policy/tls';
import { pathOf, Refusal, refuse } from '../private/errors';

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

const REFUSED: ReadonlyArray<Refusal<EncryptedBucketProps>> = [
  {
    prop: 'enforceSSL',
    code: 'BucketMustEnforceTls',
    refuses: (value) => value === false,
    because: 'an EncryptedBucket answers over TLS only (AWS FSBP S3.5)',
    remedy: 'Leave it out; a client that speaks plain HTTP must be mended',
  },
  {
    prop: 'minimumTLSVersion',
    code: 'BucketTlsTooOld',
    refuses: (value) => typeof value === 'number' && value < MINIMUM_TLS_VERSION,
    because: `an EncryptedBucket accepts TLS ${MINIMUM_TLS_VERSION} or newer`,
    remedy: 'Leave it out',
  },
  {
    prop: 'encryption',
    code: 'BucketNeedsCustomerKey',
    refuses: (value) => ![s3.BucketEncryption.KMS, s3.BucketEncryption.DSSE].includes(value),
    because: 'an EncryptedBucket is encrypted under a KMS key that you control (AWS FSBP S3.17)',
    remedy: 'Leave it out, and give `encryptionKey` to choose the key',
  },
  {
    prop: 'publicReadAccess',
    code: 'BucketIsPublic',
    refuses: (value) => value === true,
    because: 'an EncryptedBucket is never public (AWS FSBP S3.2)',
    remedy: 'Leave it out; publish through CloudFront with origin access control',
  },
  {
    prop: 'blockPublicAccess',
    code: 'BucketIsPublic',
    refuses: (value: s3.BlockPublicAccess) => ![value.blockPublicAcls, value.blockPublicPolicy, value.ignorePublicAcls, value.restrictPublicBuckets]
      .every((blocked) => blocked === true),
    because: 'an EncryptedBucket blocks all public access (AWS FSBP S3.8)',
    remedy: 'Leave it out or give s3.BlockPublicAccess.BLOCK_ALL',
  },
  {
    prop: 'accessControl',
    code: 'BucketHasAcl',
    refuses: (value) => value !== s3.BucketAccessControl.PRIVATE,
    because: 'access control lists are off in an EncryptedBucket (AWS FSBP S3.12)',
    remedy: 'Leave it out and grant by policy',
  },
  {
    prop: 'objectOwnership',
    code: 'BucketHasAcl',
    refuses: (value) => value !== s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    because: 'the owner of an EncryptedBucket owns every object in it (AWS FSBP S3.12)',
    remedy: 'Leave it out',
  },
  {
    prop: 'websiteIndexDocument',
    code: 'BucketIsWebsite',
    refuses: () => true,
    because: 'S3 website endpoints speak plain HTTP only',
    remedy: 'Serve the site through CloudFront with origin access control',
  },
];

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
    refuse(path, props, REFUSED);
    if (props.serverAccessLogsBucket) { refuseKmsLogBucket(path, 'serverAccessLogsBucket', props.serverAccessLogsBucket); }
    const { encryption, encryptionKey, bucketKeyEnabled, dualLayer, enforceSSL, minimumTLSVersion, accessControl, ...inherited } = props;
    super(scope, id, {
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_EXPIRATION_DAYS) }],
      versioned: true,
      ...inherited,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    });
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
