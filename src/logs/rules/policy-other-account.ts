import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup'],
  info: 'A resource policy of CloudWatch Logs names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'a role of another account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: logs:FilterLogEvents, Resource: '*'}`,
      'an organization': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: logs:FilterLogEvents, Resource: '*', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
    },
    right: {
      'the own account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: logs:FilterLogEvents, Resource: '*'}`,
    },
  },
  check: otherAccountsAreKnown(LOG_POLICY),
};
