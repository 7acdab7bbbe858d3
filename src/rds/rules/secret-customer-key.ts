import { AT_REST, Rule } from '../../rules/rule';
import { masterSecretUnderKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsSecretCustomerKey',
  severity: 'warning',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'The master secret that RDS manages must be under a customer-managed KMS key.',
  why: 'Under the AWS-managed key every identity that may read secrets may decrypt it, and you cannot grant another account access.',
  fix: 'Set MasterUserSecret.KmsKeyId.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'none': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {ManageMasterUserPassword: true}`,
      'the key that AWS manages': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties:
              ManageMasterUserPassword: true
              MasterUserSecret: {KmsKeyId: alias/aws/secretsmanager}`,
    },
    right: {
      'a key': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {ManageMasterUserPassword: true, MasterUserSecret: {KmsKeyId: alias/a}}`,
    },
    undetermined: {
      'a key of another stack': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {ManageMasterUserPassword: true, MasterUserSecret: {KmsKeyId: !ImportValue key}}`,
    },
  },
  check: masterSecretUnderKey,
};
