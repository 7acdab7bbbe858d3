import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_EXAMPLES } from '../policy-examples';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccountUsesOnly',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy must not allow another account more than use.',
  why: 'Whoever may purge the queue destroys messages that nobody has read.',
  fix: 'List the actions that the account needs, without those that change, delete or share.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html',
  controls: DATA_ACCESS,
  examples: {
    ...QUEUE_EXAMPLES.otherAccountUsesOnly(),
    wrong: { ...QUEUE_EXAMPLES.otherAccountUsesOnly().wrong, ...QUEUE_EXAMPLES.everythingButUseForAnOrganization() },
  },
  check: otherAccountsOnlyUse(QUEUE_POLICY),
};
