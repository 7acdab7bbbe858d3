import { AT_REST, Rule } from '../../rules/rule';
import { encrypts } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketEncrypted',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should say how it encrypts its objects by default.',
  why: 'S3 encrypts every new object, by its own keys unless told otherwise; what is not said cannot be shown to an auditor, nor kept.',
  fix: 'Set BucketEncryption.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}`,
      'an algorithm that does not exist': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES128}}]`,
    },
    right: {
      'S3\'s own keys': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]`,
      'the key that AWS manages': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/aws/s3}}`,
    },
  },
  check: encrypts,
};
