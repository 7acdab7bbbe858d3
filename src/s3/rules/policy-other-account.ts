import { ofEach, otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { S3_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'A policy of a bucket or access point names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'a role of another account': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'an organization': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*], Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
      'an access point, for a role of another account': `
        Resources:
          Policy:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: orders
              Policy: {Statement: [{Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:GetObject, Resource: '*'}]}`,
    },
    right: {
      'the own account': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'the account of AWS that writes the logs of load balancers': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::127311923021:root}, Action: s3:PutObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
    },
  },
  check: ofEach(S3_POLICIES, otherAccountsAreKnown),
};
