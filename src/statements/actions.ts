/**
 * What a key administrator does: everything about the key, nothing with it.
 *
 * The console's list for administrators has `kms:Create*`, which contains `kms:CreateGrant`: with a grant an administrator could
 * allow themselves to decrypt. So the actions are named one by one.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export const ADMINISTRATOR_ACTIONS: readonly string[] = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DeleteImportedKeyMaterial',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyLastUsage',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:GetParametersForImport',
  'kms:ImportKeyMaterial',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:SynchronizeMultiRegionKey',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
  'kms:UpdatePrimaryRegion',
];

/**
 * What a user of a symmetric encryption key does.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-users-crypto
 */
export const ENCRYPT_DECRYPT_ACTIONS: readonly string[] = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:ReEncrypt*',
];

/** What a service does that writes encrypted messages or objects, and what multipart uploads and queues need to read back. */
export const WRITE_ENCRYPTED_ACTIONS: readonly string[] = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/**
 * Grants, as AWS services create them on behalf of a user: EBS, RDS, Lambda and others work through them.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-service-integration
 */
export const GRANT_ACTIONS: readonly string[] = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

/** What destroys a key or makes its data unreadable, temporarily or permanently. */
export const DESTRUCTIVE_ACTIONS: readonly string[] = [
  'kms:DeleteImportedKeyMaterial',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
];

/** What a break-glass principal may do: destroy, and undo it. */
export const BREAK_GLASS_ACTIONS: readonly string[] = [
  ...DESTRUCTIVE_ACTIONS,
  'kms:CancelKeyDeletion',
  'kms:DescribeKey',
  'kms:EnableKey',
];
