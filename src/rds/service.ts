import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'rds',
  title: 'Amazon Relational Database Service',
  protects: {
    'AWS::RDS::DBCluster': { kind: 'RDS cluster', key: ['KmsKeyId'] },
    'AWS::RDS::DBInstance': { kind: 'RDS instance', key: ['KmsKeyId'] },
  },
  rules: RULES,
};
