import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy should say for whom an AWS service acts.',
  why: 'Without a source condition the service reads the secret for somebody else\'s resources too (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {Service: appflow.amazonaws.com}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
    },
    right: {
      'for the own account': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {Service: appflow.amazonaws.com}, Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}}`,
    },
  },
  check: servicesActForOurs(SECRET_POLICY),
};
