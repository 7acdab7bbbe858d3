import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { KeyAccessProps } from './key-access-props';
import { KeyKind, specFor } from './key-kinds';
import { GENERATE_VERIFY_MAC } from './key-usages';
import { ManagedKey } from './managed-key';
import { specialKeyShape } from './prop-shapes';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `MacKey`. */
export interface MacKeyProps extends kms.KeyProps, KeyAccessProps {}

const KIND: KeyKind = {
  name: 'MacKey',
  does: 'generates and verifies message authentication codes',
  usage: kms.KeyUsage.GENERATE_VERIFY_MAC,
  specs: [kms.KeySpec.HMAC_224, kms.KeySpec.HMAC_256, kms.KeySpec.HMAC_384, kms.KeySpec.HMAC_512],
};

/**
 * A symmetric key for message authentication codes (HMAC): tokens and cookies that cannot be forged.
 *
 * `keySpec`: HMAC_256 (default), HMAC_224, HMAC_384, HMAC_512. KMS does not rotate it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/hmac.html
 */
export class MacKey extends ManagedKey {
  constructor(scope: Construct, id: string, props: MacKeyProps = {}) {
    const path = checkedPath(scope, id, props, specialKeyShape('MacKey'));
    props = withoutNull(props);
    const keySpec = specFor(scope, path, KIND, props, kms.KeySpec.HMAC_256);
    super(scope, id, {
      props: { ...props, keySpec, keyUsage: KIND.usage, description: props.description ?? `Makes message authentication codes for ${path}` },
      usage: GENERATE_VERIFY_MAC,
    });
  }
}
