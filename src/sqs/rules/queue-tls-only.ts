import { IN_TRANSIT, Rule } from '../../rules/rule';
import { answersOverTlsOnly } from '../queue-checks';

export const rule: Rule = {
  id: 'Encryption-SqsQueueTlsOnly',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: [...['AWS::SQS::Queue'], 'AWS::SQS::QueuePolicy'],
  info: 'A queue must deny every request that does not come over TLS.',
  why: 'SQS answers plain HTTP too: then messages can be read on the way.',
  fix: 'Use EncryptedQueue, the mixin QueueTlsOnly, or enforceSSL: true.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html#enforce-encryption-data-in-transit',
  controls: { ...IN_TRANSIT, nist: ['SC-8', 'SC-8(1)', 'SC-23'] },
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}`,
      'a policy of another queue': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
          Other:
            Type: AWS::SQS::Queue
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Other]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'one action only': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'sending only': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: false}}`,
    },
    right: {
      'the queue by its ARN': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:*
                    Resource: !GetAtt Queue.Arn
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'the queue by its name': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {QueueName: orders}
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: {AWS: '*'}
                    Action: sqs:*
                    Resource: arn:aws:sqs:eu-west-1:111122223333:orders
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'the queue': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:*
                    Resource: !GetAtt Queue.Arn
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'everything by a star': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}
          P:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: sqs:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: false}}`,
    },
  },
  check: answersOverTlsOnly,
};
