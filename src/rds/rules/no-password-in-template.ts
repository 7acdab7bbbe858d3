import { Rule } from '../../rules/rule';
import { hasNoPassword } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsNoPasswordInTemplate',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A template must not hold the master password.',
  why: 'Templates are stored, shown and logged in the clear; with the password the encryption of the storage opens by itself.',
  fix: 'Set ManageMasterUserPassword, or read it by {{resolve:secretsmanager:…}}.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  controls: { nist: ['IA-5(7)', 'SC-28'], pci: ['8.3.2', '8.6.2'], hipaa: ['164.312(d)'] },
  examples: {
    wrong: {
      'in so many words': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: hunter2}`,
      'joined': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Join ['', [hunter, '2']]}`,
    },
    right: {
      'a secret': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: '{{resolve:secretsmanager:orders:SecretString:password}}'}`,
      'a secret of the template': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties:
              MasterUserPassword: !Sub '{{resolve:secretsmanager:\${Secret}:SecretString:password}}'`,
    },
  },
  check: hasNoPassword,
};
