import { LOGGING, Rule } from '../../rules/rule';
import { logsAccess } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3BucketLogsAccess',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket should log who reads it.',
  why: 'Without logs you do not know which objects were read, and by whom.',
  fix: 'Set LoggingConfiguration with another bucket as destination (EncryptedBucket does).',
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
      'logging that is taken away': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: !Ref AWS::NoValue}`,
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
      'logged to itself, where no destination is named': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {LogFilePrefix: access/}}`,
    },
    undetermined: {
      'a named bucket beside one that logs to a bucket by parameter': `
        Parameters:
          LogBucket: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: logs}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref LogBucket}}`,
      'logged under a condition that the deployment decides': `
        Parameters:
          Stage: {Type: String}
        Conditions:
          IsProduction: !Equals [!Ref Stage, production]
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              LoggingConfiguration: !If [IsProduction, {DestinationBucketName: logs}, !Ref AWS::NoValue]`,
    },
    notApplicable: {
      'a bucket for the access logs of another, by the same parameter': `
        Parameters:
          LogBucket: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties: {BucketName: !Ref LogBucket}
          Other:
            Type: AWS::S3::Bucket
            Properties: {LoggingConfiguration: {DestinationBucketName: !Ref LogBucket}}`,
    },
  },
  check: logsAccess,
};
