import type * as kms from 'aws-cdk-lib/aws-kms';
import type { LiveDatabaseProps } from './live-database-props';
import { EncryptionError } from '../private/errors';

/** Throws where a live database would be given another key than its own. */
export function requireKeyOfLiveDatabase(path: string, { adoptsLiveDatabase }: LiveDatabaseProps, encryptionKey: kms.IKey | undefined): void {
  if (adoptsLiveDatabase && !encryptionKey) {
    throw new EncryptionError(path, 'LiveDatabaseNeedsItsKey',
      "'encryptionKey' is missing beside 'adoptsLiveDatabase': under a new key CloudFormation would replace the database by an empty one. Give the "
      + 'customer-managed key that the database is encrypted under. One that is not encrypted under such a key cannot be adopted: restore it from a '
      + 'snapshot that is copied under the key.');
  }
}
