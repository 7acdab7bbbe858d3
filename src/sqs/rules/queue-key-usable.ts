import { usableKey } from '../../kms/keys';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-SqsQueueKeyUsable',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'The key of a queue must be symmetric, enabled, and exist.',
  why: 'SQS refuses every message under another kind of key.',
  fix: 'Name a symmetric KMS key of the queue\'s Region.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'an asymmetric key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_4096}`,
      'a disabled key behind an alias': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders}
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/orders, TargetKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: false}`,
      'a bucket': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Bucket}
          Bucket:
            Type: AWS::S3::Bucket`,
      'a key that is not there': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}`,
      'an ARN of a key that is not in the template': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Sub 'arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:key/\${Key.KeyId}'}`,
    },
    right: {
      'a symmetric key': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'a key from elsewhere': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}`,
    },
    undetermined: {
      'an alias beside one whose name is a parameter': `
        Parameters:
          AliasName: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders}
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: !Ref AliasName, TargetKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: false}`,
      'a key that a parameter enables': `
        Parameters:
          IsEnabled: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: !Ref IsEnabled}`,
    },
  },
  check: (queue) => usableKey(queue, queue.get('KmsMasterKeyId')),
};
