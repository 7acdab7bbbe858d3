import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { KeyKind, specFor } from './key-kinds';
import { ASYMMETRIC_ENCRYPT_DECRYPT } from './key-usages';
import { ManagedKey } from './managed-key';
import { ASYMMETRIC_ENCRYPTION_KEY } from './prop-shapes';
import { EncryptionError } from '../private/errors';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `AsymmetricEncryptionKey`. */
export interface AsymmetricEncryptionKeyProps extends kms.KeyProps, KeyAccessProps {
  /**
   * Accepts RSA_2048, whose 112 bits of strength NIST accepts until 2030. AWS Control Tower's CT.KMS.PR.2 fails with it.
   *
   * @default false - such a key is an error
   * @see https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html
   */
  readonly allowRsa2048?: boolean;
}

const KIND: KeyKind = {
  name: 'AsymmetricEncryptionKey',
  does: 'encrypts with a public key and decrypts with the private one',
  usage: kms.KeyUsage.ENCRYPT_DECRYPT,
  specs: [kms.KeySpec.RSA_2048, kms.KeySpec.RSA_3072, kms.KeySpec.RSA_4096, kms.KeySpec.SM2],
};

/**
 * A key pair: the public key encrypts outside of AWS, the private key never leaves KMS and decrypts there.
 *
 * `keySpec`: RSA_4096 (default), RSA_3072, SM2 in China, RSA_2048 with `allowRsa2048`. KMS does not rotate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
 */
export class AsymmetricEncryptionKey extends ManagedKey {
  constructor(scope: Construct, id: string, props: AsymmetricEncryptionKeyProps = {}) {
    const path = checkedPath(scope, id, props, ASYMMETRIC_ENCRYPTION_KEY);
    props = withoutNull(props);
    const keySpec = specFor(scope, path, KIND, props, kms.KeySpec.RSA_4096);
    if (keySpec === kms.KeySpec.RSA_2048 && !props.allowRsa2048) {
      throw new EncryptionError(path, 'RsaKeyTooShort',
        "'keySpec' cannot be 'RSA_2048' for encryption (CT.KMS.PR.2). Choose RSA_3072 or RSA_4096, or say `allowRsa2048: true`.");
    }
    super(scope, id, {
      props: { ...props, keySpec, keyUsage: KIND.usage, description: props.description ?? `Encrypts for ${path} with its public key` },
      usage: ASYMMETRIC_ENCRYPT_DECRYPT,
    });
  }

  /** Allows a principal to download the public key. */
  public grantGetPublicKey(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GetPublicKey');
  }
}
