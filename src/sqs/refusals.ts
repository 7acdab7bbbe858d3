import { Duration, Resource } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { LONGEST_DATA_KEY_REUSE_SECONDS, SHORTEST_DATA_KEY_REUSE_SECONDS } from './defaults';
import { isCustomerKey } from '../kms/near';
import type { Refusal } from '../private/errors';

/** Values that would make a queue less than encrypted and TLS only. */
export const QUEUE_REFUSALS: ReadonlyArray<Refusal<sqs.QueueProps>> = [
  {
    prop: 'enforceSSL',
    code: 'QueueMustEnforceTls',
    refuses: (value) => value === false,
    because: 'an EncryptedQueue answers over TLS only',
    remedy: 'Leave it out, and change clients to use HTTPS',
  },
  {
    prop: 'encryption',
    code: 'QueueNeedsCustomerKey',
    refuses: (value) => value !== sqs.QueueEncryption.KMS,
    because: 'an EncryptedQueue is encrypted under a KMS key that you control; under the AWS-managed key no service can send to it',
    remedy: 'Leave it out, and give `encryptionKey` to choose the key',
  },
  {
    prop: 'dataKeyReuse',
    code: 'DataKeyReuseOutOfRange',
    refuses: (value: Duration) => !value.isUnresolved()
      && (value.toSeconds() < SHORTEST_DATA_KEY_REUSE_SECONDS || value.toSeconds() > LONGEST_DATA_KEY_REUSE_SECONDS),
    because: 'SQS accepts 1 minute to 24 hours',
    remedy: 'Choose a period in that range',
  },
  {
    prop: 'deadLetterQueue',
    code: 'DeadLetterQueueNotEncrypted',
    refuses: ({ queue }: sqs.DeadLetterQueue) => Resource.isOwnedResource(queue) && !isUnderCustomerKey(queue),
    shows: ({ queue }: sqs.DeadLetterQueue) => queue,
    because: 'it is not encrypted under a KMS key that you control, and messages end there',
    remedy: 'Leave it out, or make that queue an EncryptedQueue with a `redriveAllowPolicy`',
  },
  {
    prop: 'deadLetterQueue',
    code: 'DeadLetterQueueNotEncrypted',
    refuses: ({ queue }: sqs.DeadLetterQueue) => !Resource.isOwnedResource(queue) && !isUnderCustomerKey(queue),
    shows: ({ queue }: sqs.DeadLetterQueue) => queue,
    because: 'it is imported without a KMS key that you control, and messages end there',
    remedy: 'Leave it out, or say which key it has: sqs.Queue.fromQueueAttributes(this, id, { queueArn, keyArn })',
  },
];

function isUnderCustomerKey({ encryptionMasterKey: key }: sqs.IQueue): boolean {
  return key !== undefined && [key.keyArn, key.keyId].every(isCustomerKey);
}
