import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { KeyKind, specFor } from './key-kinds';
import { KEY_AGREEMENT } from './key-usages';
import { ManagedKey } from './managed-key';
import { specialKeyShape } from './prop-shapes';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `KeyAgreementKey`. */
export interface KeyAgreementKeyProps extends kms.KeyProps, KeyAccessProps {}

const KIND: KeyKind = {
  name: 'KeyAgreementKey',
  does: 'derives shared secrets',
  usage: kms.KeyUsage.KEY_AGREEMENT,
  specs: [kms.KeySpec.ECC_NIST_P256, kms.KeySpec.ECC_NIST_P384, kms.KeySpec.ECC_NIST_P521, kms.KeySpec.SM2],
};

/**
 * A key pair that derives a secret shared with the owner of another key pair (ECDH).
 *
 * `keySpec`: ECC_NIST_P256 (default), P384, P521, SM2 in China. KMS does not rotate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html
 */
export class KeyAgreementKey extends ManagedKey {
  constructor(scope: Construct, id: string, props: KeyAgreementKeyProps = {}) {
    const path = checkedPath(scope, id, props, specialKeyShape('KeyAgreementKey'));
    props = withoutNull(props);
    const keySpec = specFor(scope, path, KIND, props, kms.KeySpec.ECC_NIST_P256);
    super(scope, id, {
      props: { ...props, keySpec, keyUsage: KIND.usage, description: props.description ?? `Derives shared secrets for ${path}` },
      usage: KEY_AGREEMENT,
    });
  }

  /** Allows a principal to derive shared secrets. */
  public grantDeriveSharedSecret(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:DeriveSharedSecret');
  }

  /** Allows a principal to download the public key. */
  public grantGetPublicKey(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GetPublicKey');
  }
}
