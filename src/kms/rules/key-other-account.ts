import { KEY_ACCESS, Rule } from '../../rules/rule';
import { otherAccountsAreKnown } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsKeyOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key policy that names an account by number should be looked at.',
  why: 'Another account\'s administrators then decide who decrypts; and where it is the own account, the policy fits one account only.',
  fix: 'Write AWS::AccountId for the own account; limit another one to services and roles, or by aws:PrincipalOrgID.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {
      'another account\'s root': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:root}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'another account by its number': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: '111122223333'}, Action: kms:*, Resource: '*'}
                  - {Effect: Allow, Principal: {AWS: '444455556666'}, Action: kms:Encrypt, Resource: '*'}`,
    },
    right: {
      'its own account': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:root}
                    Action: kms:*
                    Resource: '*'
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: kms:Decrypt
                    Resource: '*'`,
      'another one, limited': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::444455556666:root}
                    Action: kms:Decrypt
                    Resource: '*'
                    Condition: {StringEquals: {aws:PrincipalOrgID: o-example}}`,
    },
  },
  check: otherAccountsAreKnown,
};
