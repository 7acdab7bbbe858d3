import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'dynamodb',
  title: 'Amazon DynamoDB',
  protects: {},
  rules: RULES,
};
