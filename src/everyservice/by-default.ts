import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DefaultType } from './default-types';
import type { Intent } from './row-intent';
import { effectOf, putUnderKey, rowsOf } from './under-key';
import { whyLeft } from './why-left';
import { EncryptionError, ownerPath } from '../private/errors';
import type { InjectorSettings } from '../private/injector';
import { warn } from '../private/warn';

/** Puts a resource under the key of the defaults, as far as that is in place; what is not is left as it was, with a warning. */
export function encryptByDefault(resource: CfnResource, { keys }: DefaultType, settings: InjectorSettings, removalPolicy?: RemovalPolicy): void {
  const rows = rowsOf(resource).filter(({ key }) => keys === undefined || (key !== undefined && keys.includes(key)));
  const path = ownerPath(resource);
  try {
    putUnderKey(resource, rows, {
      keyFor: () => {
        const why = whyLeft(resource);
        return why === undefined ? settings.keyFor(resource, path, removalPolicy) : leave(resource, path, why);
      },
      mayReplace: (intent) => settings.replaceableResource.has(path) || tellReplacement(resource, path, intent),
      roleWithoutKey: (error) => { throw error; },
      isOneOfMany: () => true,
    });
  } catch (error) {
    if (!(error instanceof EncryptionError)) { throw error; }
    leave(resource, path, error.reason);
  }
}

function leave(resource: IConstruct, path: string, why: string): undefined {
  warn(resource, 'LeftAsItWas', `${path} is left as it was, not encrypted under the KMS key: ${why}`);
}

function tellReplacement(resource: IConstruct, path: string, intent: Intent): false {
  warn(resource, 'EncryptionReplacesResource', `${path} is left as it is, not under a customer-managed key: '${intent.property}' cannot be changed in place, that ${effectOf(intent)}. `
    + 'Copy the data to a new resource under the key; or, where the resource is new, name its path in `replaceableResources`.');
  return false;
}
