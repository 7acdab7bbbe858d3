import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'a role of another account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
      'an organization': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
    },
    right: {
      'the own account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
    },
  },
  check: otherAccountsAreKnown(SECRET_POLICY),
};
