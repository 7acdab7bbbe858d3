import { CfnResource, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { checkKeyPlace } from './key-place';
import { namesManagedKey } from './keys';
import { MultiRegionKey } from './multi-region-key';
import { EncryptionError, ownerPath } from '../private/errors';
import { referenceIn } from '../private/place';
import { knownAtSynth } from '../private/tokens';

/**
 * The key to use for a resource: of a multi-Region key the one in the resource's Region, and of an alias that this app makes its
 * key, so that the resource waits for it. Throws where that key is in another Region.
 *
 * @param resource the resource, or the construct in which it is to be made at `path`
 */
export function nearestKey(key: kms.IKeyRef, resource: IConstruct, path = ownerPath(resource)): kms.IKeyRef {
  if (key instanceof kms.Alias) { return nearestKey(key.aliasTargetKey, resource, path); }
  const near = key instanceof MultiRegionKey ? key.keyIn(resource) : key;
  checkKeyPlace(path, resource, near.keyRef.keyArn);
  return near;
}

/** Why a key cannot be used for a resource, as `nearestKey` says it, without the path. */
export function whyKeyCannotServe(key: kms.IKeyRef, resource: IConstruct): string | undefined {
  try {
    nearestKey(key, resource);
    return undefined;
  } catch (error) {
    if (!(error instanceof EncryptionError)) { throw error; }
    return error.reason;
  }
}

/** The key behind an alias that this app makes; every other key as it is. */
export function unaliased(key: kms.IKeyRef): kms.IKeyRef {
  return key instanceof kms.Alias ? unaliased(key.aliasTargetKey) : key;
}

/** Whether a key that a resource names already is one that its owner controls, and not one that AWS manages. */
export function isCustomerKey(key: string | undefined): key is string {
  return key !== undefined && key !== '' && !namesManagedKey(key);
}

/** Whether a key is named by an alias, and not by its own ARN or id. */
export function isAliasName(key: string): boolean {
  return /(^|:)alias\/[\w/-]+$/.test(key);
}

/**
 * The key that a resource names already: where it is named by an alias that this app makes, the key behind it. An alias of another
 * app stays a name; which key it stands for is known only to KMS.
 */
export function keptKey(key: string, resource: IConstruct): string {
  const name = aliasIn(key, resource);
  const alias = name === undefined ? undefined : aliasNamed(name, resource);
  return alias ? behind(alias) : key;
}

/** Throws where the key that a resource names already is in another Region; see `checkKeyPlace`. */
export function checkKeptKey(key: string | undefined, resource: IConstruct): void {
  if (isCustomerKey(key)) { checkKeyPlace(ownerPath(resource), resource, keptKey(key, resource)); }
}

/** `alias/…` of an alias name or ARN, as text or by reference. */
function aliasIn(key: string, resource: IConstruct): string | undefined {
  const target = targetOf(key);
  if (kms.CfnAlias.isCfnAlias(target)) { return knownAtSynth(target.aliasName); }
  const name: unknown = Stack.of(resource).resolve(key.split(':').pop());
  return typeof name === 'string' && isAliasName(name) ? name : undefined;
}

function aliasNamed(name: string, resource: IConstruct): kms.CfnAlias | undefined {
  const { region, account } = Stack.of(resource);
  return resource.node.root.node.findAll().find((construct): construct is kms.CfnAlias => kms.CfnAlias.isCfnAlias(construct)
    && construct.aliasName === name && Stack.of(construct).region === region && Stack.of(construct).account === account);
}

function behind(alias: kms.CfnAlias): string {
  const key = targetOf(alias.targetKeyId);
  if (kms.CfnKey.isCfnKey(key) || kms.CfnReplicaKey.isCfnReplicaKey(key)) { return key.attrArn; }
  const id = knownAtSynth(alias.targetKeyId);
  return id === undefined || id.startsWith('arn:') ? alias.targetKeyId : Stack.of(alias).formatArn({ service: 'kms', resource: 'key', resourceName: id });
}

function targetOf(text: string): CfnResource | undefined {
  const target = referenceIn(text)?.target;
  return target && CfnResource.isCfnResource(target) ? target : undefined;
}
