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

/** Encryption and integrity are required, and neither DES, RC4 nor MD5 accepted. */
export const NETWORK_ENCRYPTION_SETTINGS: Readonly<Record<string, string>> = {
  [ENCRYPTION_SERVER]: REQUIRED,
  'SQLNET.ENCRYPTION_TYPES_SERVER': 'AES256',
  'SQLNET.CRYPTO_CHECKSUM_SERVER': REQUIRED,
  'SQLNET.CRYPTO_CHECKSUM_TYPES_SERVER': 'SHA512,SHA384,SHA256',
  'SQLNET.ALLOW_WEAK_CRYPTO': 'FALSE',
  'SQLNET.ALLOW_WEAK_CRYPTO_CLIENTS': 'FALSE',
};

/** Whether an engine is one of Oracle's: `oracle-ee`, `custom-oracle-ee` … */
export function isOracle(engineType: string): boolean {
  return /(^|-)oracle-/.test(engineType);
}
