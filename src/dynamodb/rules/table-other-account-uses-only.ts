import { ofEach, otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TABLE_EXAMPLES } from '../policy-examples';
import { TABLE_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-DynamoDbTableOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  info: 'A policy of a table or stream must not allow another account more than use.',
  why: 'Whoever may delete or change the table takes its data away, or makes a stream of it.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html',
  controls: DATA_ACCESS,
  examples: TABLE_EXAMPLES.otherAccountUsesOnly(),
  check: ofEach(TABLE_POLICIES, otherAccountsOnlyUse),
};
