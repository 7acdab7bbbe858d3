import { otherAccountsNamePrincipals } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyOtherAccountNamesPrincipals',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy should name roles of another account, not the whole account.',
  why: 'An administrator of that account may give the permission to anybody there.',
  fix: 'Name the roles in Principal, or limit by aws:PrincipalArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'the whole account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'any role of the account': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders, Condition: {ArnLike: {aws:PrincipalArn: 'arn:aws:iam::444455556666:role/*'}}}`,
    },
    right: {
      'one role': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders}`,
      'the account, and of it one role': `
        Resources:
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [https://sqs.eu-west-1.amazonaws.com/111122223333/orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: sqs:SendMessage, Resource: arn:aws:sqs:eu-west-1:111122223333:orders, Condition: {ArnEquals: {aws:PrincipalArn: arn:aws:iam::444455556666:role/reader}}}`,
    },
  },
  check: otherAccountsNamePrincipals(QUEUE_POLICY),
};
