import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'sqs',
  title: 'Amazon Simple Queue Service',
  protects: {
    'AWS::SQS::Queue': { kind: 'SQS queue', key: ['KmsMasterKeyId'] },
  },
  rules: RULES,
};
