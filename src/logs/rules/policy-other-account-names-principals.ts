import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'the whole account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: logs:FilterLogEvents, Resource: '*'}`,
      'any role of the account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: logs:FilterLogEvents, Resource: '*', Condition: {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}}`,
    },
    right: {
      'one role': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: logs:FilterLogEvents, Resource: '*'}`,
      'the account, and of it one role': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: logs:FilterLogEvents, Resource: '*', Condition: {ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}}`,
    },
  },
  check: otherAccountsNamePrincipals(LOG_POLICY),
};
