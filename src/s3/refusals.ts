import * as s3 from 'aws-cdk-lib/aws-s3';
import { isAliasName, isCustomerKey } from '../kms/near';
import { EncryptionError, Refusal } from '../private/errors';
import { MINIMUM_TLS_VERSION } from '../statements/tls';

/** Values that would make a bucket less than encrypted, private and TLS only. */
export const BUCKET_REFUSALS: ReadonlyArray<Refusal<s3.BucketProps>> = [
  {
    prop: 'enforceSSL',
    code: 'BucketMustEnforceTls',
    refuses: (value) => value === false,
    because: 'an EncryptedBucket answers over TLS only (AWS FSBP S3.5)',
    remedy: 'Leave it out, and change clients to use HTTPS',
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
  website('websiteIndexDocument'),
];

function website(prop: keyof s3.BucketProps): Refusal<s3.BucketProps> {
  return {
    prop,
    code: 'BucketIsWebsite',
    refuses: () => true,
    because: 'S3 website endpoints use plain HTTP only',
    remedy: 'Serve the site through CloudFront with origin access control',
  };
}

/** What an `EncryptedBucket` does by methods of its own, where the props of `s3.Bucket` would leave the key out; and what else makes a website. */
export const CONSTRUCT_REFUSALS: ReadonlyArray<Refusal<s3.BucketProps>> = [
  ...(['replicationRules', 'replicationRole'] as const).map((prop) => ({
    prop,
    code: 'BucketReplicatesByMethod',
    refuses: (value: unknown) => value !== undefined,
    because: 'the role of such rules may not use the key, and S3 then replicates nothing, without an error',
    remedy: 'Call replicateTo(destination), which adds to both key policies',
  })),
  ...(['websiteErrorDocument', 'websiteRedirect', 'websiteRoutingRules'] as const).map(website),
];

/**
 * Throws where a bucket could not deny uploads under other keys: S3 compares the name that an upload gives with the name in the bucket
 * policy, so an alias there would deny whoever names the key by its ARN. In a bucket's default encryption KMS also looks an alias up in
 * the account of whoever uploads.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
 */
export function refuseBucketKey(path: string, keyArn: string): void {
  const name = keyArn.split(':').pop();
  if (!isCustomerKey(keyArn)) {
    throw new EncryptionError(path, 'BucketNeedsCustomerKey',
      `'encryptionKey' cannot be ${name}: its policy cannot be changed, and nobody outside of the account could ever read the bucket. `
      + 'Leave it out, or give a customer-managed key.');
  }
  if (isAliasName(keyArn)) {
    throw new EncryptionError(path, 'BucketKeyIsAlias',
      `'encryptionKey' cannot be ${name}, an alias that another app makes: uploads that name the key by its ARN would be denied, and S3 looks an alias up in the `
      + `account of whoever uploads. Give the key: kms.Key.fromLookup(this, 'Key', { aliasName: '${name}' }), or kms.Key.fromKeyArn().`);
  }
}
