import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { somebodyManages } from '../manageable';

/** A key of account 111122223333 that denies everybody by NotPrincipal but some. */
const keyThatDeniesAllBut = (names: string) => `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::111122223333:root}, Action: kms:*, Resource: '*'}
                  - {Effect: Deny, NotPrincipal: {AWS: ${names}}, Action: kms:*, Resource: '*'}`;

export const rule: Rule = {
  id: 'Encryption-KmsKeyStaysManageable',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy must allow somebody to change it.',
  why: 'A key that nobody can manage can be neither changed nor deleted without AWS Support.',
  fix: 'Let the account root do kms:*, or an administrator kms:PutKeyPolicy.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam',
  controls: KEY_MANAGEMENT,
  examples: {
    wrong: {
      'only users of the key': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/App}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'everybody is denied': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'
                  - {Effect: Deny, Principal: '*', Action: kms:Put*, Resource: '*'}`,
      'a service alone': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: kms:*, Resource: '*'}`,
      'everybody but a role is denied, and the account of the role with them': keyThatDeniesAllBut('arn:aws:iam::111122223333:role/Admin'),
    },
    right: {
      'everybody but a role and its account is denied': keyThatDeniesAllBut('[arn:aws:iam::111122223333:role/Admin, arn:aws:iam::111122223333:root]'),
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
      'a role that may change the policy': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/Admin}
                    Action: [kms:Put*, kms:ScheduleKeyDeletion]
                    Resource: '*'
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/App}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'`,
    },
  },
  check: somebodyManages,
};
