import { allowsByAction } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyLeastPrivilege',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy should not allow every action.',
  why: 'sqs:* allows the named principals to turn encryption off, and to purge and delete the queue.',
  fix: 'Name the actions that are needed.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-least-privilege-policy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everything': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: sqs:*, Resource: '*'}]`,
      'everything but one': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: '111122223333'}
                    NotAction: sqs:DeleteQueue
                    Resource: '*'`,
    },
    right: {
      'sending': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: '111122223333'}
                    Action: sqs:SendMessage
                    Resource: '*'`,
      'a Deny of everything': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: sqs:*, Resource: '*'}]}`,
    },
  },
  check: allowsByAction('PolicyDocument', 'sqs'),
};
