import { RECOVERY, Rule } from '../../rules/rule';
import { keepsVersions } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketVersioned',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should keep versions.',
  why: 'What is overwritten, deleted or encrypted by an intruder can then be brought back.',
  fix: 'Enable VersioningConfiguration.',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  controls: { fsbp: ['S3.14'], controlTower: ['CT.S3.PR.11'], ...RECOVERY },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'suspended': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {VersioningConfiguration: {Status: Suspended}}`,
    },
    right: {
      'enabled': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {VersioningConfiguration: {Status: Enabled}}`,
      'enabled, put together of two texts': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {VersioningConfiguration: {Status: !Join ['', [Ena, bled]]}}`,
    },
  },
  check: keepsVersions,
};
