import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy must not allow another account more than use.',
  why: 'Whoever may change the topic\'s policy decides who reads it; whoever may delete it loses every subscription.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  controls: DATA_ACCESS,
  examples: TOPIC_EXAMPLES.otherAccountUsesOnly(),
  check: otherAccountsOnlyUse(TOPIC_POLICY),
};
