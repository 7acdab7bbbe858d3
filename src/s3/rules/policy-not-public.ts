import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy'],
  info: 'A bucket policy must not allow everybody.',
  why: 'S3 decrypts for anybody who may read.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceArn or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status',
  controls: { fsbp: ['S3.2', 'S3.3'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'everybody': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: arn:aws:s3:::b/*}`,
      'everybody, written as text': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}'`,
      'from every address': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: s3:GetObject
                    Resource: '*'
                    Condition: {IpAddress: {aws:SourceIp: 0.0.0.0/0}}`,
    },
    right: {
      'one account': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: '111122223333'}, Action: s3:GetObject, Resource: '*'}`,
      'CloudFront for one distribution': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: cloudfront.amazonaws.com}
                    Action: s3:GetObject
                    Resource: '*'
                    Condition:
                      StringEquals: {aws:SourceArn: arn:aws:cloudfront::111122223333:distribution/E}`,
    },
  },
  check: strangersMayNothing(BUCKET_POLICY),
};
