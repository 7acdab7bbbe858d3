import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const SECRET_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Policy:
            Type: AWS::SecretsManager::ResourcePolicy
            Properties:
              SecretId: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf
              ResourcePolicy:
                Statement:
                  `,
  use: 'secretsmanager:GetSecretValue',
  destroys: 'secretsmanager:PutResourcePolicy',
  resource: '\'*\'',
});
