import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_POLICY } from '../policy-questions';

/**
 * EventBridge's own policy for log groups has no source condition.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
 */
const SENDS_NO_SOURCE = /^events\.amazonaws\.com$/;

export const rule: Rule = {
  id: 'Encryption-LogsPolicyServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup'],
  info: 'A resource policy of CloudWatch Logs should say for whom an AWS service acts.',
  why: 'Without a source condition the service writes what somebody else\'s resources log (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: route53.amazonaws.com}, Action: logs:PutLogEvents, Resource: '*'}`,
    },
    right: {
      'for the own account': `
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties:
              ResourcePolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: route53.amazonaws.com}, Action: logs:PutLogEvents, Resource: '*', Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}}`,
    },
  },
  check: servicesActForOurs(LOG_POLICY, SENDS_NO_SOURCE),
};
