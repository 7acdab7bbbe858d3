import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { isCustomerKey, unaliased } from '../kms/near';
import type { Refusal } from '../private/errors';

/** The key under which a secret cannot be. */
export const SECRET_KEY_REFUSALS: ReadonlyArray<Refusal<secretsmanager.SecretProps>> = [{
  prop: 'encryptionKey',
  code: 'SecretNeedsCustomerKey',
  refuses: (key: kms.IKeyRef) => !isCustomerKey(unaliased(key).keyRef.keyArn),
  shows: (key: kms.IKeyRef) => key.keyRef.keyArn.split(':').pop(),
  because: 'no other account can use it, and you do not control who may',
  remedy: 'Leave it out, or give a customer-managed key',
}];
