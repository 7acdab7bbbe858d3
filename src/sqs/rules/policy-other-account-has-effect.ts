import { otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_EXAMPLES } from '../policy-examples';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'What a queue policy allows another account should work across accounts.',
  why: 'Some actions work for principals of the own account only, whatever the policy says: who relies on it finds out in production.',
  fix: 'Leave the action out, or let the account use a role of yours.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html',
  controls: DATA_ACCESS,
  examples: QUEUE_EXAMPLES.otherAccountHasEffect('sqs:SetQueueAttributes'),
  check: otherAccountsHaveEffect(QUEUE_POLICY),
};
