import { KEY_ACCESS, Rule } from '../../rules/rule';
import { doesNotAllowByNotAction } from '../key-statements';

export const rule: Rule = {
  id: 'Encryption-KmsKeyNoNotAction',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must not allow by NotAction.',
  why: 'It allows every action that is not named, those of tomorrow too.',
  fix: 'Name the actions.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'everything but one': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    NotAction: kms:ScheduleKeyDeletion
                    Resource: '*'`,
      'everything but some': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !GetAtt Role.Arn}
                    NotAction: [kms:Put*, kms:Delete*]
                    Resource: '*'`,
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
      'a Deny': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Deny, Principal: '*', NotAction: kms:Decrypt, Resource: '*'}]`,
    },
  },
  check: doesNotAllowByNotAction,
};
