import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy must not allow another account more than use.',
  why: 'Whoever may change the secret\'s policy decides who reads it; whoever may delete or replicate it takes it out of your hands.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everything': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: secretsmanager:*, Resource: '*'}`,
      'one action that destroys': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: [secretsmanager:GetSecretValue, secretsmanager:PutResourcePolicy], Resource: '*'}`,
    },
    right: {
      'use': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
      'everything for the own account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: secretsmanager:*, Resource: '*'}`,
    },
  },
  check: otherAccountsOnlyUse(SECRET_POLICY),
};
