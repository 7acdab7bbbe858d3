import { PolicyExamples } from '../rules/policy-examples';

/** What the examples of rules about policies have in common. */
export const QUEUE_EXAMPLES = new PolicyExamples({
  before: `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  `,
  use: 'sqs:SendMessage',
  destroys: 'sqs:PurgeQueue',
  resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
});
