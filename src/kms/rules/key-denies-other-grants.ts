import { KEY_ACCESS, Rule } from '../../rules/rule';
import { otherGrantsAreDenied } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyDeniesOtherGrants',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key'],
  info: 'A key policy should deny grants to everybody, except for AWS resources.',
  why: 'IAM policies of the account can allow kms:CreateGrant too; a Deny in the key policy holds against all of them.',
  fix: 'Deny kms:CreateGrant by BoolIfExists on kms:GrantIsForAWSResource and aws:PrincipalIsAWSService (EncryptionKey does).',
  see: 'https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html',
  controls: { controlTower: ['CT.KMS.PR.3'], ...KEY_ACCESS },
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {EnableKeyRotation: true}`,
      'an Allow, which denies nothing': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: '*'
                    Action: kms:CreateGrant
                    Resource: '*'
                    Condition: {Bool: {kms:GrantIsForAWSResource: true}}`,
    },
    right: {
      'a Deny': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: kms:CreateGrant
                    Resource: '*'
                    Condition: {Bool: {kms:GrantIsForAWSResource: 'false'}}`,
      'a Deny that holds where the key is missing': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Deny
                    Principal: {AWS: '*'}
                    Action: kms:Create*
                    Resource: '*'
                    Condition: {BoolIfExists: {kms:GrantIsForAWSResource: false}}`,
    },
  },
  check: otherGrantsAreDenied,
};
