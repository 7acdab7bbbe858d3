import { DATA_ACCESS, Rule } from '../../rules/rule';
import { hasNoAcls } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketNoAcls',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should have access control lists off.',
  why: 'With them an uploader from another account owns his object, and says who reads it.',
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
    },
  },
  check: hasNoAcls,
};
