import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'secretsmanager',
  title: 'AWS Secrets Manager',
  protects: {},
  rules: RULES,
};
