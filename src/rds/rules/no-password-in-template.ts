import { Rule } from '../../rules/rule';
import { hasNoPassword } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsNoPasswordInTemplate',
  severity: 'error',
  guards: 'access',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A template must not hold the master password.',
  why: 'Templates are stored, shown and logged in the clear; with the password anybody who can connect reads the data, encrypted or not.',
  fix: 'Set ManageMasterUserPassword, or read it by {{resolve:secretsmanager:…}}.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  controls: { nist: ['IA-5(7)', 'SC-28'], pci: ['8.3.2', '8.6.2'], hipaa: ['164.312(d)'] },
  examples: {
    remedyIsReference: true,
    wrong: {
      'written out': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: hunter2}`,
      'joined': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Join ['', [hunter, '2']]}`,
      'a replica: it has its source\'s, and this one stands there all the same': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders, MasterUserPassword: hunter2}`,
      'the first cluster of a global database': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {GlobalClusterIdentifier: orders, MasterUsername: dba, MasterUserPassword: hunter2}`,
      'the default of a parameter': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Ref Password}
        Parameters: {Password: {Type: String, NoEcho: true, Default: hunter2}}`,
    },
    right: {
      'a secret, with a brace in its name': `
        Resources:
          Database:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, MasterUsername: admin, MasterUserPassword: '{{resolve:secretsmanager:{orders}:SecretString:password}}'}`,
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
              MasterUserPassword: !Sub '{{resolve:secretsmanager:\${Secret}:SecretString:password}}'
          Secret:
            Type: AWS::SecretsManager::Secret`,
      'a parameter that hides it': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Ref Password}
        Parameters: {Password: {Type: String, NoEcho: true}}`,
      'a parameter whose default reads a secret': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Ref Password}
        Parameters: {Password: {Type: String, Default: '{{resolve:secretsmanager:orders:SecretString:password}}'}}`,
    },
    undetermined: {
      'a password that a custom resource makes': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !GetAtt Password.Value}
          Password:
            Type: Custom::Password`,
      'a parameter that is read from the parameter store': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: !Ref Password}
        Parameters: {Password: {Type: 'AWS::SSM::Parameter::Value<String>', NoEcho: true, Default: /orders/password}}`,
      'a parameter of Systems Manager, which may be in the clear': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {MasterUserPassword: '{{resolve:ssm:/orders/password}}'}`,
    },
  },
  check: hasNoPassword,
};
