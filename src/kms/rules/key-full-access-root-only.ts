import { KEY_ACCESS, Rule } from '../../rules/rule';
import { allowsAllToAccountsOnly } from '../key-statements';

export const rule: Rule = {
  id: 'Encryption-KmsKeyFullAccessRootOnly',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must give kms:* to the account root only.',
  why: 'kms:* allows a role to use, share and destroy the key; for the account root it hands the decision to IAM.',
  fix: 'Name administrators and users apart (EncryptionKey: administrators, users).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'a role': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: kms:*
                    Resource: '*'`,
      'a role of the template by a bare star': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: '*', Resource: '*'}]
          Role:
            Type: AWS::IAM::Role`,
      'everybody but the account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Allow, NotPrincipal: {AWS: !Ref AWS::AccountId}, Action: kms:*, Resource: '*'}]`,
    },
    right: {
      'the account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Version: '2012-10-17'
                Statement:
                  - Sid: Account
                    Effect: Allow
                    Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'`,
      'a role with some actions': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: [kms:Encrypt, kms:Decrypt]
                    Resource: '*'`,
    },
  },
  check: allowsAllToAccountsOnly,
};
