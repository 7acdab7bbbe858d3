import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'the whole account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
      'any role of the account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}}`,
    },
    right: {
      'one role': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
      'the account, and of it one role': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}}`,
    },
  },
  check: otherAccountsNamePrincipals(SECRET_POLICY),
};
