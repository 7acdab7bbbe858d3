import { Resource } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { isCustomerKey, unaliased } from '../kms/near';
import type { Refusal } from '../private/errors';

const UNDER_MANAGED_KEY = {
  code: 'TableNeedsCustomerKey',
  refuses: (key: kms.IKeyRef) => !isCustomerKey(unaliased(key).keyRef.keyArn),
  shows: (key: kms.IKeyRef) => key.keyRef.keyArn.split(':').pop(),
  because: 'you do not control who may use it',
  remedy: 'Leave it out, or give a customer-managed key',
};

/** What `TableEncryptionV2` shows of itself. */
type Encryption = dynamodb.TableEncryptionV2 & { readonly type: dynamodb.TableEncryption };

/** Where every change of an item goes. */
export const STREAM_IN_THE_CLEAR: Refusal<{ readonly kinesisStream?: kinesis.IStream }> = {
  prop: 'kinesisStream',
  code: 'TableStreamNotEncrypted',
  refuses: (stream: kinesis.IStream) => Resource.isOwnedResource(stream) && stream.encryptionKey === undefined,
  because: 'it is not encrypted under a KMS key that you control, and every change of an item goes there',
  remedy: 'Give the stream an `encryptionKey`, or leave it out',
};

/** Values that would make a table less than encrypted under a key of yours. */
export const TABLE_V2_REFUSALS: ReadonlyArray<Refusal<dynamodb.TablePropsV2>> = [
  {
    prop: 'encryption',
    code: 'TableNeedsCustomerKey',
    refuses: ({ type }: Encryption) => type !== dynamodb.TableEncryption.CUSTOMER_MANAGED,
    shows: ({ type }: Encryption) => type,
    because: 'an EncryptedTable is encrypted under a KMS key that you control',
    remedy: 'Leave it out, and give `encryptionKey` to choose the key',
  },
  STREAM_IN_THE_CLEAR,
];

/** The same by the name that this library uses everywhere. */
export const TABLE_KEY_REFUSALS: ReadonlyArray<Refusal<{ readonly encryptionKey?: kms.IKey }>> = [{ prop: 'encryptionKey', ...UNDER_MANAGED_KEY }];

/** The older class. */
export const TABLE_REFUSALS: ReadonlyArray<Refusal<dynamodb.TableProps>> = [
  {
    prop: 'encryption',
    code: 'TableNeedsCustomerKey',
    refuses: (value) => value !== dynamodb.TableEncryption.CUSTOMER_MANAGED,
    because: 'a table is encrypted under a KMS key that you control',
    remedy: 'Leave it out, and give `encryptionKey` to choose the key',
  },
  { prop: 'encryptionKey', ...UNDER_MANAGED_KEY },
  STREAM_IN_THE_CLEAR,
];
