import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_POLICY } from '../policy-questions';

/**
 * The SNS guide says that EventBridge sends no source conditions to topics under a key, EventBridge's own page that it does: a topic that asks for one
 * may get nothing.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const SENDS_NO_SOURCE = /^events\.amazonaws\.com$/;

export const rule: Rule = {
  id: 'Encryption-SnsTopicServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  info: 'A topic policy should say for whom an AWS service acts.',
  why: 'Without a source condition somebody else\'s bucket, alarm or rule can have the service publish (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders}`,
      'for every source of every account': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders, Condition: {ArnLike: {aws:SourceArn: 'arn:aws:s3:*:*:*'}}}`,
    },
    right: {
      'for the own account': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders, Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}}`,
      'for one resource': `
        Resources:
          Policy:
            Type: AWS::SNS::TopicPolicy
            Properties:
              Topics: [arn:aws:sns:eu-west-1:111122223333:orders]
              PolicyDocument:
                Statement:
                  - {Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sns:Publish, Resource: arn:aws:sns:eu-west-1:111122223333:orders, Condition: {ArnLike: {aws:SourceArn: 'arn:aws:s3:::uploads'}}}`,
    },
  },
  check: servicesActForOurs(TOPIC_POLICY, SENDS_NO_SOURCE),
};
