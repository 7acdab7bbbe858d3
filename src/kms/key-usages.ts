import { ENCRYPT_DECRYPT_ACTIONS } from '../statements/actions';

/** What a kind of key is for: which cryptographic operations KMS accepts for it. */
export interface KeyUsageActions {
  /** How an error names what the key does. */
  readonly verb: string;
  /** What its users may do, in its policy. */
  readonly userActions: readonly string[];
  /** Every cryptographic operation that works with it. */
  readonly operations: readonly string[];
}

const PUBLIC_KEY = ['kms:DescribeKey', 'kms:GetPublicKey'];

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html#cryptographic-operations */
export const ENCRYPT_DECRYPT: KeyUsageActions = {
  verb: 'encrypts and decrypts',
  userActions: ENCRYPT_DECRYPT_ACTIONS,
  operations: ['Encrypt', 'Decrypt', 'ReEncrypt', 'GenerateDataKey'],
};

export const ASYMMETRIC_ENCRYPT_DECRYPT: KeyUsageActions = {
  verb: 'encrypts and decrypts with a key pair',
  userActions: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', ...PUBLIC_KEY],
  operations: ['Encrypt', 'Decrypt', 'ReEncrypt', 'GetPublicKey'],
};

export const SIGN_VERIFY: KeyUsageActions = {
  verb: 'signs and verifies',
  userActions: ['kms:Sign', 'kms:Verify', ...PUBLIC_KEY],
  operations: ['Sign', 'Verify', 'GetPublicKey'],
};

export const GENERATE_VERIFY_MAC: KeyUsageActions = {
  verb: 'generates and verifies MACs',
  userActions: ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
  operations: ['GenerateMac', 'VerifyMac'],
};

export const KEY_AGREEMENT: KeyUsageActions = {
  verb: 'derives shared secrets',
  userActions: ['kms:DeriveSharedSecret', ...PUBLIC_KEY],
  operations: ['DeriveSharedSecret', 'GetPublicKey'],
};

/** The longest first: `VerifyMac` begins like `Verify`. */
const ALL_OPERATIONS = [...new Set([ENCRYPT_DECRYPT, ASYMMETRIC_ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT]
  .flatMap(({ operations }) => operations))].sort((a, b) => b.length - a.length);

/** The actions of a grant that are cryptographic operations which KMS refuses for such a key. */
export function impossibleActions(usage: KeyUsageActions, actions: string[]): string[] {
  return actions.filter((action) => {
    const operation = ALL_OPERATIONS.find((name) => action.startsWith(`kms:${name}`));
    return operation !== undefined && !usage.operations.includes(operation);
  });
}
