import { AT_REST, Rule } from '../../rules/rule';
import { exportsUnderKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsLogsCustomerKey',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: ['AWS::Logs::LogGroup'],
  info: 'A log group that RDS exports to must be under a customer-managed KMS key.',
  why: 'Database logs hold statements, with the values in them.',
  fix: 'Set KmsKeyId on log groups named /aws/rds/… (the databases of this library make them).',
  see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'none': `
        Resources:
          LogGroup:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: /aws/rds/instance/orders/postgresql}`,
      'none, of a cluster': `
        Resources:
          LogGroup:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Sub '/aws/rds/cluster/\${Cluster}/audit', RetentionInDays: 30}`,
    },
    right: {
      'a key': `
        Resources:
          LogGroup:
            Type: AWS::Logs::LogGroup
            Properties:
              LogGroupName: /aws/rds/instance/orders/postgresql
              KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/x`,
    },
    undetermined: {
      'a key of another stack': `
        Resources:
          LogGroup:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: !Sub '/aws/rds/cluster/\${Cluster}/audit', KmsKeyId: !ImportValue key}`,
    },
  },
  check: exportsUnderKey,
};
