/**
 * Server-side encryption under a KMS key, and under two layers of it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
 */
export const SSE_KMS = 'aws:kms';
export const DSSE_KMS = 'aws:kms:dsse';

/** Server-side encryption under S3's own keys: for buckets that receive access logs, and no other. */
export const SSE_S3 = 'AES256';

/**
 * Encryption with a key that the caller brings and AWS does not keep: nobody else can then audit or read the object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
 */
export const BLOCKED_ENCRYPTION = ['SSE-C'];

/** How long an overwritten or deleted object version can be brought back, unless the caller gives lifecycle rules. */
export const NONCURRENT_VERSION_EXPIRATION_DAYS = 90;

/** Where in the shared log bucket S3 writes its access logs. */
export const ACCESS_LOG_PREFIX = 's3/';

/**
 * What S3 promises with Replication Time Control, and the one value that it takes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
 */
export const REPLICATION_TIME_CONTROL_MINUTES = 15;
