import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'sns',
  title: 'Amazon Simple Notification Service',
  protects: {
    'AWS::SNS::Topic': { kind: 'SNS topic', key: ['KmsMasterKeyId'] },
  },
  rules: RULES,
};
