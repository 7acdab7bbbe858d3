import { LOGGING, Rule } from '../../rules/rule';
import { logBucketIsNotUnderKms } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3LogBucketNotUnderKms',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket that receives access logs of S3, or of Application or Classic Load Balancers, must not be under a KMS key.',
  why: 'These services cannot write logs under a KMS key: the logs are lost without an error.',
  fix: 'Encrypt it with S3\'s own keys (AES256). If a bucket logs to itself, name another bucket as DestinationBucketName.',
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
      'logs of the bucket itself, where no destination is named': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              LoggingConfiguration: {LogFilePrefix: access/}
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}`,
      'the ACL by which S3 delivers logs': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              AccessControl: LogDeliveryWrite
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}`,
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
    notApplicable: {
      'logs of a Network Load Balancer, which can use the key': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          Nlb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: network, LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}`,
      'load balancers whose logs are turned off': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties:
              LoadBalancerAttributes: [{Key: access_logs.s3.enabled, Value: false}, {Key: access_logs.s3.bucket, Value: !Ref Bucket}]
          Classic:
            Type: AWS::ElasticLoadBalancing::LoadBalancer
            Properties: {Listeners: [], AccessLoggingPolicy: {Enabled: false, S3BucketName: !Ref Bucket}}`,
      'logs of CloudFront alone, which can use the key': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              AccessControl: LogDeliveryWrite
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          Distribution:
            Type: AWS::CloudFront::Distribution
            Properties: {DistributionConfig: {Enabled: true, Logging: {Bucket: !GetAtt Bucket.DomainName}}}`,
      'logging that is taken away': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              LoggingConfiguration: !Ref AWS::NoValue
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}`,
      'a bucket that logs into the same bucket as the other': `
        Parameters:
          LogBucket: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              LoggingConfiguration: {DestinationBucketName: !Ref LogBucket}
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref LogBucket}}`,
    },
    undetermined: {
      'a load balancer whose type is a parameter': `
        Parameters:
          Kind: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          LoadBalancer:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {Type: !Ref Kind, LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}`,
      'a load balancer that logs to a bucket by parameter': `
        Parameters:
          LogBucket: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/logs}}
          Alb:
            Type: AWS::ElasticLoadBalancingV2::LoadBalancer
            Properties: {LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref LogBucket}]}`,
    },
  },
  check: logBucketIsNotUnderKms,
};
