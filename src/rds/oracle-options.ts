/**
 * The option by which Oracle encrypts every connection. The other one, SSL, opens a second port and leaves the first in the
 * clear, and cannot stand beside this one.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html
 */
export const NETWORK_ENCRYPTION = 'NATIVE_NETWORK_ENCRYPTION';
export const SSL_OPTION = 'SSL';

/** The setting that refuses clients which do not encrypt, and its only value that does. */
export const ENCRYPTION_SERVER = 'SQLNET.ENCRYPTION_SERVER';
export const REQUIRED = 'REQUIRED';

const AES = ['AES256', 'AES192', 'AES128'];
const SHA2 = ['SHA512', 'SHA384', 'SHA256'];
/** A database that connects to another one, over a database link, may not turn encryption off. */
const NOT_REJECTED = ['REQUIRED', 'REQUESTED', 'ACCEPTED'];

/** What a setting of the option may be, and what it is set to where it is left out. */
export interface NetworkEncryptionSetting {
  readonly name: string;
  /** The values that are strong enough, as RDS writes them. */
  readonly allowed: readonly string[];
  /** The value may be a comma-separated list, each item of which must be strong enough. */
  readonly list?: boolean;
  /** The value that this library sets; left out where RDS's own default is strong enough. */
  readonly set?: string;
}

/**
 * Encryption and integrity are required, and neither DES, 3DES, RC4, MD5 nor SHA-1 is accepted. Looked up on 2026-11-25: by default
 * RDS only requests encryption, and accepts all of them.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html
 */
export const NETWORK_ENCRYPTION_SETTINGS: readonly NetworkEncryptionSetting[] = [
  { name: ENCRYPTION_SERVER, allowed: [REQUIRED], set: REQUIRED },
  { name: 'SQLNET.ENCRYPTION_TYPES_SERVER', allowed: AES, list: true, set: 'AES256' },
  { name: 'SQLNET.CRYPTO_CHECKSUM_SERVER', allowed: [REQUIRED], set: REQUIRED },
  { name: 'SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER', allowed: SHA2, list: true, set: 'SHA512,SHA384,SHA256' },
  { name: 'SQLNET.ALLOW_WEAK_CRYPTO', allowed: ['FALSE'], set: 'FALSE' },
  { name: 'SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS', allowed: ['FALSE'], set: 'FALSE' },
  { name: 'SQLNET.ENCRYPTION_CLIENT', allowed: NOT_REJECTED },
  { name: 'SQLNET.ENCRYPTION_TYPES_CLIENT', allowed: AES, list: true },
  { name: 'SQLNET.CRYPTO_CHECKSUM_CLIENT', allowed: NOT_REJECTED },
  { name: 'SQLNET.CRYPTO_CHECKSUM_TYPES_CLIENT', allowed: SHA2, list: true },
];

/** Whether a value of a setting is strong enough. */
export function isStrongSetting({ allowed, list }: NetworkEncryptionSetting, value: string): boolean {
  const values = list ? value.split(',') : [value];
  return values.every((item) => allowed.includes(item.trim().toUpperCase()));
}

/** Settings of which RDS wants the server's list and the client's to have one algorithm in common. */
export const LISTS_IN_COMMON: ReadonlyArray<readonly [string, string]> = [
  ['SQLNET.ENCRYPTION_TYPES_SERVER', 'SQLNET.ENCRYPTION_TYPES_CLIENT'],
  ['SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER', 'SQLNET.CRYPTO_CHECKSUM_TYPES_CLIENT'],
];

/** Whether an engine is one of Oracle's: `oracle-ee`, `custom-oracle-ee` … */
export function isOracle(engineType: string): boolean {
  return /(^|-)oracle-/.test(engineType);
}
