import { allowsByName } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyNoNotPrincipal',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy must not allow by NotPrincipal.',
  why: 'It allows everybody except the named principals, other accounts too.',
  fix: 'Name the principals that are meant.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everybody but one': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    NotPrincipal: {AWS: '111122223333'}
                    Action: sqs:SendMessage
                    Resource: '*'`,
      'everybody but two': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  Effect: Allow
                  NotPrincipal: {AWS: ['111122223333', '444455556666']}
                  Action: sqs:*
                  Resource: '*'`,
    },
    right: {
      'one account': `
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
      'everybody, which another rule finds': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}]`,
    },
  },
  check: allowsByName('PolicyDocument'),
};
