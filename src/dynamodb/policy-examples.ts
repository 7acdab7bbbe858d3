import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const TABLE_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    `,
  use: 'dynamodb:GetItem',
  destroys: 'dynamodb:DeleteTable',
  resource: '\'*\'',
});
