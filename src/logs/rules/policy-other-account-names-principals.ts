import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_GROUP_EXAMPLES } from '../policy-examples';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup'],
  info: 'A resource policy of CloudWatch Logs should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: LOG_GROUP_EXAMPLES.otherAccountNamesPrincipals(),
  check: otherAccountsNamePrincipals(LOG_POLICY),
};
