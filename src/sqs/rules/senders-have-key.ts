import { AT_REST, Rule } from '../../rules/rule';
import { sendersHaveKey } from '../senders';

/** A queue whose policy takes messages of S3, and whose key S3 may use; each under a condition. */
const queueBetween = (sends: string, uses: string) => `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: sqs:SendMessage, Resource: '*', Condition: ${sends}}]
          Key:
            Type: AWS::KMS::Key
            Properties:
              KeyPolicy:
                Statement:
                  - Effect: Allow
                    Principal: {AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root'}
                    Action: kms:*
                    Resource: '*'
                  - Effect: Allow
                    Principal: {Service: s3.amazonaws.com}
                    Action: [kms:Decrypt, kms:GenerateDataKey]
                    Resource: '*'
                    Condition: ${uses}`;

const OWN = '{StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}';

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
      'a bucket of another account, of which the key takes only its own': queueBetween(
        '{StringEquals: {aws:SourceAccount: \'444455556666\'}, ArnLike: {aws:SourceArn: arn:aws:s3:::uploads}}', OWN),
      'two accounts, of which the key takes one': queueBetween(
        '{StringEquals: {aws:SourceAccount: [\'444455556666\', \'777788889999\']}}', '{StringEquals: {aws:SourceAccount: \'444455556666\'}}'),
      'an organization, of which the key takes its own account': queueBetween('{StringEquals: {aws:SourceOrgID: o-a1b2c3d4e5}}', OWN),
      'another bucket than the one that the key takes': queueBetween('{ArnEquals: {aws:SourceArn: arn:aws:s3:::uploads}}', '{ArnEquals: {aws:SourceArn: arn:aws:s3:::orders}}'),
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
      'the own account on both sides': queueBetween(OWN, OWN),
      'an account on both sides': queueBetween(
        '{ArnLike: {aws:SourceArn: arn:aws:s3:::uploads}, StringEquals: {aws:SourceAccount: \'444455556666\'}}', '{StringEquals: {aws:SourceAccount: [!Ref AWS::AccountId, \'444455556666\']}}'),
      'an organization on both sides': queueBetween('{StringEquals: {aws:SourceOrgID: o-a1b2c3d4e5}}', '{StringEquals: {aws:SourceOrgID: o-a1b2c3d4e5}}'),
      'one bucket, and a key for all of its account': queueBetween('{ArnEquals: {aws:SourceArn: arn:aws:s3:::uploads}}', '{ArnLike: {aws:SourceArn: arn:aws:s3:::*}}'),
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
