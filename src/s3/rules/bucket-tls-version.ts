import { IN_TRANSIT, Rule } from '../../rules/rule';
import { refusesOldTls } from '../tls-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketTlsVersion',
  severity: 'info',
  guards: 'in transit',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should deny TLS below 1.2.',
  why: 'AWS accepts nothing older at its endpoints today; said in the policy, an auditor sees it.',
  fix: 'Deny s3:TlsVersion below 1.2 (EncryptedBucket does).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-tls-version',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'a floor of 1.1': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {NumericLessThan: {s3:TlsVersion: '1.1'}}`,
    },
    right: {
      'a floor of 1.2': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*']
                    Condition: {NumericLessThan: {s3:TlsVersion: 1.2}}`,
      'a floor of 1.3': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {NumericLessThan: {s3:TlsVersion: '1.3'}}`,
    },
  },
  check: refusesOldTls,
};
