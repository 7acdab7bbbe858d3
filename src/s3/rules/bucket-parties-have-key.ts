import { partiesHaveKey } from '../../flows/checks';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-S3BucketServicesHaveKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'The key policy of a bucket must allow the AWS services and other accounts that write to it or read from it.',
  why: 'CloudTrail, AWS Config, log deliveries, SES, S3 inventory and CloudFront use the key as themselves; without permission what they write is lost.',
  fix: 'Add to the key policy the statement that the finding shows (EncryptedBucket, the mixin and EncryptionDefaults do).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'a flow log, whose delivery the key policy does not allow': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          FlowLog:
            Type: AWS::EC2::FlowLog
            Properties: {ResourceId: vpc-1, ResourceType: VPC, LogDestinationType: s3, LogDestination: !GetAtt Bucket.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
      'AWS Config, which the bucket policy allows': `
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
                  - {Effect: Allow, Principal: {Service: config.amazonaws.com}, Action: s3:PutObject, Resource: !Sub '\${Bucket.Arn}/*'}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}, Action: kms:*, Resource: '*'}`,
    },
    right: {
      'a flow log, whose delivery the key policy allows': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          FlowLog:
            Type: AWS::EC2::FlowLog
            Properties: {ResourceId: vpc-1, ResourceType: VPC, LogDestinationType: s3, LogDestination: !GetAtt Bucket.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: delivery.logs.amazonaws.com}
                    Action: [kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey*, kms:ReEncrypt*]
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
    },
    undetermined: {
      'a key policy that is a parameter': `
        Parameters:
          Policy: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          FlowLog:
            Type: AWS::EC2::FlowLog
            Properties: {ResourceId: vpc-1, ResourceType: VPC, LogDestinationType: s3, LogDestination: !GetAtt Bucket.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {KeyPolicy: !Ref Policy}`,
    },
    notApplicable: {
      'a bucket to which no service writes': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}}
          Key:
            Type: AWS::KMS::Key`,
    },
  },
  check: partiesHaveKey('bucket'),
};
