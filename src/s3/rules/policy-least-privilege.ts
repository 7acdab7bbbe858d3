import { allowsByAction } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { isForWhomALimitNames } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyLeastPrivilege',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy'],
  info: 'A bucket policy should not allow every action.',
  why: 's3:* allows the named principals to turn encryption off, change the policy and delete the bucket.',
  fix: 'Name the actions that are needed.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  controls: { fsbp: ['S3.6'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'everything': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: s3:*, Resource: '*'}]`,
      'everything but one': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: '111122223333'}
                    NotAction: s3:DeleteBucket
                    Resource: '*'`,
    },
    right: {
      'reading': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: '111122223333'}, Action: s3:GetObject, Resource: '*'}`,
      'a Deny of everything': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - Effect: Deny
                    Principal: '*'
                    Action: s3:*
                    Resource: '*'
                    Condition: {Bool: {aws:SecureTransport: 'false'}}`,
    },
  },
  check: allowsByAction('PolicyDocument', 's3', isForWhomALimitNames),
};
