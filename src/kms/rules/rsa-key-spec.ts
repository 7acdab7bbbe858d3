import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { hasLongRsaKey } from '../key-checks';

export const rule: Rule = {
  id: 'Encryption-KmsRsaKeySpec',
  severity: 'warning',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key'],
  info: 'An RSA key that encrypts should be longer than 2048 bits.',
  why: 'NIST lets 2048 bits end in 2030; what is encrypted today is read then.',
  fix: 'Choose RSA_3072 or RSA_4096 when the key is made: the spec cannot be changed.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html',
  controls: { controlTower: ['CT.KMS.PR.2'], ...KEY_MANAGEMENT },
  examples: {
    wrong: {
      '2048 bits': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_2048, KeyUsage: ENCRYPT_DECRYPT}`,
      '2048 bits, its use left out': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_2048}`,
    },
    right: {
      '4096 bits': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_4096, KeyUsage: ENCRYPT_DECRYPT}`,
      '3072 bits': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_3072, KeyUsage: ENCRYPT_DECRYPT}`,
    },
    notApplicable: {
      'a key that signs': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_2048, KeyUsage: SIGN_VERIFY}`,
    },
  },
  check: hasLongRsaKey,
};
