import { AT_REST, Rule } from '../../rules/rule';
import { deadLettersEncrypted } from '../queue-checks';

export const rule: Rule = {
  id: 'Encryption-SqsDeadLettersEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'The dead-letter queue of an encrypted queue must be under a KMS key too.',
  why: 'Messages that could not be processed end there, otherwise unencrypted or under keys that are not yours.',
  fix: 'Encrypt the dead-letter queue under the same key (EncryptedQueue does).',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'no key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              KmsMasterKeyId: alias/orders
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
          Dead:
            Type: AWS::SQS::Queue`,
      'the key that AWS manages': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              KmsMasterKeyId: alias/orders
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
          Dead:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/aws/sqs}`,
      'a queue by an ARN with its name, in a policy that is text': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              KmsMasterKeyId: alias/orders
              RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:dead", "maxReceiveCount": 3}'
          Dead:
            Type: AWS::SQS::Queue
            Properties: {QueueName: dead}`,
    },
    right: {
      'the same key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              KmsMasterKeyId: alias/orders
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
          Dead:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders}`,
      'another key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              KmsMasterKeyId: alias/orders
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
          Dead:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/dead}`,
    },
    undetermined: {
      'a queue from a parameter': `
        Parameters:
          DeadLetters: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders, RedrivePolicy: {deadLetterTargetArn: !Ref DeadLetters, maxReceiveCount: 3}}`,
    },
    notApplicable: {
      'a queue of another stack': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders, RedrivePolicy: {deadLetterTargetArn: !ImportValue dead, maxReceiveCount: 3}}`,
    },
  },
  check: deadLettersEncrypted,
};
