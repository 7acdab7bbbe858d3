import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { isAliasName, isCustomerKey, unaliased } from '../kms/near';
import type { Refusal } from '../private/errors';

/** Keys that CloudWatch Logs does not take. */
export const LOG_GROUP_REFUSALS: ReadonlyArray<Refusal<logs.LogGroupProps>> = [
  {
    prop: 'encryptionKey',
    code: 'LogGroupNeedsCustomerKey',
    refuses: (key: kms.IKeyRef) => !isCustomerKey(unaliased(key).keyRef.keyArn),
    shows: (key: kms.IKeyRef) => key.keyRef.keyArn.split(':').pop(),
    because: 'CloudWatch Logs encrypts log groups under customer-managed keys only',
    remedy: 'Leave it out, or give a customer-managed key',
  },
  {
    prop: 'encryptionKey',
    code: 'LogGroupNeedsKeyArn',
    refuses: (key: kms.IKeyRef) => isAliasName(unaliased(key).keyRef.keyArn),
    shows: (key: kms.IKeyRef) => key.keyRef.keyArn.split(':').pop(),
    because: 'CloudWatch Logs takes the ARN of a key, and not an alias of another app',
    remedy: 'Import the key itself: `kms.Key.fromKeyArn(this, \'Key\', \'arn:aws:kms:…\')`',
  },
];
