import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_GROUP_EXAMPLES } from '../policy-examples';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup'],
  info: 'A resource policy of CloudWatch Logs must not allow another account more than use.',
  why: 'Whoever may delete a log group, its key or its retention takes away the evidence; whoever may subscribe reads all of it.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html',
  controls: DATA_ACCESS,
  examples: LOG_GROUP_EXAMPLES.otherAccountUsesOnly(),
  check: otherAccountsOnlyUse(LOG_POLICY),
};
