import { ofEach, otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_EXAMPLES } from '../policy-examples';
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
      ...BUCKET_EXAMPLES.otherAccount().wrong,
      'an access point, for a role of another account': `
        Resources:
          Policy:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: orders
              Policy: {Statement: [{Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: s3:GetObject, Resource: '*'}]}`,
    },
    right: {
      ...BUCKET_EXAMPLES.otherAccount().right,
      'the account of AWS that writes the logs of load balancers': BUCKET_EXAMPLES.allowing('{AWS: arn:aws:iam::127311923021:root}', 's3:PutObject'),
    },
  },
  check: ofEach(S3_POLICIES, otherAccountsAreKnown),
};
