import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const LOG_GROUP_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  `,
  use: 'logs:FilterLogEvents',
  destroys: 'logs:DeleteLogGroup',
  resource: '\'*\'',
});
