import { ofEach, strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'everybody': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: '*', Action: dynamodb:GetItem, Resource: '*'}`,
      'everybody with a tag of their own': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: '*', Action: dynamodb:GetItem, Resource: '*', Condition: {StringEquals: {aws:PrincipalTag/team: orders}}}`,
    },
    right: {
      'everybody of an organization': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: '*', Action: dynamodb:GetItem, Resource: '*', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
      'the own account': `
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: dynamodb:GetItem, Resource: '*'}`,
    },
    undetermined: {
      'a principal by parameter': `
        Parameters:
          Who: {Type: String}
        Resources:
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              ResourcePolicy:
                PolicyDocument:
                  Statement:
                    - {Effect: Allow, Principal: {AWS: !Ref Who}, Action: dynamodb:GetItem, Resource: '*'}`,
    },
  },
  check: ofEach(TABLE_POLICIES, strangersMayNothing),
};
