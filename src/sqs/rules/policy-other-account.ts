import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_EXAMPLES } from '../policy-examples';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccount',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy names another account: check that it is meant.',
  why: 'What another account may do is decided there too, and changes there are not seen here.',
  fix: 'Remove it, or list the account in trustedAccounts (its organization in trustedOrganizations).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
  controls: DATA_ACCESS,
  examples: QUEUE_EXAMPLES.otherAccount(),
  check: otherAccountsAreKnown(QUEUE_POLICY),
};
