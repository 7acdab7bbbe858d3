import { AT_REST, Rule } from '../../rules/rule';
import { sendersHaveKey } from '../senders';

export const rule: Rule = {
  id: 'Encryption-SqsSendersHaveKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'The key policy of a queue must allow the AWS services that send to it.',
  why: 'S3, SNS, EventBridge and CloudWatch use the key as themselves; without permission what they send is lost, without an error.',
  fix: 'Allow the service kms:Decrypt and kms:GenerateDataKey* in the key policy (EncryptedQueue.allowSendFrom, ServiceAccess).',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services',
  controls: AT_REST,
  examples: {
    wrong: {
      'S3, which the key policy does not allow': `
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
      'S3 may encrypt, but SQS asks for decryption too': `
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
      'a service that the queue policy allows, and the key policy does not': `
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
      'S3, which the key policy allows': `
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
      'EventBridge, which the key policy allows': `
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
    undetermined: {
      'a rule whose target is a parameter': `
        Parameters:
          Target: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Rule:
            Type: AWS::Events::Rule
            Properties: {Targets: [{Id: T, Arn: !Ref Target}]}
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: kms:*, Resource: '*'}]`,
    },
    notApplicable: {
      'a rule whose target is a function': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Rule:
            Type: AWS::Events::Rule
            Properties: {Targets: [{Id: T, Arn: !GetAtt Function.Arn}]}
          Function:
            Type: AWS::Lambda::Function
          Key:
            Type: AWS::KMS::Key`,
    },
  },
  check: sendersHaveKey,
};
