import { KEY_ACCESS, Rule } from '../../rules/rule';
import { statementsHaveEffect } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A statement of a key policy should have an effect, for another account too.',
  why: 'Only using a key and making grants works across accounts, only with the key itself as resource, and only for accounts, roles, users and services: whoever wrote the statement believes in access, or in a limit, that is not there.',
  fix: 'Take the actions away that do not work across accounts, and write \'*\' as Resource.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'managing from another account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:role/app}
                    Action: [kms:PutKeyPolicy, kms:ScheduleKeyDeletion]
                    Resource: '*'`,
      'another key': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}
                    Action: kms:Decrypt
                    Resource: arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      'nothing that it is about': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:role/app'}, Action: kms:Decrypt}`,
      'who signs in at a provider': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - {Effect: Allow, Principal: {Federated: cognito-identity.amazonaws.com}, Action: kms:Decrypt, Resource: '*'}`,
    },
    right: {
      'using from another account': `
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
    },
  },
  check: statementsHaveEffect,
};
