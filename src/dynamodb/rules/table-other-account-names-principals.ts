import { ofEach, otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TABLE_EXAMPLES } from '../policy-examples';
import { TABLE_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-DynamoDbTableOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  info: 'A policy of a table or stream should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: TABLE_EXAMPLES.otherAccountNamesPrincipals(),
  check: ofEach(TABLE_POLICIES, otherAccountsNamePrincipals),
};
