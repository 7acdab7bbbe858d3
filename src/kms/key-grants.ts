import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/** A key with grant methods of its own. */
export type GrantingKey = kms.IKey & { grantAdmin?(grantee: iam.IGrantable): iam.Grant };

/**
 * `key.grants.x()` as `key.grantX()`: the CDK's own would name the grantee's role in the key policy, and give an administrator
 * `kms:Create*`, which contains `kms:CreateGrant`.
 */
export function grantsOf(key: GrantingKey): kms.KeyGrants {
  return Object.assign(kms.KeyGrants.fromKey(key), {
    actions: (grantee: iam.IGrantable, ...actions: string[]) => key.grant(grantee, ...actions),
    ...(key.grantAdmin && { admin: (grantee: iam.IGrantable) => key.grantAdmin!(grantee) }),
    decrypt: (grantee: iam.IGrantable) => key.grantDecrypt(grantee),
    encrypt: (grantee: iam.IGrantable) => key.grantEncrypt(grantee),
    encryptDecrypt: (grantee: iam.IGrantable) => key.grantEncryptDecrypt(grantee),
    sign: (grantee: iam.IGrantable) => key.grantSign(grantee),
    verify: (grantee: iam.IGrantable) => key.grantVerify(grantee),
    signVerify: (grantee: iam.IGrantable) => key.grantSignVerify(grantee),
    generateMac: (grantee: iam.IGrantable) => key.grantGenerateMac(grantee),
    verifyMac: (grantee: iam.IGrantable) => key.grantVerifyMac(grantee),
  });
}
