import { AT_REST, Rule } from '../../rules/rule';
import { blocksCustomerProvidedKeys } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketBlocksSseC',
  severity: 'info',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should refuse encryption under keys that the caller provides (SSE-C).',
  why: 'Nobody but the caller can then read the object: a way to lock you out of your own data.',
  fix: 'Set BlockedEncryptionTypes to SSE-C (EncryptedBucket does).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}`,
      'nothing blocked': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}
                    BlockedEncryptionTypes: {EncryptionType: [NONE]}`,
    },
    right: {
      'beside KMS': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}
                    BlockedEncryptionTypes: {EncryptionType: [SSE-C]}`,
      'a single value': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}
                    BlockedEncryptionTypes: {EncryptionType: SSE-C}`,
    },
  },
  check: blocksCustomerProvidedKeys,
};
