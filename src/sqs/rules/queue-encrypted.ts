import { AT_REST, Rule } from '../../rules/rule';
import { encrypts } from '../queue-checks';

export const rule: Rule = {
  id: 'Encryption-SqsQueueEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'A queue must not have encryption turned off.',
  why: 'SQS encrypts by its own keys unless it is told not to.',
  fix: 'Leave SqsManagedSseEnabled out, or set KmsMasterKeyId.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html',
  controls: { fsbp: ['SQS.1'], controlTower: ['CT.SQS.PR.2'], ...AT_REST },
  examples: {
    wrong: {
      'turned off': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {SqsManagedSseEnabled: false}`,
      'turned off as text': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {SqsManagedSseEnabled: 'false'}`,
    },
    right: {
      'nothing said, which is SQS\'s own keys': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {}`,
      'a key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders}`,
    },
    undetermined: {
      'turned off, unless a parameter gives a key': `
        Parameters:
          KeyArn: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {SqsManagedSseEnabled: false, KmsMasterKeyId: !Ref KeyArn}`,
    },
  },
  check: encrypts,
};
