import { LOGGING, Rule } from '../../rules/rule';
import { logBucketIsNotUnderKms } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3LogBucketNotUnderKms',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket that receives access logs of S3 or of load balancers must not be under a KMS key.',
  why: 'Neither delivery can use KMS: the logs are lost, without an error.',
  fix: 'Encrypt it with S3\'s own keys (AES256).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  controls: LOGGING,
  examples: {
    wrong: {
      'logs of a load balancer': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}
          Key:
            Type: AWS::KMS::Key`,
      'connection logs, to a bucket by name': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketName: logs
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: connection_logs.s3.bucket, Value: logs}]}`,
      'logs of a bucket': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - BucketKeyEnabled: true
                    ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Bucket}}`,
    },
    right: {
      'S3\'s own keys': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}`,
      'nothing said, which is S3\'s own keys': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Bucket}}`,
    },
  },
  check: logBucketIsNotUnderKms,
};
