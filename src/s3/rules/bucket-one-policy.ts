import { hasOnePolicy } from '../../rules/one-policy';
import { DATA_ACCESS, Rule } from '../../rules/rule';
import { policiesThatMayName } from '../bucket-relations';

export const rule: Rule = {
  id: 'Encryption-S3BucketOnePolicy',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket must have one policy.',
  why: 'S3 keeps one policy for a bucket: the deployment fails, or one of them is lost, with all that it denies.',
  fix: 'Put the statements into one AWS::S3::BucketPolicy (bucket.addToResourcePolicy does).',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html',
  controls: DATA_ACCESS,
  examples: {
    wrong: {
      'two policies': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          Other:
            Type: AWS::S3::Bucket
            Properties: {}
          One:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}]}
          Two:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}]}`,
    },
    right: {
      'a policy for each bucket': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          Other:
            Type: AWS::S3::Bucket
            Properties: {}
          One:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Bucket
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:GetObject, Resource: !Sub '\${Bucket.Arn}/*'}]}
          Two:
            Type: AWS::S3::BucketPolicy
            Properties:
              Bucket: !Ref Other
              PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: s3:GetObject, Resource: !Sub '\${Other.Arn}/*'}]}`,
      'no policy': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}
          Other:
            Type: AWS::S3::Bucket
            Properties: {}
`,
    },
  },
  check: hasOnePolicy(policiesThatMayName, 'the deployment fails, or one of them is lost'),
};
