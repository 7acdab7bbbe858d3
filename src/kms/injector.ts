import * as kms from 'aws-cdk-lib/aws-kms';
import type { Refusal } from '../private/errors';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

const REFUSALS: ReadonlyArray<Refusal<kms.KeyProps>> = [{
  prop: 'enableKeyRotation',
  code: 'KeyMustRotate',
  refuses: (value) => value === false,
  because: 'a symmetric key rotates (AWS FSBP KMS.4)',
  remedy: 'Leave it out; choose how often with `rotationPeriod`',
}];

/** Lets every symmetric `kms.Key` rotate. */
export class KeyInjector extends ProtectingInjector<kms.KeyProps> {
  public static readonly TARGET = kms.Key.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = REFUSALS;

  protected protect({ keySpec }: kms.KeyProps, _path: string, _scope: unknown, insecure: ReadonlySet<keyof kms.KeyProps>): Partial<kms.KeyProps> {
    const symmetric = keySpec === undefined || keySpec === kms.KeySpec.SYMMETRIC_DEFAULT;
    return symmetric && !insecure.has('enableKeyRotation') ? { enableKeyRotation: true } : {};
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new KeyInjector(KeyInjector.TARGET, settings, KeyInjector.REFUSALS, previous(KeyInjector.TARGET))];
