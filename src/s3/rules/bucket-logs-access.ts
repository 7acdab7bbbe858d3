import { LOGGING, Rule } from '../../rules/rule';
import { logsAccess } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketLogsAccess',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should log who reads it.',
  why: 'Without a log nobody knows what left.',
  fix: 'Set LoggingConfiguration (EncryptedBucket does).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
  controls: { fsbp: ['S3.9'], controlTower: ['CT.S3.PR.2'], ...LOGGING },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {}`,
      'a bucket beside one that logs': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: logs}}`,
    },
    right: {
      'logged': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: logs}}`,
      'logged with a prefix': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: orders/}}`,
    },
  },
  check: logsAccess,
};
