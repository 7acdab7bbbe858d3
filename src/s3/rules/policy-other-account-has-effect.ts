import { ofEach, otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_EXAMPLES } from '../policy-examples';
import { S3_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'What a policy of a bucket or access point allows another account should work across accounts.',
  why: 'Some actions work for principals of the own account only, whatever the policy says: who relies on it finds out in production.',
  fix: 'Leave the action out, or let the account use a role of yours.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html',
  controls: DATA_ACCESS,
  examples: BUCKET_EXAMPLES.otherAccountHasEffect('s3:PutBucketPolicy'),
  check: ofEach(S3_POLICIES, otherAccountsHaveEffect),
};
