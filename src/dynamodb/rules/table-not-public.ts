import { ofEach, strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TABLE_EXAMPLES } from '../policy-examples';
import { TABLE_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-DynamoDbTableNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  info: 'A policy of a table or stream must not allow everybody.',
  why: 'DynamoDB decrypts items for anybody who may read the table or its stream.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html',
  controls: DATA_ACCESS,
  examples: TABLE_EXAMPLES.notPublic(),
  check: ofEach(TABLE_POLICIES, strangersMayNothing),
};
