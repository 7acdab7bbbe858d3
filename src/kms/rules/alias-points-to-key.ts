import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { pointsToKey } from '../key-checks';

export const rule: Rule = {
  id: 'Encryption-KmsAliasPointsToKey',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Alias'],
  info: 'An alias must point to a key, by a name of yours.',
  why: 'CloudFormation refuses an alias of something else, and KMS every name below alias/aws/.',
  fix: 'Refer to a KMS key, and name the alias alias/<yours>.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
  controls: KEY_MANAGEMENT,
  examples: {
    wrong: {
      'a bucket': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/orders, TargetKeyId: !Ref Bucket}
          Bucket:
            Type: AWS::S3::Bucket`,
      'a name of AWS': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/aws/orders, TargetKeyId: x}`,
      'a name without alias/': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: orders, TargetKeyId: x}`,
      'a name that begins otherwise, and is not known in full': `
        Parameters:
          Name: {Type: String}
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: !Sub 'orders-\${Name}', TargetKeyId: x}`,
    },
    right: {
      'a key of the template': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/orders, TargetKeyId: !Ref Key}
          Key:
            Type: AWS::KMS::Key`,
      'a key from elsewhere': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties:
              AliasName: alias/orders/prod
              TargetKeyId: arn:aws:kms:eu-west-1:111122223333:key/x`,
    },
    undetermined: {
      'a name of which the first letter is known': `
        Parameters:
          Name: {Type: String}
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: !Sub 'a\${Name}', TargetKeyId: x}`,
      'a key of a nested stack that was not read': `
        Resources:
          Alias:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/orders, TargetKeyId: !GetAtt Keys.Outputs.Orders}
          Keys:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: https://templates.s3.amazonaws.com/keys.yaml}`,
    },
  },
  check: pointsToKey,
};
