import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_EXAMPLES } from '../policy-examples';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: QUEUE_EXAMPLES.otherAccountNamesPrincipals(),
  check: otherAccountsNamePrincipals(QUEUE_POLICY),
};
