import { allowsByName } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-S3PolicyNoNotPrincipal',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy'],
  info: 'A bucket policy must not allow by NotPrincipal.',
  why: 'It allows everybody except the named principals, anonymous callers too.',
  fix: 'Name the principals that are meant.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everybody but one': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    NotPrincipal: {AWS: '111122223333'}
                    Action: s3:GetObject
                    Resource: '*'`,
      'everybody but two': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  Effect: Allow
                  NotPrincipal: {AWS: ['111122223333', '444455556666']}
                  Action: s3:ListBucket
                  Resource: '*'`,
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
      'a Deny': `
        Resources:
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: b
              PolicyDocument:
                Statement:
                  - {Effect: Deny, NotPrincipal: {AWS: '111122223333'}, Action: s3:*, Resource: '*'}`,
    },
  },
  check: allowsByName('PolicyDocument'),
};
