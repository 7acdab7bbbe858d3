import { ofEach, otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { S3_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'A policy of a bucket or access point must not allow another account more than use.',
  why: 'Whoever may change encryption, life cycle, replication or public access of a bucket decides what becomes of its data.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html',
  controls: { fsbp: ['S3.6'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'everything': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:*, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'one action that destroys': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: [s3:GetObject, s3:PutLifecycleConfiguration], Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'everything but a few, for an organization': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', NotAction: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*], Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
    },
    right: {
      'use': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'everything for the own account': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:*, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
    },
  },
  check: ofEach(S3_POLICIES, otherAccountsOnlyUse),
};
