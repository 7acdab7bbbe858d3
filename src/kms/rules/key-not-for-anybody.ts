import { KEY_ACCESS, Rule } from '../../rules/rule';
import { strangersMayNothing } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyNotForAnybody',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must not allow everybody without a condition that limits who.',
  why: 'A principal "*" is everybody of every account: who can reach the data can then decrypt it.',
  fix: 'Name principals, or limit the statement by kms:CallerAccount, aws:PrincipalOrgID or a source condition.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html',
  controls: { fsbp: ['KMS.5'], ...KEY_ACCESS },
  examples: {
    wrong: {
      'a star': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy: {Statement: [{Effect: Allow, Principal: '*', Action: kms:*, Resource: '*'}]}`,
      'a star for AWS': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Allow, Principal: {AWS: ['*']}, Action: [kms:Decrypt], Resource: '*'}]`,
      'any account\'s root': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::*:root}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'a condition that limits how, not who': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
      'a condition that a star fills': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringLike: {aws:PrincipalArn: '*'}}`,
      'a condition that holds for all but one': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringNotEquals: {aws:PrincipalAccount: '111122223333'}}`,
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
      'everybody of an account, through a service': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  Effect: Allow
                  Principal: {AWS: '*'}
                  Action: kms:Decrypt
                  Resource: '*'
                  Condition:
                    StringEquals:
                      kms:CallerAccount: !Ref AWS::AccountId
                      kms:ViaService: !Sub 's3.\${AWS::Region}.amazonaws.com'`,
      'everybody is denied': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Deny, Principal: '*', Action: kms:ScheduleKeyDeletion, Resource: '*'}]`,
    },
  },
  check: strangersMayNothing,
};
