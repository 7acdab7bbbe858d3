import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { EncryptionError, Refusal, refuse } from '../private/errors';
import { knownAtSynth } from '../private/tokens';

export type SpecialKeyProps = kms.KeyProps & KeyAccessProps;

/** What a kind of key accepts. */
export interface KeyKind {
  /** The name of the class, for errors. */
  readonly name: string;
  readonly usage: kms.KeyUsage;
  readonly specs: readonly kms.KeySpec[];
  /** How an error names the class for another usage. */
  readonly does: string;
}

/** Throws where KMS, or good sense, refuses the combination. Gives the spec. */
export function specFor(scope: IConstruct, path: string, kind: KeyKind, props: SpecialKeyProps, byDefault: kms.KeySpec): kms.KeySpec {
  refuse(path, props, refusals(kind));
  const spec = props.keySpec ?? byDefault;
  const region = knownAtSynth(Stack.of(scope).region);
  if (spec === kms.KeySpec.SM2 && region !== undefined && !region.startsWith('cn-')) {
    throw new EncryptionError(path, 'KeySpecOnlyInChina',
      `'keySpec' cannot be 'SM2' in ${region}: KMS supports it only in the Regions of China. Choose another spec.`);
  }
  return spec;
}

function refusals({ name, usage, specs, does }: KeyKind): Array<Refusal<SpecialKeyProps>> {
  const noRotation = {
    because: `KMS does not rotate the material of a ${name}`,
    remedy: 'Leave it out; to rotate, make a new key and point the alias at it',
  };
  return [
    { prop: 'enableKeyRotation', code: 'KeyCannotRotate', refuses: (value) => value === true, ...noRotation },
    { prop: 'rotationPeriod', code: 'KeyCannotRotate', refuses: () => true, ...noRotation },
    {
      prop: 'keyUsage',
      code: 'KeyUsageOfAnotherClass',
      refuses: (value) => value !== usage,
      because: `a ${name} ${does}`,
      remedy: 'Leave it out, or use the class for that usage: EncryptionKey, AsymmetricEncryptionKey, SigningKey, MacKey, KeyAgreementKey',
    },
    {
      prop: 'keySpec',
      code: 'KeySpecOfAnotherClass',
      refuses: (value) => !specs.includes(value),
      because: `a ${name} ${does}`,
      remedy: `Choose one of ${specs.join(', ')}`,
    },
    {
      prop: 'policy',
      code: 'KeyPolicyIsBuilt',
      refuses: () => true,
      because: `${name} builds its least-privilege policy itself`,
      remedy: 'Use `administrators` and `users`, and addToResourcePolicy() for what they do not cover',
    },
  ];
}
