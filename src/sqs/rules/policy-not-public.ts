import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy must not allow everybody.',
  why: 'Principals of every account can then send messages, or read messages that SQS decrypts for them.',
  fix: 'Name principals, or limit by aws:SourceArn or aws:PrincipalOrgID.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
  controls: { fsbp: ['SQS.3'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'everybody': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*'}]`,
      'everybody over TLS': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: '*'}
                    Action: sqs:ReceiveMessage
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
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
      'everybody of an organization': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {StringEquals: {aws:PrincipalOrgID: o-1}}`,
    },
  },
  check: strangersMayNothing(QUEUE_POLICY),
};
