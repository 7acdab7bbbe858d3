import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
    wrong: {
      'everything': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sqs:*, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'one action that destroys': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: [sqs:SendMessage, sqs:PurgeQueue], Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'everything but a few, for an organization': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', NotAction: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders, Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
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
      'everything for the own account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:*, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
    },
  },
  check: otherAccountsOnlyUse(QUEUE_POLICY),
};
