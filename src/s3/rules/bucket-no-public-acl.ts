import { DATA_ACCESS, Rule } from '../../rules/rule';
import { hasNoPublicAcl } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketNoPublicAcl',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket must not have an ACL that grants access to everybody.',
  why: 'S3 decrypts for anybody who may read.',
  fix: 'Leave AccessControl out.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html',
  controls: { fsbp: ['S3.2', 'S3.3'], ...DATA_ACCESS },
  examples: {
    wrong: {
      readable: `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: PublicRead}`,
      writable: `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: PublicReadWrite}`,
    },
    right: {
      none: `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      private: `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: Private}`,
    },
  },
  check: hasNoPublicAcl,
};
