import { AT_REST, Rule } from '../../rules/rule';
import { sendersHaveKey } from '../senders';

export const rule: Rule = {
  id: 'Encryption-SqsSendersHaveKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::SQS::Queue', 'AWS::SNS::Topic'],
  info: 'The key of a queue or topic must let in the AWS services that send to it.',
  why: 'S3, SNS, EventBridge and CloudWatch use the key as themselves; without permission what they send is lost, without an error.',
  fix: 'Allow the service kms:Decrypt and kms:GenerateDataKey* in the key policy (EncryptedQueue.allowSendFrom, ServiceAccess).',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services',
  controls: AT_REST,
  examples: {
    wrong: {
      'S3, which the key does not let in': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              NotificationConfiguration:
                QueueConfigurations: [{Event: s3:ObjectCreated:*, Queue: !GetAtt Queue.Arn}]
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'`,
      'S3 with encryption alone, where SQS asks for decryption too': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              NotificationConfiguration:
                QueueConfigurations: [{Event: s3:ObjectCreated:*, Queue: !GetAtt Queue.Arn}]
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: kms:GenerateDataKey
                    Resource: '*'`,
      'SNS into a queue under the key that AWS manages': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/aws/sqs}
          Sub:
            Type: AWS::SNS::Subscription
            Properties: {Protocol: sqs, Endpoint: !GetAtt Queue.Arn, TopicArn: !Ref Topic}`,
      'an alarm into a topic': `
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {KmsMasterKeyId: !Ref Key}
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties: {AlarmActions: [!Ref Topic]}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'`,
      'who the queue\'s own policy lets in': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Principal: {Service: sns.amazonaws.com}
                    Action: sqs:SendMessage
                    Resource: !GetAtt Queue.Arn
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'`,
    },
    right: {
      'S3, which the key lets in': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              NotificationConfiguration:
                QueueConfigurations: [{Event: s3:ObjectCreated:*, Queue: !GetAtt Queue.Arn}]
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey*]
                    Resource: '*'`,
      'EventBridge, which the key lets in': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}
          Rule:
            Type: AWS::Events::Rule
            Properties: {Targets: [{Id: T, Arn: !GetAtt Queue.Arn}]}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {Service: [events.amazonaws.com]}
                    Action: kms:*
                    Resource: '*'`,
    },
  },
  check: sendersHaveKey,
};
