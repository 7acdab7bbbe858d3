import { Rule } from '../../rules/rule';
import { usesBucketKey } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketKeyEnabled',
  severity: 'info',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket under SSE-KMS should use a bucket key.',
  why: 'Without it every object costs a request to KMS, and may be throttled: up to 99 % more.',
  fix: 'Set BucketKeyEnabled to true.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
  controls: {},
  examples: {
    wrong: {
      'left out': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/aws/s3}}`,
      'off': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {BucketKeyEnabled: false, ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}`,
    },
    right: {
      'enabled': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'enabled as text': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {BucketKeyEnabled: 'true', ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}`,
    },
  },
  check: usesBucketKey,
};
