import { Rule } from '../../rules/rule';
import { reusesDataKey } from '../queue-checks';

export const rule: Rule = {
  id: 'Encryption-SqsDataKeyReuse',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'The data key reuse period must be one that SQS accepts.',
  why: 'SQS accepts 60 to 86,400 seconds; the deployment fails on everything else.',
  fix: 'Set KmsDataKeyReusePeriodSeconds to a number in that range, or leave it out for 300.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#sqs-how-does-the-data-key-reuse-period-work',
  controls: {},
  examples: {
    wrong: {
      'too short': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/a, KmsDataKeyReusePeriodSeconds: 30}`,
      'too long': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/a, KmsDataKeyReusePeriodSeconds: 100000}`,
    },
    right: {
      'five minutes': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/a, KmsDataKeyReusePeriodSeconds: 300}`,
      'a day, as text': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/a, KmsDataKeyReusePeriodSeconds: '86400'}`,
    },
  },
  check: reusesDataKey,
};
