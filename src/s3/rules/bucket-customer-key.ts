import { AT_REST, Rule } from '../../rules/rule';
import { encryptsUnderCustomerKey } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketCustomerKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket must encrypt its objects by default under a customer-managed KMS key.',
  why: 'Under a key of your own you decide who may read, see each use in CloudTrail, and can withdraw it.',
  fix: 'Use EncryptedBucket or the mixin BucketEncryptionAtRest. A bucket that receives access logs stays on SSE-S3 and is not checked.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  controls: { fsbp: ['S3.17'], controlTower: ['CT.S3.PR.10'], ...AT_REST, nist: ['SC-12(2)', ...AT_REST.nist] },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}`,
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
      'KMS without a key: the AWS-managed one': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}`,
      'a bucket that logs to itself is not a bucket for logs': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {}}`,
      'an import of the key that AWS manages': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !ImportValue key}
        ---
        Resources: {}
        Outputs:
          Key: {Value: alias/aws/s3, Export: {Name: key}}`,
    },
    right: {
      'a key of the template': `
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
      'two layers under an alias': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault:
                      SSEAlgorithm: aws:kms:dsse
                      KMSMasterKeyID: alias/orders`,
      'a key of the template, without a bucket key': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'two layers': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault:
                      SSEAlgorithm: aws:kms:dsse
                      KMSMasterKeyID: !GetAtt Key.Arn
          Key:
            Type: AWS::KMS::Key`,
      'a key of another stack': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !ImportValue key}
        ---
        Resources:
          Key:
            Type: AWS::KMS::Key
        Outputs:
          Key: {Value: !GetAtt Key.Arn, Export: {Name: key}}`,
      'one key or the other': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault:
                      SSEAlgorithm: aws:kms
                      KMSMasterKeyID: !If [A, alias/x, alias/y]`,
    },
    undetermined: {
      'a key of a stack that is not checked': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !ImportValue key}`,
      'a key from a parameter': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref KeyArn}}`,
      'a key from the parameter store': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: '{{resolve:ssm:/key}}'}`,
      'an import of what the other stack has from a parameter': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !ImportValue key}
        ---
        Parameters:
          KeyArn: {Type: String}
        Resources: {}
        Outputs:
          Key: {Value: !Ref KeyArn, Export: {Name: key}}`,
      'a named bucket beside one that logs to a bucket by parameter': `
        Parameters:
          LogBucket: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: logs}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref LogBucket}}`,
    },
    notApplicable: {
      'a bucket for access logs of a bucket': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Bucket}}`,
      'a bucket for access logs of a load balancer': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}`,
    },
  },
  check: encryptsUnderCustomerKey,
};
