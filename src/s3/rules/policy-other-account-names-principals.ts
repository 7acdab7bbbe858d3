import { ofEach, otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { S3_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'A policy of a bucket or access point should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'the whole account': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'any role of the account': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*], Condition: {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}}`,
    },
    right: {
      'one role': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*]}`,
      'the account, and of it one role': `
        Resources:
          Policy:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: orders
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: s3:GetObject, Resource: [arn:aws:s3:::orders, arn:aws:s3:::orders/*], Condition: {ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}}`,
    },
  },
  check: ofEach(S3_POLICIES, otherAccountsNamePrincipals),
};
