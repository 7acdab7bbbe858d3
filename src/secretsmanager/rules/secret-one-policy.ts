import { hasOnePolicy } from '../../rules/one-policy';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { policiesOf } from '../secret-relations';

/** Two secrets, and a policy of each of two names. */
const twoPolicies = (one: string, two: string) => `
        Resources:
          Secret:
            Type: AWS::SecretsManager::Secret
          Other:
            Type: AWS::SecretsManager::Secret
          One:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: !Ref ${one}
              ResourcePolicy: {Statement: [{Effect: Deny, Principal: '*', Action: secretsmanager:DeleteSecret, Resource: '*'}]}
          Two:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: !Ref ${two}
              ResourcePolicy: {Statement: [{Effect: Deny, Principal: '*', Action: secretsmanager:UpdateSecret, Resource: '*'}]}`;

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretOnePolicy',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  info: 'A secret must have one policy.',
  why: 'Secrets Manager keeps one policy for a secret: the second one replaces the first, with all that it denies.',
  fix: 'Put the statements into one AWS::SecretsManager::ResourcePolicy (secret.addToResourcePolicy does).',
  see: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: { 'two policies': twoPolicies('Secret', 'Secret') },
    right: { 'a policy for each secret': twoPolicies('Secret', 'Other') },
  },
  check: hasOnePolicy(policiesOf, 'Secrets Manager keeps the one that is written last'),
};
