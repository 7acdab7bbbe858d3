import { KEY_ACCESS, Rule } from '../../rules/rule';
import { doesNotAllowByNotPrincipal } from '../key-statements';

export const rule: Rule = {
  id: 'Encryption-KmsKeyNoNotPrincipal',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must not allow by NotPrincipal.',
  why: 'It allows everybody but the named, other accounts and anonymous callers among them.',
  fix: 'Name the principals that are meant.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'everybody but one': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    NotPrincipal: {AWS: arn:aws:iam::111122223333:role/Intern}
                    Action: kms:*
                    Resource: '*'`,
      'everybody but an account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  Effect: Allow
                  NotPrincipal: {AWS: '111122223333'}
                  Action: kms:Decrypt
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
                Statement:
                  - Effect: Deny
                    NotPrincipal: {AWS: arn:aws:iam::111122223333:role/Admin}
                    Action: kms:*
                    Resource: '*'`,
    },
  },
  check: doesNotAllowByNotPrincipal,
};
