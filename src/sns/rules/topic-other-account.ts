import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_EXAMPLES } from '../policy-examples';
import { TOPIC_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SnsTopicOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: TOPIC_EXAMPLES.otherAccount(),
  check: otherAccountsAreKnown(TOPIC_POLICY),
};
