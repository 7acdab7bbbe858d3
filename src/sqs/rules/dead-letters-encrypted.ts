import { AT_REST, Rule } from '../../rules/rule';
import { deadLettersEncrypted } from '../queue-checks';

export const rule: Rule = {
  id: 'Encryption-SqsDeadLettersEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'The dead-letter queue of an encrypted queue must be under a KMS key too.',
  why: 'The messages that went wrong end there, in the clear or under keys that are not yours.',
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
  },
  check: deadLettersEncrypted,
};
