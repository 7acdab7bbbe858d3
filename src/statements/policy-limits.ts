/**
 * The size of a key policy document that KMS refuses to exceed.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html#key-policy-limit
 */
export const KEY_POLICY_LIMIT_BYTES = 32768;

/**
 * The size of a bucket policy that S3 refuses to exceed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
export const BUCKET_POLICY_LIMIT_BYTES = 20480;

/**
 * What IAM takes: the inline policies of one role, user or group together, without white space.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const INLINE_POLICIES_LIMIT: Readonly<Record<string, number>> = { 'AWS::IAM::Role': 10240, 'AWS::IAM::User': 2048, 'AWS::IAM::Group': 5120 };

/** Of a managed policy, on the same page. */
export const MANAGED_POLICY_LIMIT = 6144;
