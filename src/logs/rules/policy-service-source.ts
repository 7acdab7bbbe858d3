import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_GROUP_EXAMPLES } from '../policy-examples';
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
  examples: LOG_GROUP_EXAMPLES.serviceSource('route53.amazonaws.com', 'logs:PutLogEvents'),
  check: servicesActForOurs(LOG_POLICY, SENDS_NO_SOURCE),
};
