import { Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { MultiRegionKey } from './multi-region-key';
import { deployedStack, producesWeakly } from './replica-regions';
import { EncryptionError } from '../private/errors';
import { placeOf } from '../private/place';
import { knownAtSynth } from '../private/tokens';

const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** The key of a multi-Region key in the Region of a copy; `undefined` for another key, and where it has no replica there. */
export function replicaIn(key: kms.IKeyRef | undefined, region: string): kms.IKey | undefined {
  return key instanceof MultiRegionKey ? key._in(region) : undefined;
}

/** Whether a resource of a stack can name the replicas of a key: the replicas' stacks need the stack of their primary. */
export function canNameReplicas(key: kms.IKeyRef | undefined, scope: IConstruct): boolean {
  return !(key instanceof MultiRegionKey) || deployedStack(key) !== deployedStack(scope);
}

/** A copy in another Region, and the key for it. */
interface CopyUnderKey {
  readonly prop: string;
  readonly region: string;
  /** The key of the original. */
  readonly own?: kms.IKeyRef;
  readonly keyArn: string;
}

/**
 * Throws where the key for a copy is in another Region than the copy, or where naming it would be a circle of stacks. Else the stack of the
 * original may read the key's ARN from an output, without a Lambda function.
 */
export function takeReplicaKey(scope: IConstruct, path: string, { prop, region, own, keyArn }: CopyUnderKey): void {
  const { region: home, resource } = placeOf(keyArn, KEYS);
  if (home && knownAtSynth(region) && home !== region) {
    throw new EncryptionError(path, 'KeyInOtherRegion',
      `'${prop}' has a key of ${home} for ${region}: AWS uses a key only in its own Region. Give a key of ${region}, or make \`encryptionKey\` a MultiRegionKey with a replica in ${region}.`);
  }
  if (resource && !canNameReplicas(own, scope)) {
    throw new EncryptionError(path, 'ReplicaKeyNeedsOwnStack',
      `'encryptionKey' is in the stack of ${path}: the replica of the key in ${region} is made after that stack, and is needed before it. Make the MultiRegionKey in a stack of its own.`);
  }
  if (resource && Stack.of(resource) !== Stack.of(scope)) { producesWeakly(resource); }
}
