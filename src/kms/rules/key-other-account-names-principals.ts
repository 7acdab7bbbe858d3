import { KEY_ACCESS, Rule } from '../../rules/rule';
import { otherAccountsAreLimitedToPrincipals } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy should name the principals of another account, not the whole account.',
  why: 'The administrators of that account then decide who uses the key, and nobody here sees whom they choose.',
  fix: 'Name the roles that need the key, or limit the account by aws:PrincipalArn; or name the account in trustedAccounts.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'a whole account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:root}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'everybody, limited to an account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: '*'
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {aws:PrincipalAccount: '444455556666'}}`,
    },
    right: {
      'a role of another account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:role/app}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'a whole account, for one service': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}
                  - Effect: Allow
                    Principal: {AWS: '444455556666'}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {kms:ViaService: s3.eu-west-1.amazonaws.com}}`,
    },
  },
  check: otherAccountsAreLimitedToPrincipals,
};
