import { customerKey } from '../../kms/keys';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-SqsQueueCustomerKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::SQS::Queue'],
  info: 'A queue must encrypt its messages under a customer-managed KMS key.',
  why: 'Under a key of your own you decide who may read and send; under the AWS-managed one no other service can send.',
  fix: 'Use EncryptedQueue or the mixin QueueEncryptionAtRest.',
  see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'SQS\'s own keys': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {SqsManagedSseEnabled: true}`,
      'the key that AWS manages': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/aws/sqs}`,
      'an import of the key that AWS manages': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !ImportValue key}
        ---
        Resources: {}
        Outputs:
          Key: {Value: alias/aws/sqs, Export: {Name: key}}`,
      'a key that a condition leaves out': `
        Conditions:
          Never: !Equals [a, b]
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !If [Never, alias/orders, !Ref AWS::NoValue]}`,
    },
    right: {
      'a key of the template by its id': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key`,
      'a key by ARN': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}`,
      'a key of the template by its ARN': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'an alias of yours': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: alias/orders}`,
    },
    undetermined: {
      'a key from a parameter without a default': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref KeyArn}`,
      'a key from the parameter store': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: '{{resolve:ssm:/key}}'}`,
      'a key that a custom resource gives': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Keys.Orders}
          Keys:
            Type: Custom::Keys`,
      'a key of a nested stack that was not read': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !GetAtt Keys.Outputs.Orders}
          Keys:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: https://templates.s3.amazonaws.com/keys.yaml}`,
    },
  },
  check: (queue) => customerKey(queue.get('KmsMasterKeyId')),
};
