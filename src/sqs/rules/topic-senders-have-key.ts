import { AT_REST, Rule } from '../../rules/rule';
import { sendersHaveKey } from '../senders';

export const rule: Rule = {
  id: 'Encryption-SnsTopicSendersHaveKey',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::SNS::Topic'],
  info: 'The key policy of a topic must allow the AWS services that publish to it.',
  why: 'S3, EventBridge and CloudWatch use the key as themselves; without permission what they publish is lost, without an error.',
  fix: 'Allow the service kms:Decrypt and kms:GenerateDataKey* in the key policy (ServiceAccess).',
  see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
  controls: AT_REST,
  examples: {
    wrong: {
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
    },
    right: {
      'an alarm, which the key policy allows': `
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
                  - {Effect: Allow, Principal: {Service: cloudwatch.amazonaws.com}, Action: [kms:Decrypt, kms:GenerateDataKey*], Resource: '*'}`,
    },
    notApplicable: {
      'a topic to which nobody publishes': `
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties: {KmsMasterKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key`,
    },
  },
  check: sendersHaveKey,
};
