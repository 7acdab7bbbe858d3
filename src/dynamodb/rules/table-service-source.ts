import { ofEach, servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TABLE_EXAMPLES } from '../policy-examples';
import { TABLE_POLICIES } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-DynamoDbTableServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  info: 'A policy of a table or stream should say for whom an AWS service acts.',
  why: 'Without a source condition the service reads the table for somebody else\'s resources (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: TABLE_EXAMPLES.serviceSource('redshift.amazonaws.com', 'dynamodb:DescribeTable'),
  check: ofEach(TABLE_POLICIES, servicesActForOurs),
};
