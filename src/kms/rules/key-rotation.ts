import { Rule } from '../../rules/rule';
import { rotates } from '../key-checks';

export const rule: Rule = {
  id: 'Encryption-KmsKeyRotation',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key'],
  info: 'A symmetric KMS key must rotate its material automatically.',
  why: 'Rotation limits how much data one version of the key protects, and what a leaked version opens.',
  fix: 'Set EnableKeyRotation to true (EncryptionKey and the mixin KeyRotation do).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  controls: { fsbp: ['KMS.4'], controlTower: ['CT.KMS.PR.1'], nist: ['SC-12', 'SC-12(2)', 'SC-28(3)'], pci: ['3.7.4'], hipaa: ['164.312(a)(2)(iv)'], cis: ['3.6'] },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {Description: orders}`,
      'a period that KMS refuses': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: true, RotationPeriodInDays: 30}`,
      'a key without properties': `
        Resources:
          Key:
            Type: AWS::KMS::Key`,
    },
    right: {
      'rotating': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: true}`,
      'rotation as text': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: 'true', RotationPeriodInDays: 90}`,
      'rotation as text, as YAML may have it': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: 'true'}`,
    },
    undetermined: {
      'rotation by condition': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: !If [Prod, true, false]}`,
    },
    notApplicable: {
      'an asymmetric key': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: ECC_NIST_P256, KeyUsage: SIGN_VERIFY}`,
      'an asymmetric key (2)': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_4096}`,
      'imported material': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {Origin: EXTERNAL}`,
    },
  },
  check: rotates,
};
