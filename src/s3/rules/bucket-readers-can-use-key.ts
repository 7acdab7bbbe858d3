import { readersCanUseKey } from '../../flows/checks';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-S3BucketReadersCanUseKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket under a KMS key must not be read by who cannot use a key: a CloudFront origin access identity, or anonymous visitors.',
  why: 'S3 answers such requests with an error: the site is off the net.',
  fix: 'Use origin access control (S3BucketOrigin.withOriginAccessControl), or leave the bucket under S3\'s own keys.',
  see: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'an origin access identity': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Identity:
            Type: AWS::CloudFront::CloudFrontOriginAccessIdentity
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {CanonicalUser: !GetAtt Identity.S3CanonicalUserId}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Key:
            Type: AWS::KMS::Key`,
    },
    right: {
      'origin access control': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Key:
            Type: AWS::KMS::Key`,
    },
    notApplicable: {
      'the same bucket under S3\'s own keys': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          Identity:
            Type: AWS::CloudFront::CloudFrontOriginAccessIdentity
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {CanonicalUser: !GetAtt Identity.S3CanonicalUserId}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}`,
    },
  },
  check: readersCanUseKey,
};
