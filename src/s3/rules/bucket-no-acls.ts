import { DATA_ACCESS, Rule } from '../../rules/rule';
import { hasNoAcls } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketNoAcls',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should have access control lists off.',
  why: 'With them on, another account that uploads an object owns it, and decides who reads it.',
  fix: 'Set OwnershipControls to BucketOwnerEnforced, and leave AccessControl out.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  controls: { fsbp: ['S3.12'], controlTower: ['CT.S3.PR.5'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'the writer owns': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}`,
      'an ACL': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerPreferred}]}
              AccessControl: LogDeliveryWrite`,
      'an ACL for log delivery alone': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: LogDeliveryWrite}`,
    },
    right: {
      'enforced': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}}`,
      'nothing said, which is enforced since 2023': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'a private ACL, which is the default': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: Private}`,
      'an ACL that S3 ignores for buckets': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: BucketOwnerFullControl}`,
      'an ACL that a condition leaves out': `
        Conditions:
          Never: !Equals [a, b]
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: !If [Never, LogDeliveryWrite, !Ref AWS::NoValue]}`,
    },
    undetermined: {
      'an ACL from a parameter without a default': `
        Parameters:
          Acl: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {AccessControl: !Ref Acl}`,
      'an ownership from the parameter store': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {OwnershipControls: {Rules: [{ObjectOwnership: '{{resolve:ssm:/ownership}}'}]}}`,
    },
  },
  check: hasNoAcls,
};
