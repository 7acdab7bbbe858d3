import { hasOnePolicy } from '../../rules/one-policy';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { policiesThatMayName } from '../topic-relations';

/** Two topics, and a policy of each of two names. */
const twoPolicies = (one: string, two: string) => `
        Resources:
          Topic:
            Type: AWS::SNS::Topic
          Other:
            Type: AWS::SNS::Topic
          One:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [!Ref ${one}]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sns:Publish, Resource: '*'}]}
          Two:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [!Ref ${two}]
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: sns:Publish, Resource: '*'}]}`;

export const rule: Rule = {
  id: 'Encryption-SnsTopicOnePolicy',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::SNS::Topic'],
  info: 'A topic must have one policy.',
  why: 'SNS keeps one policy for a topic: the second one replaces the first, with all that it denies, and the order is up to CloudFormation.',
  fix: 'Put the statements into one AWS::SNS::TopicPolicy (topic.addToResourcePolicy does).',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: { 'two policies': twoPolicies('Topic', 'Topic') },
    right: { 'a policy for each topic': twoPolicies('Topic', 'Other') },
  },
  check: hasOnePolicy(policiesThatMayName, 'SNS keeps the one that is written last'),
};
