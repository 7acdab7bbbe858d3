import { ofEach, servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {Service: redshift.amazonaws.com}, Action: dynamodb:DescribeTable, Resource: '*'}`,
    },
    right: {
      'for the own account': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {Service: redshift.amazonaws.com}, Action: dynamodb:DescribeTable, Resource: '*', Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}}`,
    },
  },
  check: ofEach(TABLE_POLICIES, servicesActForOurs),
};
