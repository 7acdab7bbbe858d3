import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { mustNotBeTrue } from '../../rules/values';

export const rule: Rule = {
  id: 'Encryption-KmsKeyLockOutCheck',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'The lock-out check of KMS must not be bypassed.',
  why: 'KMS refuses a policy that would lock its author out; bypassed, the key can become unmanageable.',
  fix: 'Leave BypassPolicyLockoutSafetyCheck out.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html',
  controls: KEY_MANAGEMENT,
  examples: {
    wrong: {
      'bypassed': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {BypassPolicyLockoutSafetyCheck: true}`,
      'bypassed as text': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {BypassPolicyLockoutSafetyCheck: 'true'}`,
    },
    right: {
      'left out': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: true}`,
      'explicitly off': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {BypassPolicyLockoutSafetyCheck: false}`,
    },
  },
  check: (key) => mustNotBeTrue(key, ['BypassPolicyLockoutSafetyCheck']),
};
