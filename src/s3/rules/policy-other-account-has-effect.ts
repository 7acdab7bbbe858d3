import { ofEach, otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_EXAMPLES } from '../policy-examples';
import { S3_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-S3PolicyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::BucketPolicy', 'AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPointPolicy', 'AWS::S3ObjectLambda::AccessPointPolicy'],
  info: 'A policy of a bucket or access point should name principals that AWS takes, and allow another account what works across accounts.',
  why: 'Some actions work for principals of the own account only, and some principals AWS takes nowhere but in trust policies: whoever wrote the statement believes in access, or in a limit, that is not there.',
  fix: 'Name accounts, roles, users or services, and leave out what does not work across accounts.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html',
  controls: DATA_ACCESS,
  examples: BUCKET_EXAMPLES.otherAccountHasEffect('s3:PutBucketPolicy'),
  check: ofEach(S3_POLICIES, otherAccountsHaveEffect),
};
