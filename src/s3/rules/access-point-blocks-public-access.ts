import { DATA_ACCESS, Rule } from '../../rules/rule';
import { blocksPublicAccess } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3AccessPointBlocksPublicAccess',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::S3::AccessPoint'],
  info: 'An access point must not allow public access.',
  why: 'An access point gives access to the bucket too, and its setting cannot be changed later.',
  fix: 'Leave PublicAccessBlockConfiguration out, or set all of it to true.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html',
  controls: { fsbp: ['S3.19'], controlTower: ['CT.S3.PR.12'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'one off': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              PublicAccessBlockConfiguration:
                BlockPublicAcls: true
                BlockPublicPolicy: false
                IgnorePublicAcls: true
                RestrictPublicBuckets: true`,
      'all off': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              PublicAccessBlockConfiguration:
                BlockPublicAcls: false
                BlockPublicPolicy: false
                IgnorePublicAcls: false
                RestrictPublicBuckets: false`,
    },
    right: {
      'all four': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              PublicAccessBlockConfiguration:
                BlockPublicAcls: true
                BlockPublicPolicy: true
                IgnorePublicAcls: true
                RestrictPublicBuckets: true`,
      'all four as text': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties:
              Bucket: b
              PublicAccessBlockConfiguration:
                BlockPublicAcls: 'true'
                BlockPublicPolicy: 'true'
                IgnorePublicAcls: 'true'
                RestrictPublicBuckets: 'true'`,
    },
    notApplicable: {
      'nothing said, which is on': `
        Resources:
          AccessPoint:
            Type: AWS::S3::AccessPoint
            Properties: {Bucket: b}`,
    },
  },
  check: blocksPublicAccess,
};
