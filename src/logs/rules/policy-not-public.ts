import { strangersMayNothing } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyNotPublic',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup', 'AWS::Logs::Destination'],
  info: 'A resource policy of CloudWatch Logs must not allow everybody.',
  why: 'Logs have what applications print: names, tokens, addresses; CloudWatch Logs decrypts them for whoever may read.',
  fix: 'Name principals, or limit by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'everybody': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: logs:FilterLogEvents, Resource: '*'}`,
      'everybody with a tag of their own': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: logs:FilterLogEvents, Resource: '*', Condition: {StringEquals: {aws:PrincipalTag/team: orders}}}`,
    },
    right: {
      'everybody of an organization': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: logs:FilterLogEvents, Resource: '*', Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
      'the own account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: logs:FilterLogEvents, Resource: '*'}`,
    },
    undetermined: {
      'a principal by parameter': `
        Parameters:
          Who: {Type: String}
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref Who}, Action: logs:FilterLogEvents, Resource: '*'}`,
    },
  },
  check: strangersMayNothing(LOG_POLICY),
};
