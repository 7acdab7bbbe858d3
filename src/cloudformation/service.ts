import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'cloudformation',
  title: 'AWS CloudFormation',
  protects: {},
  rules: RULES,
};
