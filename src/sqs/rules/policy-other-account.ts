import { otherAccountsAreKnown } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'a role of another account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'an organization': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders, Condition: {StringEquals: {aws:PrincipalOrgID: o-a1b2c3d4e5}}}`,
    },
    right: {
      'the own account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
    },
  },
  check: otherAccountsAreKnown(QUEUE_POLICY),
};
