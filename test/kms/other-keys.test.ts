import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { AsymmetricEncryptionKey, EncryptionKey, KeyAccessProps, KeyAgreementKey, MacKey, SigningKey } from '../../src';
import { ENV, keyStatement, propertiesOf, stack } from '../support/stack';

type Props = kms.KeyProps & KeyAccessProps & { allowRsa2048?: boolean };
type KeyClass = new (scope: Construct, id: string, props?: Props) => kms.Key;

const { KeySpec, KeyUsage } = kms;
const KINDS: Array<[string, KeyClass, usage: string, byDefault: string, specs: kms.KeySpec[]]> = [
  ['AsymmetricEncryptionKey', AsymmetricEncryptionKey, 'ENCRYPT_DECRYPT', 'RSA_4096', [KeySpec.RSA_3072, KeySpec.RSA_4096]],
  ['SigningKey', SigningKey, 'SIGN_VERIFY', 'ECC_NIST_P256', [
    KeySpec.ECC_NIST_P256, KeySpec.ECC_NIST_P384, KeySpec.ECC_NIST_P521, KeySpec.ECC_SECG_P256K1, KeySpec.ECC_NIST_EDWARDS25519, KeySpec.ML_DSA_44,
    KeySpec.ML_DSA_65, KeySpec.ML_DSA_87, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096,
  ]],
  ['MacKey', MacKey, 'GENERATE_VERIFY_MAC', 'HMAC_256', [KeySpec.HMAC_224, KeySpec.HMAC_256, KeySpec.HMAC_384, KeySpec.HMAC_512]],
  ['KeyAgreementKey', KeyAgreementKey, 'KEY_AGREEMENT', 'ECC_NIST_P256', [KeySpec.ECC_NIST_P256, KeySpec.ECC_NIST_P384, KeySpec.ECC_NIST_P521]],
];

describe.each(KINDS)('%s', (name, Key, usage, byDefault, specs) => {
  test('has its usage, a good spec, no rotation, and stays when its stack goes', () => {
    const scope = stack(ENV);
    new Key(scope, 'Key');
    const properties = propertiesOf(scope, 'AWS::KMS::Key');
    expect(properties).toMatchObject({ KeyUsage: usage, KeySpec: byDefault, PendingWindowInDays: 30 });
    expect(properties).not.toHaveProperty('EnableKeyRotation');
    Template.fromStack(scope).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });

  test('accepts the specs that KMS has for it, and no other', () => {
    for (const keySpec of Object.values(KeySpec)) {
      const make = () => new Key(stack(ENV), 'Key', { keySpec });
      if (specs.includes(keySpec)) { expect(make).not.toThrow(); } else { expect(make).toThrow(/^Stack\/Key: 'keySpec' cannot be /); }
    }
  });

  test('refuses rotation, another usage and a policy of the caller', () => {
    expect(() => new Key(stack(), 'Key', { enableKeyRotation: true })).toThrow(new RegExp(`'enableKeyRotation' cannot be true: KMS does not rotate the material of a ${name}`));
    const other = Object.values(KeyUsage).find((value) => value !== usage)!;
    expect(() => new Key(stack(), 'Key', { keyUsage: other })).toThrow(/'keyUsage' cannot be/);
    expect(() => new Key(stack(), 'Key', { policy: new iam.PolicyDocument() })).toThrow(/'policy' cannot be/);
  });

  test('cannot be locked out', () => {
    expect(() => new Key(stack(), 'Key', { trustAccountIdentities: false })).toThrow(/cannot be false without 'administrators'/);
  });

  test('has users who use it for what it is, and administrators who do not', () => {
    const scope = stack(ENV);
    const principal = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/App');
    new Key(scope, 'Key', { users: [principal], administrators: [principal] });
    expect(keyStatement(scope, 'KeyUsers')!.Action).toEqual({
      AsymmetricEncryptionKey: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'],
      SigningKey: ['kms:Sign', 'kms:Verify', 'kms:DescribeKey', 'kms:GetPublicKey'],
      MacKey: ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
      KeyAgreementKey: ['kms:DeriveSharedSecret', 'kms:DescribeKey', 'kms:GetPublicKey'],
    }[name]);
    expect(JSON.stringify(keyStatement(scope, 'KeyAdministrators')!.Action)).not.toMatch(/Sign|Mac|crypt|Derive/);
  });
});

test('the grants of a key are those that make sense for it', () => {
  const scope = stack();
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const [signing, mac, agreement, asymmetric, symmetric] = [
    new SigningKey(scope, 'S'), new MacKey(scope, 'M'), new KeyAgreementKey(scope, 'A'), new AsymmetricEncryptionKey(scope, 'R'), new EncryptionKey(scope, 'E'),
  ];
  for (const grant of [
    signing.grantSign(role), signing.grantVerify(role), signing.grantSignVerify(role), signing.grantGetPublicKey(role), mac.grantGenerateMac(role),
    mac.grantVerifyMac(role), agreement.grantDeriveSharedSecret(role), agreement.grantGetPublicKey(role), asymmetric.grantEncrypt(role),
    asymmetric.grantDecrypt(role), asymmetric.grantGetPublicKey(role), symmetric.grantEncryptDecrypt(role),
  ]) { expect(grant.success).toBe(true); }
  expect(JSON.stringify(Template.fromStack(scope).findResources('AWS::IAM::Policy'))).toMatch(/kms:DeriveSharedSecret/);

  const nonsense: Array<() => unknown> = [
    () => signing.grantDecrypt(role), () => signing.grantEncrypt(role), () => signing.grantGenerateMac(role), () => signing.grantVerifyMac(role),
    () => mac.grantSign(role), () => mac.grantEncryptDecrypt(role), () => agreement.grantDecrypt(role), () => asymmetric.grantSign(role),
    () => symmetric.grantSign(role), () => symmetric.grantVerifyMac(role), () => symmetric.grant(role, 'kms:GetPublicKey'),
  ];
  for (const grant of nonsense) { expect(grant).toThrow(/cannot grant kms:\w+.*: this key .* and does nothing else/); }
});

test('RSA_2048 encrypts only where it is asked for by name', () => {
  expect(() => new AsymmetricEncryptionKey(stack(), 'Key', { keySpec: KeySpec.RSA_2048 })).toThrow(/'keySpec' cannot be 'RSA_2048' for encryption \(CT.KMS.PR.2\)/);
  const scope = stack();
  new AsymmetricEncryptionKey(scope, 'Key', { keySpec: KeySpec.RSA_2048, allowRsa2048: true });
  expect(propertiesOf(scope, 'AWS::KMS::Key').KeySpec).toBe('RSA_2048');
});

test('SM2 is for the Regions of China', () => {
  for (const Key of [AsymmetricEncryptionKey, SigningKey, KeyAgreementKey] as KeyClass[]) {
    expect(() => new Key(stack(ENV), 'Key', { keySpec: KeySpec.SM2 })).toThrow(/'keySpec' cannot be 'SM2' in us-east-1/);
    const scope = stack({ account: '111122223333', region: 'cn-north-1' });
    new Key(scope, 'Key', { keySpec: KeySpec.SM2 });
    expect(propertiesOf(scope, 'AWS::KMS::Key').KeySpec).toBe('SM2');
  }
});
