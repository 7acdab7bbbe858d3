import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'logs',
  title: 'Amazon CloudWatch Logs',
  protects: {
    'AWS::Logs::LogGroup': { kind: 'log group', key: ['KmsKeyId'] },
  },
  rules: RULES,
};
