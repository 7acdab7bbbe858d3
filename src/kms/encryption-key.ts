import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { checkServiceStatement } from './key-principals';
import { ENCRYPT_DECRYPT } from './key-usages';
import { ManagedKey } from './managed-key';
import { KeyRotation } from './mixins';
import { ENCRYPTION_KEY, SERVICE_ACCESS } from './prop-shapes';
import { checkRotationPeriod } from './rotation-period';
import type { ServiceAccess } from './service-access';
import { EncryptionError, Refusal, refuse } from '../private/errors';
import { checkArgument, checkedPath, withoutNull } from '../private/props';

/** Where a key's material comes from. */
export enum KeyOrigin {
  /** KMS makes the material in its HSMs, and rotates it. */
  AWS_KMS = 'AWS_KMS',
  /**
   * You import the material after the key is made; until then the key cannot be used. KMS cannot rotate it.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
   */
  EXTERNAL = 'EXTERNAL',
}

/** Properties of `EncryptionKey`. */
export interface EncryptionKeyProps extends kms.KeyProps, KeyAccessProps {
  /**
   * AWS services that use the key with a service principal of their own.
   *
   * @default - none
   */
  readonly services?: ServiceAccess[];

  /**
   * Where the key material comes from. It cannot be changed later: CloudFormation refuses the update.
   *
   * With `EXTERNAL`, KMS does not rotate the key, and `rotationPeriod` is an error.
   *
   * @default KeyOrigin.AWS_KMS
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html#cfn-kms-key-origin
   */
  readonly origin?: KeyOrigin;
}

/** What a symmetric, rotating key in one Region cannot be. */
const REFUSED: ReadonlyArray<Refusal<EncryptionKeyProps>> = [
  {
    prop: 'enableKeyRotation',
    code: 'KeyMustRotate',
    refuses: (value) => value === false,
    because: 'an EncryptionKey always rotates (AWS FSBP KMS.4)',
    remedy: 'Leave it out; choose how often with `rotationPeriod`',
  },
  {
    prop: 'policy',
    code: 'KeyPolicyIsBuilt',
    refuses: () => true,
    because: 'EncryptionKey builds its least-privilege policy itself',
    remedy: 'Use `administrators`, `users` and `services`, and addToResourcePolicy() for what they do not cover',
  },
  {
    prop: 'keySpec',
    code: 'KeySpecNotSymmetric',
    refuses: (value) => value !== kms.KeySpec.SYMMETRIC_DEFAULT,
    because: 'an EncryptionKey is symmetric',
    remedy: 'Use AsymmetricEncryptionKey, SigningKey, MacKey or KeyAgreementKey',
  },
  {
    prop: 'keyUsage',
    code: 'KeyUsageNotEncryptDecrypt',
    refuses: (value) => value !== kms.KeyUsage.ENCRYPT_DECRYPT,
    because: 'an EncryptionKey encrypts and decrypts',
    remedy: 'Use SigningKey, MacKey or KeyAgreementKey',
  },
  {
    prop: 'multiRegion',
    code: 'KeyIsSingleRegion',
    refuses: (value) => value === true,
    because: 'an EncryptionKey is in one Region',
    remedy: 'Use MultiRegionKey, which makes the replicas too',
  },
];

/** What KMS would refuse at deployment. */
function refuseRotationOf(path: string, { rotationPeriod, origin }: EncryptionKeyProps): void {
  checkRotationPeriod(path, rotationPeriod);
  if (origin === KeyOrigin.EXTERNAL && rotationPeriod) {
    throw new EncryptionError(path, 'ImportedKeyCannotRotate',
      "'rotationPeriod' cannot be set with 'origin' EXTERNAL: KMS rotates only material that it made itself. "
      + 'Leave it out, and rotate by importing new material.');
  }
}

/**
 * A symmetric KMS key that rotates, that always has somebody who can manage it, with one purpose in each statement of its policy,
 * and that stays when its stack is deleted.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/overview.html
 */
export class EncryptionKey extends ManagedKey {
  constructor(scope: Construct, id: string, props: EncryptionKeyProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTION_KEY);
    props = withoutNull(props);
    refuse(path, props, REFUSED);
    refuseRotationOf(path, props);
    super(scope, id, {
      props: { ...props, description: props.description ?? `Encrypts data of ${path}` },
      usage: ENCRYPT_DECRYPT,
      services: props.services,
    });
    this.cfnKey.origin = props.origin;
    this.with(new KeyRotation({ rotationPeriod: props.rotationPeriod }));
  }

  /** Allows an AWS service to use the key, as `services` does at construction. */
  public addServiceAccess(access: ServiceAccess): void {
    checkArgument(this.node.path, 'access', access, SERVICE_ACCESS);
    for (const statement of access.statements(this)) {
      checkServiceStatement(this, this.node.path, statement);
      this.addToResourcePolicy(statement);
    }
  }
}
