import { AT_REST, Rule } from '../../rules/rule';
import { insightsUnderKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsInsightsCustomerKey',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'Performance Insights must be under a customer-managed KMS key.',
  why: 'It keeps the text of SQL statements, with the values in them.',
  fix: 'Name the database\'s key; it cannot be changed later.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'none': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {EnablePerformanceInsights: true}`,
      'the key that AWS manages': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {PerformanceInsightsEnabled: true, PerformanceInsightsKmsKeyId: alias/aws/rds}`,
    },
    right: {
      'a key of an instance': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {EnablePerformanceInsights: true, PerformanceInsightsKMSKeyId: alias/a}`,
      'a key of a cluster': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {PerformanceInsightsEnabled: true, PerformanceInsightsKmsKeyId: alias/a}`,
    },
  },
  check: insightsUnderKey,
};
