import { IN_TRANSIT, Rule } from '../../rules/rule';
import { answersOverTlsOnly } from '../queue-checks';

/** A policy that denies plain HTTP, of queues that are not in the template. */
const policyOf = (queues: string, resource: string) => `
        Parameters:
          Name: {Type: String}
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: ${queues}
              PolicyDocument:
                Statement:
                  - {Effect: Deny, Principal: '*', Action: sqs:*, Resource: ${resource}, Condition: {Bool: {aws:SecureTransport: false}}}`;

const ORDERS = '[https://sqs.eu-west-1.amazonaws.com/111122223333/orders]';

/** A queue whose policy denies plain HTTP to what is written. */
const queueWith = (properties: string, resource: string) => `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: ${properties}
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - {Effect: Deny, Principal: '*', Action: sqs:*, Resource: ${resource}, Condition: {Bool: {aws:SecureTransport: false}}}`;

export const rule: Rule = {
  id: 'Encryption-SqsQueueTlsOnly',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
  info: 'A queue must deny every request that does not come over TLS.',
  why: 'SQS also answers plain HTTP, where messages can be read in transit.',
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
      'another queue of that account': queueWith('{QueueName: orders}', '!Sub \'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:payments\''),
      'a policy that speaks of another queue than its own': policyOf(ORDERS, 'arn:aws:sqs:eu-west-1:111122223333:payments'),
      'a policy that speaks of a queue of that name in another account': policyOf(ORDERS, 'arn:aws:sqs:eu-west-1:444455556666:orders'),
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
      'the queue by an ARN of its parts': queueWith('{}', '!Sub \'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}\''),
      'the queue by an ARN with the name that it is given': queueWith('{QueueName: orders}', '!Sub \'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders\''),
      'every queue of the account': queueWith('{}', '!Sub \'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:*\''),
      'a policy of a queue from elsewhere': policyOf(ORDERS, 'arn:aws:sqs:eu-west-1:111122223333:orders'),
      'a policy of a queue by parameter, whatever its name is': policyOf('[!Sub \'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/${Name}\']', '!Sub \'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Name}\''),
    },
    undetermined: {
      'all queues of an account that may be another': queueWith('{}', 'arn:aws:sqs:us-east-1:444455556666:*'),
      'a policy of a queue whose URL is a parameter': policyOf('[!Ref Name]', 'arn:aws:sqs:eu-west-1:111122223333:orders'),
      'a queue beside a policy of a queue by parameter': `
        Parameters:
          Url: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties: {Queues: [!Ref Url], PolicyDocument: {Statement: []}}`,
    },
    notApplicable: {
      'a policy whose queue is in the template, by its URL': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Sub 'https://sqs.\${AWS::Region}.amazonaws.com/\${AWS::AccountId}/orders']
              PolicyDocument: {Statement: []}
          Queue:
            Type: AWS::SQS::Queue
            Properties: {QueueName: orders}`,
    },
  },
  check: answersOverTlsOnly,
};
