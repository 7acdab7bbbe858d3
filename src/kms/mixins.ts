import { Duration, Mixin } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { DEFAULT_ROTATION_DAYS } from './defaults';
import { KEY_ROTATION } from './prop-shapes';
import { checkRotationPeriod } from './rotation-period';
import { refuseTarget } from '../private/mixin-target';
import { checkProps } from '../private/props';
import { knownAtSynth } from '../private/tokens';

/** Options of the mixin `KeyRotation`. */
export interface KeyRotationOptions {
  /**
   * How often KMS makes new key material: 90 to 2560 days, whole days.
   *
   * @default - what the key has already, else 365 days
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html#cfn-kms-key-rotationperiodindays
   */
  readonly rotationPeriod?: Duration;
}

/**
 * Turns on automatic rotation for symmetric encryption keys whose material KMS makes; every other key is left as it is,
 * because KMS cannot rotate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class KeyRotation extends Mixin {
  constructor(private readonly options: KeyRotationOptions = {}) {
    super();
    checkProps('KeyRotation', options, KEY_ROTATION);
  }

  /** Supports `CfnKey`. */
  public supports(construct: IConstruct): boolean {
    return CfnKey.isCfnKey(construct);
  }

  /** Turns rotation on. Throws where the period is outside of what KMS accepts. */
  public applyTo(construct: IConstruct): void {
    if (!CfnKey.isCfnKey(construct)) { refuseTarget('KeyRotation', construct, 'keys (AWS::KMS::Key)'); }
    if (!canRotate(construct)) { return; }
    const days = this.options.rotationPeriod;
    checkRotationPeriod(construct.node.path, days);
    construct.enableKeyRotation = true;
    construct.rotationPeriodInDays = days?.toDays() ?? construct.rotationPeriodInDays ?? DEFAULT_ROTATION_DAYS;
  }
}

/** Automatic rotation is for symmetric encryption keys with KMS's own material. */
function canRotate(key: CfnKey): boolean {
  const keySpec = key.keySpec ?? 'SYMMETRIC_DEFAULT';
  return knownAtSynth(keySpec) === 'SYMMETRIC_DEFAULT' && knownAtSynth(key.origin ?? 'AWS_KMS') === 'AWS_KMS';
}
