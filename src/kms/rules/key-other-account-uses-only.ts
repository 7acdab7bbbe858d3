import { KEY_ACCESS, Rule } from '../../rules/rule';
import { otherAccountsOnlyUse } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'Another account must not make grants on a key, except for AWS resources.',
  why: 'Whoever may make grants hands the key on, to any account and outside of every policy.',
  fix: 'Name the actions that are needed in place of kms:*, and limit kms:CreateGrant by kms:GrantIsForAWSResource; or name the account in trustedAccounts.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'everything for the root of another account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:root}
                    Action: kms:*
                    Resource: '*'`,
      'grants for a role of another account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:role/app}
                    Action: [kms:Decrypt, kms:CreateGrant]
                    Resource: '*'`,
    },
    right: {
      'use only': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:role/app}
                    Action: [kms:Decrypt, kms:DescribeKey]
                    Resource: '*'`,
      'grants for AWS resources': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:role/app}
                    Action: [kms:Decrypt, kms:CreateGrant]
                    Resource: '*'
                    Condition: {Bool: {kms:GrantIsForAWSResource: 'true'}}`,
    },
  },
  check: otherAccountsOnlyUse,
};
