import { DATA_ACCESS, Rule } from '../../rules/rule';
import { blocksPublicAccess } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketBlocksPublicAccess',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket must block public access in all four ways.',
  why: 'Otherwise one policy or ACL too many makes the objects public, encrypted or not: S3 decrypts for anybody who may read.',
  fix: 'Set all of PublicAccessBlockConfiguration to true.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  controls: { fsbp: ['S3.8'], controlTower: ['CT.S3.PR.1'], ...DATA_ACCESS, cis: ['2.1.4'] },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'three of four': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              PublicAccessBlockConfiguration:
                BlockPublicAcls: true
                BlockPublicPolicy: true
                IgnorePublicAcls: true`,
    },
    right: {
      'all four': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              PublicAccessBlockConfiguration:
                BlockPublicAcls: true
                BlockPublicPolicy: true
                IgnorePublicAcls: true
                RestrictPublicBuckets: true`,
      'all four as text': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              PublicAccessBlockConfiguration:
                BlockPublicAcls: 'true'
                BlockPublicPolicy: 'true'
                IgnorePublicAcls: 'true'
                RestrictPublicBuckets: 'true'`,
    },
  },
  check: blocksPublicAccess,
};
