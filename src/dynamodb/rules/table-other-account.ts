import { ofEach, otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TABLE_EXAMPLES } from '../policy-examples';
import { TABLE_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-DynamoDbTableOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  info: 'A policy of a table or stream names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: TABLE_EXAMPLES.otherAccount(),
  check: ofEach(TABLE_POLICIES, otherAccountsAreKnown),
};
