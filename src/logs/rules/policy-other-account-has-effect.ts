import { otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { LOG_GROUP_EXAMPLES } from '../policy-examples';
import { LOG_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-LogsPolicyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::Logs::ResourcePolicy', 'AWS::Logs::LogGroup'],
  info: 'A resource policy of CloudWatch Logs should name principals that AWS takes, and allow another account what works across accounts.',
  why: 'Some actions work for principals of the own account only, and some principals AWS takes nowhere but in trust policies: whoever wrote the statement believes in access, or in a limit, that is not there.',
  fix: 'Name accounts, roles, users or services, and leave out what does not work across accounts.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  controls: DATA_ACCESS,
  examples: LOG_GROUP_EXAMPLES.otherAccountHasEffect('logs:CreateLogGroup'),
  check: otherAccountsHaveEffect(LOG_POLICY),
};
