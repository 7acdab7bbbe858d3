import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'dynamodb',
  title: 'Amazon DynamoDB',
  protects: {
    'AWS::DynamoDB::Table': { kind: 'table', key: ['SSESpecification', 'KMSMasterKeyId'] },
    'AWS::DynamoDB::GlobalTable': { kind: 'table', key: ['Replicas', '0', 'SSESpecification', 'KMSMasterKeyId'] },
  },
  rules: RULES,
};
