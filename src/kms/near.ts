import * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { namesManagedKey } from './keys';
import { MultiRegionKey } from './multi-region-key';

/**
 * The key to use for a resource: of a multi-Region key the one in the resource's Region, and of an alias that this app makes its
 * key, so that the resource waits for it.
 */
export function nearestKey(key: kms.IKeyRef, resource: IConstruct): kms.IKeyRef {
  if (key instanceof kms.Alias) { return nearestKey(key.aliasTargetKey, resource); }
  return key instanceof MultiRegionKey ? key.keyIn(resource) : key;
}

/** Whether a key that a resource names already is one that its owner controls, and not one that AWS manages. */
export function isCustomerKey(key: string | undefined): key is string {
  return key !== undefined && key !== '' && !namesManagedKey(key);
}
