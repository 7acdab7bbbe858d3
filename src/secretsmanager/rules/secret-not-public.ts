import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { SECRET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SecretsManagerSecretNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SecretsManager::ResourcePolicy'],
  info: 'A secret\'s policy must not allow everybody.',
  why: 'Secrets Manager decrypts for anybody who may read the secret.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everybody': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: secretsmanager:GetSecretValue, Resource: '*'}`,
      'everybody with a tag of their own': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {StringEquals: {aws:PrincipalTag/team: orders}}}`,
    },
    right: {
      'everybody of an organization': `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: secretsmanager:GetSecretValue, Resource: '*', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
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
    undetermined: {
      'a principal by parameter': `
        Parameters:
          Who: {Type: String}
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref Who}, Action: secretsmanager:GetSecretValue, Resource: '*'}`,
    },
  },
  check: strangersMayNothing(SECRET_POLICY),
};
