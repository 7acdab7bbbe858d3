import { ofEach, otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'everything': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: dynamodb:*, Resource: '*'}`,
      'one action that destroys': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: [dynamodb:GetItem, dynamodb:DeleteTable], Resource: '*'}`,
    },
    right: {
      'use': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: dynamodb:GetItem, Resource: '*'}`,
      'everything for the own account': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: dynamodb:*, Resource: '*'}`,
    },
  },
  check: ofEach(TABLE_POLICIES, otherAccountsOnlyUse),
};
