import { servicesActForOurs } from '../../rules/resource-policies';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { QUEUE_POLICY } from '../policy-questions';

export const rule: Rule = {
  id: 'Encryption-SqsPolicyServiceSource',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
  info: 'A queue policy should say for whom an AWS service acts.',
  why: 'Without a source condition somebody else\'s bucket, topic or rule can have the service send messages (confused deputy).',
  fix: 'Add aws:SourceAccount or aws:SourceArn (EncryptedQueue.allowSendFrom does).',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'for anybody': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: sqs:SendMessage
                    Resource: '*'`,
      'every topic of every account': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {ArnLike: {aws:SourceArn: 'arn:aws:sns:*:*:*'}}`,
    },
    right: {
      'one topic': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {ArnEquals: {aws:SourceArn: !Ref Topic}}`,
      'the own account': `
        Resources:
          QueuePolicy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [q]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: sqs:SendMessage
                    Resource: '*'
                    Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}`,
    },
  },
  check: servicesActForOurs(QUEUE_POLICY),
};
