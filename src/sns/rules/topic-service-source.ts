import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { TOPIC_POLICY } from '../policy-questions';

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
  check: servicesActForOurs(TOPIC_POLICY),
};
