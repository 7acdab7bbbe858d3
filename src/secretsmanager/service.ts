import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'secretsmanager',
  title: 'AWS Secrets Manager',
  protects: {
    'AWS::SecretsManager::Secret': { kind: 'secret', key: ['KmsKeyId'] },
  },
  rules: RULES,
};
