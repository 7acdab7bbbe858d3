import { otherAccountsOnlyUse } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
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
  examples: {
    wrong: {
      'everything': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sns:*, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
      'one action that destroys': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:root}, Action: [sns:Publish, sns:DeleteTopic], Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
    },
    right: {
      'use': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: arn:aws:iam::444455556666:role/reader}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
      'everything for the own account': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sns:*, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
    },
  },
  check: otherAccountsOnlyUse(TOPIC_POLICY),
};
