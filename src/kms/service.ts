import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'kms',
  title: 'AWS Key Management Service',
  protects: {
    'AWS::KMS::Key': { kind: 'KMS key' },
    'AWS::KMS::ReplicaKey': { kind: 'KMS replica', key: ['PrimaryKeyArn'] },
  },
  rules: RULES,
};
