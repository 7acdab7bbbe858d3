import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 's3',
  title: 'Amazon Simple Storage Service',
  protects: {
    'AWS::S3::Bucket': { kind: 'S3 bucket', key: ['BucketEncryption', 'ServerSideEncryptionConfiguration', '0', 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'] },
  },
  rules: RULES,
};
