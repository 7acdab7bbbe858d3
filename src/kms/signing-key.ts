import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { KeyKind, specFor } from './key-kinds';
import { SIGN_VERIFY } from './key-usages';
import { ManagedKey } from './managed-key';
import { specialKeyShape } from './prop-shapes';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `SigningKey`. */
export interface SigningKeyProps extends kms.KeyProps, KeyAccessProps {}

const KIND: KeyKind = {
  name: 'SigningKey',
  does: 'signs and verifies',
  usage: kms.KeyUsage.SIGN_VERIFY,
  specs: [
    kms.KeySpec.ECC_NIST_P256, kms.KeySpec.ECC_NIST_P384, kms.KeySpec.ECC_NIST_P521, kms.KeySpec.ECC_SECG_P256K1,
    kms.KeySpec.ECC_NIST_EDWARDS25519, kms.KeySpec.ML_DSA_44, kms.KeySpec.ML_DSA_65, kms.KeySpec.ML_DSA_87,
    kms.KeySpec.RSA_2048, kms.KeySpec.RSA_3072, kms.KeySpec.RSA_4096, kms.KeySpec.SM2,
  ],
};

/**
 * A key pair that signs in KMS; anybody who has the public key can verify.
 *
 * `keySpec`: ECC_NIST_P256 (default), P384, P521, ECC_SECG_P256K1, ECC_NIST_EDWARDS25519, ML_DSA_44, 65 and 87
 * (post-quantum), RSA_2048 to 4096, SM2 in China. KMS does not rotate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
 */
export class SigningKey extends ManagedKey {
  constructor(scope: Construct, id: string, props: SigningKeyProps = {}) {
    const path = checkedPath(scope, id, props, specialKeyShape('SigningKey'));
    props = withoutNull(props);
    const keySpec = specFor(scope, path, KIND, props, kms.KeySpec.ECC_NIST_P256);
    super(scope, id, {
      props: { ...props, keySpec, keyUsage: KIND.usage, description: props.description ?? `Signs for ${path}` },
      usage: SIGN_VERIFY,
    });
  }

  /** Allows a principal to download the public key. */
  public grantGetPublicKey(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GetPublicKey');
  }
}
