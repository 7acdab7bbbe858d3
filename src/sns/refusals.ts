import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { isCustomerKey } from '../kms/near';
import type { Refusal } from '../private/errors';

const UNDER_MANAGED_KEY = {
  code: 'TopicNeedsCustomerKey',
  refuses: (key: kms.IKey) => ![key.keyArn, key.keyId].every(isCustomerKey),
  shows: (key: kms.IKey) => key.keyArn.split(':').pop(),
  because: 'its policy cannot be changed, so no service can ever publish to the topic',
  remedy: 'Leave it out, or give a customer-managed key',
};

/** Values that would make a topic less than encrypted and TLS only. */
export const TOPIC_REFUSALS: ReadonlyArray<Refusal<sns.TopicProps>> = [
  {
    prop: 'enforceSSL',
    code: 'TopicMustEnforceTls',
    refuses: (value) => value === false,
    because: 'an EncryptedTopic answers over TLS only',
    remedy: 'Leave it out, and change publishers to use HTTPS',
  },
  { prop: 'masterKey', ...UNDER_MANAGED_KEY },
];

/** The same by the name that this library uses everywhere. */
export const ENCRYPTION_KEY_REFUSALS: ReadonlyArray<Refusal<{ readonly encryptionKey?: kms.IKey }>> = [{ prop: 'encryptionKey', ...UNDER_MANAGED_KEY }];

/** A subscription in the clear. */
export const OVER_HTTPS: Refusal<{ readonly protocol: sns.SubscriptionProtocol }> = {
  prop: 'protocol',
  code: 'SubscriptionNotOverHttps',
  refuses: (value) => value === sns.SubscriptionProtocol.HTTP,
  because: 'messages would be delivered without TLS',
  remedy: 'Give an endpoint with https://, or subscribe a queue or a function',
};
