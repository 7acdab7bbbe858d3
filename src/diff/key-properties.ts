import type { Change } from './document';
import type { Pair } from './rows';
import { sameValue } from './sameness';
import type { Sides } from './sides';
import type { Truth } from '../policy/truth';

/** Properties of keys, with what is so where they are left out. */
interface KeyProperty {
  readonly name: string;
  readonly byDefault?: string | number | boolean;
  /**
   * Whether the update of a key fails that changes it.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
   */
  readonly isRefused?: true;
}

const ENABLED: KeyProperty = { name: 'Enabled', byDefault: true };
const PENDING_WINDOW: KeyProperty = { name: 'PendingWindowInDays', byDefault: 30 };

const PROPERTIES: Readonly<Record<string, readonly KeyProperty[]>> = {
  'AWS::KMS::Key': [
    { name: 'KeySpec', byDefault: 'SYMMETRIC_DEFAULT', isRefused: true },
    { name: 'KeyUsage', byDefault: 'ENCRYPT_DECRYPT', isRefused: true },
    { name: 'Origin', byDefault: 'AWS_KMS', isRefused: true },
    { name: 'MultiRegion', byDefault: false, isRefused: true },
    ENABLED,
    { name: 'EnableKeyRotation', byDefault: false },
    { name: 'RotationPeriodInDays', byDefault: 365 },
    PENDING_WINDOW,
  ],
  'AWS::KMS::ReplicaKey': [{ name: 'PrimaryKeyArn', isRefused: true }, ENABLED, PENDING_WINDOW],
  'AWS::KMS::Alias': [{ name: 'AliasName' }, { name: 'TargetKeyId' }],
};

/** A property of a key that changes, or may. */
export interface KeyPropertyChange extends Change {
  readonly isCertain: boolean;
  readonly isRefused: boolean;
  /** The key is turned off. */
  readonly disables: boolean;
}

export const isKeyOrAlias = ({ type }: { readonly type: string }) => Object.hasOwn(PROPERTIES, type);

/** The properties of a key, replica or alias that change. */
export function keyPropertyChanges(pair: Pair, sides: Sides): KeyPropertyChange[] {
  const { old, new: found, isWrittenAlike } = pair;
  return (isKeyOrAlias(found) ? PROPERTIES[found.type] : []).flatMap(({ name, byDefault, isRefused }) => {
    const [was, is] = [old, found].map((resource) => {
      const read = resource.get(name);
      return { resource, read: byDefault === undefined ? read : read.or(byDefault) };
    });
    const same: Truth = sameValue(was, is, sides, isWrittenAlike);
    if (same === 'yes') { return []; }
    return [{
      about: 'key' as const,
      property: name,
      from: old.get(name).shown,
      to: found.get(name).shown,
      isCertain: same === 'no',
      isRefused: isRefused === true,
      disables: name === 'Enabled' && is.read.kind === 'value' && !is.read.isTrue,
      ...(same === 'maybe' ? { note: 'whether it changes is known only when the stack is deployed' } : {}),
    }];
  });
}
