import { ofEach, otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { BUCKET_EXAMPLES } from '../policy-examples';
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
  examples: BUCKET_EXAMPLES.otherAccountNamesPrincipals(),
  check: ofEach(S3_POLICIES, otherAccountsNamePrincipals),
};
