import { hasOnePolicy } from '../../rules/one-policy';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { policiesThatMayName } from '../queue-relations';

export const rule: Rule = {
  id: 'Encryption-SqsQueueOnePolicy',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'A queue must have one policy.',
  why: 'SQS keeps one policy for a queue: the second one replaces the first, with all that it denies, and the order is up to CloudFormation.',
  fix: 'Put the statements into one AWS::SQS::QueuePolicy (queue.addToResourcePolicy does).',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'two policies': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          Other:
            Type: AWS::SQS::Queue
            Properties: {}
          One:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}]}
          Two:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}]}`,
    },
    right: {
      'a policy for each queue': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          Other:
            Type: AWS::SQS::Queue
            Properties: {}
          One:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}]}
          Two:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Other]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SendMessage, Resource: !GetAtt Other.Arn}]}`,
      'no policy': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          Other:
            Type: AWS::SQS::Queue
            Properties: {}
`,
    },
  },
  check: hasOnePolicy(policiesThatMayName, 'SQS keeps the one that is written last'),
};
