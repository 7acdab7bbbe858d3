import type { CfnResource } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { checkKeptKey, isCustomerKey, whyKeyCannotServe } from './near';
import { Completion } from '../completion/registry';
import type { MixinScope } from '../private/mixin-scope';

/**
 * What a mixin for encryption does with a resource: a customer-managed key of its own is checked and kept; one of many whose place the key cannot serve is
 * left, and told; every other one is encrypted.
 *
 * @param own the key that the resource names
 */
export function encryptOrLeave(
  resource: CfnResource, own: string | undefined, key: kms.IKeyRef, scope: MixinScope, encrypt: (isOneOfMany: () => boolean) => void,
): void {
  checkKeptKey(own, resource);
  const isOneOfMany = scope.isOneOfMany(resource);
  const why = isCustomerKey(own) || !isOneOfMany() ? undefined : whyKeyCannotServe(key, resource);
  if (why) { Completion.of(resource).leave(resource, why); } else { encrypt(isOneOfMany); }
}
