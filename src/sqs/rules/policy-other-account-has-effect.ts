import { otherAccountsHaveEffect } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'an action for the own account only': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: [sqs:SendMessage, sqs:SetQueueAttributes], Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
    },
    right: {
      'use': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'the own account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SetQueueAttributes, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'everything, of which a part works': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sqs:*, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
    },
  },
  check: otherAccountsHaveEffect(QUEUE_POLICY),
};
