import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Refusal } from '../private/errors';

export interface RefusedProps {
  readonly storageEncryptionKey?: kms.IKeyRef;
  readonly performanceInsightEncryptionKey?: kms.IKeyRef;
  readonly storageEncrypted?: boolean;
  readonly publiclyAccessible?: boolean;
}

/** Values that would make a database less than encrypted and private. */
export const INSECURE_DATABASE: ReadonlyArray<Refusal<RefusedProps>> = [
  {
    prop: 'storageEncrypted',
    code: 'DatabaseMustBeEncrypted',
    refuses: (value) => value === false,
    because: 'the storage is always encrypted (AWS FSBP RDS.3)',
    remedy: 'Leave it out',
  },
  {
    prop: 'publiclyAccessible',
    code: 'DatabaseIsPublic',
    refuses: (value) => value === true,
    because: 'an encrypted database has no public address (AWS FSBP RDS.2)',
    remedy: 'Leave it out, and reach the database from inside of the VPC',
  },
];

/** What neither an encrypted instance nor an encrypted cluster accepts. */
export const REFUSED_FOR_DATABASES: ReadonlyArray<Refusal<RefusedProps>> = [
  ...INSECURE_DATABASE,
  {
    prop: 'storageEncryptionKey',
    code: 'DatabaseHasOneKey',
    refuses: () => true,
    because: 'one key encrypts all that belongs to the database',
    remedy: 'Give it as `encryptionKey`',
  },
  {
    prop: 'performanceInsightEncryptionKey',
    code: 'DatabaseHasOneKey',
    refuses: () => true,
    because: 'one key encrypts all that belongs to the database',
    remedy: 'Give it as `encryptionKey`',
  },
];
