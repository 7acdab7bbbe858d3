import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const TOPIC_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  `,
  use: 'sns:Publish',
  destroys: 'sns:DeleteTopic',
  resource: 'arn:aws:sns:eu-west-1:111122223333:orders',
});
