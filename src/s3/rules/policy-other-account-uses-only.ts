import { ofEach, otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_EXAMPLES } from '../policy-examples';
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
    ...BUCKET_EXAMPLES.otherAccountUsesOnly(),
    wrong: { ...BUCKET_EXAMPLES.otherAccountUsesOnly().wrong, ...BUCKET_EXAMPLES.everythingButUseForAnOrganization() },
  },
  check: ofEach(S3_POLICIES, otherAccountsOnlyUse),
};
