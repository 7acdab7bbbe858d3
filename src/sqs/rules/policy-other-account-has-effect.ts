import { otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_EXAMPLES } from '../policy-examples';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccountHasEffect',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy should name principals that AWS takes, and allow another account what works across accounts.',
  why: 'Some actions work for principals of the own account only, and some principals AWS takes nowhere but in trust policies: whoever wrote the statement believes in access, or in a limit, that is not there.',
  fix: 'Name accounts, roles, users or services, and leave out what does not work across accounts.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html',
  controls: DATA_ACCESS,
  examples: QUEUE_EXAMPLES.otherAccountHasEffect('sqs:SetQueueAttributes'),
  check: otherAccountsHaveEffect(QUEUE_POLICY),
};
