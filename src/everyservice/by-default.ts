import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { keyOfOutput, outputOf } from './build-output';
import type { DefaultType } from './default-types';
import type { Intent } from './row-intent';
import { effectOf, putUnderKey, rowsOf } from './under-key';
import { whyLeft } from './why-left';
import { Completion } from '../completion/registry';
import { EncryptionError, ownerPath } from '../private/errors';
import { InjectorSettings, withException } from '../private/injector';
import { warn, warnInPlaceOf } from '../private/warn';

/** Puts a resource under the key of the defaults, as far as that is in place; what is not is left as it was, with a warning. */
export function encryptByDefault(
  resource: CfnResource, { type, keys, classes }: DefaultType, settings: InjectorSettings, removalPolicy?: RemovalPolicy,
): void {
  const rows = rowsOf(resource).filter(({ key }) => keys === undefined || (key !== undefined && keys.includes(key)));
  const path = ownerPath(resource);
  const encrypt = (key: () => kms.IKeyRef | string) => leaveWhatCannotBe(resource, path, () => putUnderKey(resource, rows, {
    keyFor: () => {
      const found = key();
      return typeof found === 'string' ? leave(resource, path, found) : found;
    },
    mayReplace: (intent) => settings.replaceableResource.has(path) || tellReplacement(resource, path, intent),
    // The props of a class were judged when it was made, and it writes more than the code says.
    mayOverride: (intent) => classes.length > 0 || refuseWhatIsSaid(resource, path, intent, settings),
    roleWithoutKey: (error) => { throw error; },
    isOneOfMany: () => true,
  }));
  const output = type === 'CodeBuild::Project' ? outputOf(resource) : 'none';
  if (output === 'bucket') {
    // Buckets get their keys later.
    Completion.of(resource).whenEncrypted(() => encrypt(() => keyOfOutput(resource) ?? OUTPUT_WITHOUT_KEY));
  } else {
    encrypt(() => (output === 'pipeline' ? OUTPUT_OF_PIPELINE : whyLeft(resource) ?? settings.keyFor(resource, path, removalPolicy)));
  }
}

const OUTPUT_WITHOUT_KEY = 'whoever reads its artifacts or logs in a bucket would need the key. Put the bucket under a key of the app, or give the project the key of the bucket as `encryptionKey`';
const OUTPUT_OF_PIPELINE = 'its artifacts are for a pipeline, which reads them with the key of its artifact bucket. Give that bucket a key: the CDK gives it to the project';

function leaveWhatCannotBe(resource: IConstruct, path: string, encrypt: () => void): void {
  try {
    encrypt();
  } catch (error) {
    if (!(error instanceof EncryptionError)) { throw error; }
    leave(resource, path, error.reason);
  }
}

/** What an L1 says comes from the code. */
function refuseWhatIsSaid(resource: IConstruct, path: string, { says }: Intent, settings: InjectorSettings): false {
  const error = new EncryptionError(path, 'MustBeEncrypted', `'${says!.property}' cannot be ${says!.value}: the data is always encrypted. Leave it out.`);
  if (settings.warnOfInsecureProps) { warnInPlaceOf(error, resource); } else { settings.refuse(resource, withException(error)); }
  return false;
}

function leave(resource: IConstruct, path: string, why: string): undefined {
  warn(resource, 'LeftAsItWas', `${path} is left as it was, not encrypted under the KMS key: ${why}`);
}

function tellReplacement(resource: IConstruct, path: string, intent: Intent): false {
  warn(resource, 'EncryptionReplacesResource', `${path} is left as it is, not under a customer-managed key: '${intent.property}' cannot be changed in place, that ${effectOf(intent)}. `
    + 'Copy the data to a new resource under the key; or, where the resource is new, name its path in `replaceableResources`.');
  return false;
}
