import { ofEach, otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'the whole account': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: dynamodb:GetItem, Resource: '*'}`,
      'any role of the account': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: '*', Action: dynamodb:GetItem, Resource: '*', Condition: {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}}`,
    },
    right: {
      'one role': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: dynamodb:GetItem, Resource: '*'}`,
      'the account, and of it one role': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: dynamodb:GetItem, Resource: '*', Condition: {ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}}`,
    },
  },
  check: ofEach(TABLE_POLICIES, otherAccountsNamePrincipals),
};
