/** What somebody can do with a key, or with what it encrypts. */
export type Capability = 'decrypt' | 'encrypt' | 'sign' | 'manage' | 'destroy' | 'grant';

/**
 * The KMS actions of each, the most telling first.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 */
export const CAPABILITIES: Readonly<Record<Capability, readonly string[]>> = {
  decrypt: ['kms:Decrypt', 'kms:ReEncryptFrom'],
  encrypt: ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:ReEncryptTo'],
  sign: ['kms:Sign', 'kms:GenerateMac', 'kms:DeriveSharedSecret'],
  manage: [
    'kms:PutKeyPolicy', 'kms:EnableKey', 'kms:UpdateAlias', 'kms:DisableKeyRotation', 'kms:EnableKeyRotation', 'kms:ReplicateKey', 'kms:UpdatePrimaryRegion',
    'kms:ImportKeyMaterial', 'kms:CancelKeyDeletion',
  ],
  destroy: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'],
  grant: ['kms:CreateGrant'],
};

/** `conditional`: only in requests of some kind, or if another policy allows it too. `unknown`: the templates do not tell. */
export type Certainty = 'yes' | 'conditional' | 'unknown';

/** Who is meant by an answer. */
export type PartyKind = 'role' | 'user' | 'principal' | 'service' | 'account' | 'organization' | 'anybody' | 'unknown';

/** One answer to the question who can do what. */
export interface Access {
  /** The key or resource, by construct path or logical id. */
  readonly of: string;
  readonly can: Capability;
  /** A role or user by construct path or logical id, else by ARN; a service by its principal; an account by its number. */
  readonly who: string;
  readonly kind: PartyKind;
  /** The statement that allows it, and the policy in which it stands. */
  readonly by: string;
  readonly certainty: Certainty;
  /** The account of `who`, where it is known. */
  readonly account?: string;
  /** The ARN of a role, user or principal, as far as it is known. */
  readonly arn?: string;
  /** The service through which requests must come, as `s3.us-east-1.amazonaws.com`. */
  readonly through?: string;
  /** What a request must have. */
  readonly conditions: readonly string[];
  /** What else must be so, or why it is not known. */
  readonly note?: string;
}

/** What no template shows, and what could allow more or less. */
export const NOT_SEEN = [
  'service control policies and resource control policies',
  'VPC endpoint policies and session policies',
  'grants that exist already',
  'roles, users and policies that are not in these templates',
];
