import { KEY_ACCESS, Rule } from '../../rules/rule';
import { dutiesAreSeparate } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeySeparatesDuties',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'Who manages a key must not decrypt with it.',
  why: 'Separated, no single person can both open the policy and read the data.',
  fix: 'Give management and use to different roles (EncryptionKey: administrators, users).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators',
  controls: { ...KEY_ACCESS, nist: ['AC-5', ...KEY_ACCESS.nist] },
  examples: {
    wrong: {
      'one statement with both': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: [kms:PutKeyPolicy, kms:Decrypt]
                    Resource: '*'`,
      'two statements that add up': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: [arn:aws:iam::111122223333:role/A]}
                    Action: kms:Sched*
                    Resource: '*'
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: kms:De*
                    Resource: '*'`,
    },
    right: {
      'two roles': `
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
      'the account, whose IAM policies decide': `
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
    },
  },
  check: dutiesAreSeparate,
};
