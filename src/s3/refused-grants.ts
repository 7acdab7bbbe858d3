import type * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptionError } from '../private/errors';

/**
 * A request without a signature cannot use a KMS key, so a public object under one is readable for nobody.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
function refusePublicAccess(path: string): never {
  throw new EncryptionError(path, 'BucketIsPublic', 'grantPublicAccess() cannot allow everybody to read an encrypted bucket (AWS FSBP S3.2): requests that are not signed cannot use '
    + 'its key, so they would fail. Publish through CloudFront with origin access control: `bucket.allowReadFrom(BucketReader.cloudFront(distribution))`.');
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function refuseAcl(path: string): never {
  throw new EncryptionError(path, 'BucketHasAcl', 'grantPutAcl() has no effect: access control lists are off in an EncryptedBucket (AWS FSBP S3.12), and S3 refuses '
    + 'requests that set one. Use grantPut().');
}

/** The grants of a bucket, of which those that could never work are errors. */
export function withoutUseless(grants: s3.BucketGrants, path: string): s3.BucketGrants {
  return Object.assign(grants, { publicAccess: () => refusePublicAccess(path), putAcl: () => refuseAcl(path) });
}
