import { AT_REST, Rule } from '../../rules/rule';
import { keyIsUsable } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketKeyUsable',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'The key of a bucket must be symmetric, enabled, and exist.',
  why: 'S3 refuses every upload under another kind of key.',
  fix: 'Name a symmetric KMS key of the bucket\'s Region.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'a key that is not there': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}`,
      'a key that makes codes': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: HMAC_256, KeyUsage: GENERATE_VERIFY_MAC}`,
      'a disabled key': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: 'false'}`,
      'the primary\'s ARN where its replica is here': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault:
                      SSEAlgorithm: aws:kms
                      KMSMasterKeyID: arn:aws:kms:us-east-1:111122223333:key/mrk-1
          Replica:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}`,
      'a disabled key in an ARN that is put together': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault:
                      SSEAlgorithm: aws:kms
                      KMSMasterKeyID: !Sub 'arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:key/\${Key}'
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: false}`,
    },
    right: {
      'a symmetric key': `
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
      'a replica in its own Region': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}`,
    },
    undetermined: {
      'a key that a parameter enables': `
        Parameters:
          IsEnabled: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: !Ref IsEnabled}`,
    },
  },
  check: keyIsUsable,
};
