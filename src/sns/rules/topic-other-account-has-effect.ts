import { otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy should name principals that AWS takes, and allow another account what works across accounts.',
  why: 'Some actions work for principals of the own account only, and some principals AWS takes nowhere but in trust policies: whoever wrote the statement believes in access, or in a limit, that is not there.',
  fix: 'Name accounts, roles, users or services, and leave out what does not work across accounts.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  controls: DATA_ACCESS,
  examples: TOPIC_EXAMPLES.otherAccountHasEffect('sns:CreateTopic'),
  check: otherAccountsHaveEffect(TOPIC_POLICY),
};
