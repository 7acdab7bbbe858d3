import { ofEach, strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { ACCESS_POINT_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3AccessPointPolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'The policy of an access point must not allow everybody.',
  why: 'An access point gives access to the bucket too.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everybody': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              Policy: {Statement: [{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*'}]}`,
      'everybody, by any ARN': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              Policy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::*:role/A}
                    Action: s3:PutObject
                    Resource: '*'`,
      'everybody, in several Regions': `
        Resources:
          Policy:
            Type: AWS::S3::MultiRegionAccessPointPolicy
            Properties:
              MrapName: orders
              Policy: {Statement: [{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*'}]}`,
      'everybody, through a function': `
        Resources:
          Policy:
            Type: AWS::S3ObjectLambda::AccessPointPolicy
            Properties:
              ObjectLambdaAccessPoint: orders
              PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: s3-object-lambda:GetObject, Resource: '*'}]}`,
    },
    right: {
      'one role': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              Policy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: arn:aws:iam::111122223333:role/A}
                    Action: s3:GetObject
                    Resource: '*'`,
      'everybody of a VPC': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              Policy:
                Statement:
                  - Effect: Allow
                    Principal: '*'
                    Action: s3:GetObject
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceVpc: vpc-1}}`,
    },
  },
  check: ofEach(ACCESS_POINT_POLICIES, strangersMayNothing),
};
