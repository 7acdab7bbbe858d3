import { IN_TRANSIT, Rule } from '../../rules/rule';
import { answersOverTlsOnly } from '../tls-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketTlsOnly',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: [...['AWS::S3::Bucket'], 'AWS::S3::BucketPolicy'],
  info: 'A bucket must deny every request that does not come over TLS.',
  why: 'S3 answers plain HTTP too: then objects and signatures can be read on the way.',
  fix: 'Use EncryptedBucket, the mixin BucketTlsOnly, or enforceSSL: true.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit',
  controls: { fsbp: ['S3.5'], controlTower: ['CT.S3.PR.8'], ...IN_TRANSIT, cis: ['2.1.1'] },
  examples: {
    wrong: {
      'no policy': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'objects only': `
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
                    Resource: !Sub '\${Bucket.Arn}/*'
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'mentioned, but true': `
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
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
      'the bucket, and not its objects': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: !GetAtt Bucket.Arn
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'objects, and not the bucket': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: !Sub '\${Bucket.Arn}/*'
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'reading only': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:GetObject
                    Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*']
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'one principal only': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: {AWS: arn:aws:iam::111122223333:root}
                    Action: s3:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'a condition beside it that narrows it': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
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
                    Condition: {Bool: {aws:SecureTransport: 'false'}, StringEquals: {aws:SourceVpc: vpc-1}}`,
      'an Allow with TLS, which denies nothing': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'true'}}`,
    },
    right: {
      'bucket and objects': `
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
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
      'by two statements': `
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
                    Resource: !Sub 'arn:aws:s3:::\${Bucket}'
                    Condition: {Bool: {aws:SecureTransport: false}}
                  - Effect: Deny
                    Principal: {AWS: '*'}
                    Action: s3:*
                    Resource: !Join ['', ['arn:aws:s3:::', !Ref Bucket, /*]]
                    Condition: {Bool: {aws:SecureTransport: ['false']}}`,
      'bucket and objects (2)': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
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
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'everything by a star': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: {AWS: '*'}
                    Action: '*'
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: false}}`,
      'a bucket by its name': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: orders}
          P:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]
                    Condition: {Bool: {aws:SecureTransport: false}}`,
    },
  },
  check: answersOverTlsOnly,
};
