import { Rule } from '../../rules/rule';
import { sourceHasOwnPassword } from '../replica-checks';

export const rule: Rule = {
  id: 'Encryption-RdsReplicaSourcePassword',
  severity: 'error',
  guards: 'operations',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  info: 'A read replica must not have a source whose master password RDS manages.',
  why: 'RDS makes no read replica of such a database, except for SQL Server, and takes no such cluster into a global database: the deployment fails.',
  fix: 'Give the source a secret of Secrets Manager instead (MasterUserPassword by {{resolve:secretsmanager:…}}; EncryptedDatabaseInstance: manageMasterUserPassword: false).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  controls: {},
  examples: {
    wrong: {
      'a replica of a database with a managed password': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, ManageMasterUserPassword: true}`,
      'the same by its identifier': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, DBInstanceIdentifier: orders, ManageMasterUserPassword: 'true'}`,
      'a member of a global database': `
        Resources:
          Cluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-postgresql, GlobalClusterIdentifier: orders, MasterUsername: admin, ManageMasterUserPassword: true}`,
    },
    right: {
      'a replica of a database whose password is in a secret': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, MasterUserPassword: '{{resolve:secretsmanager:orders:SecretString:password}}'}`,
      'SQL Server': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: sqlserver-ee, ManageMasterUserPassword: true}`,
    },
    undetermined: {
      'a source that manages its password by a parameter': `
        Parameters:
          Managed: {Type: String}
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, ManageMasterUserPassword: !Ref Managed}`,
    },
    notApplicable: {
      'a source that is elsewhere': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: arn:aws:rds:us-east-1:111122223333:db:orders}`,
      'a database that is not a replica': `
        Resources:
          Database:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, ManageMasterUserPassword: true}`,
    },
  },
  check: sourceHasOwnPassword,
};
