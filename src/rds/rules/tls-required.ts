import { IN_TRANSIT, Rule } from '../../rules/rule';
import { refusesPlainConnections } from '../tls-checks';

export const rule: Rule = {
  id: 'Encryption-RdsTlsRequired',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database engine must refuse connections that are not encrypted.',
  why: 'A client that forgets to ask for TLS otherwise sends passwords and rows in the clear.',
  fix: 'Use EncryptedDatabaseCluster or EncryptedDatabaseInstance, or the mixin DatabaseTlsOnly on the parameter or option group.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
  controls: { fsbp: ['RDS.38', 'RDS.39'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'the default group': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql}`,
      'the default group by name': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, DBClusterParameterGroupName: default.aurora-mysql8.0}`,
      'a group that turns it off': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-postgresql, DBClusterParameterGroupName: !Ref Group}
          Group:
            Type: AWS::RDS::DBClusterParameterGroup
            Properties: {Family: aurora-postgresql16, Parameters: {rds.force_ssl: '0'}}`,
      'a group that says nothing, where the engine does not ask by itself': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBParameterGroupName: !Ref G}
          G:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres14, Parameters: {}}`,
      'a group that says no': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBParameterGroupName: !Ref G}
          G:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mariadb10.11, Parameters: {require_secure_transport: '0'}}`,
      'the default group of MySQL 8.4': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, EngineVersion: '8.4.3'}`,
      'the default group of MariaDB 11.4': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mariadb, EngineVersion: '11.4.5'}`,
      'the default group of Aurora PostgreSQL 16': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-postgresql, EngineVersion: '16.4'}`,
      'MariaDB 11.8 whose group turns it off': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mariadb, EngineVersion: 11.8.3, DBParameterGroupName: !Ref Group}
          Group:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mariadb11.8, Parameters: {require_secure_transport: '0'}}`,
    },
    right: {
      'a parameter group of the template': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, DBParameterGroupName: !Ref Group}
          Group:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mysql8.4, Parameters: {require_secure_transport: 'ON'}}`,
      'PostgreSQL 15, which requires it by default': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, EngineVersion: '16.4'}`,
      'SQL Server': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: sqlserver-se, DBParameterGroupName: !Ref Group}
          Group:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: sqlserver-se-16.0, Parameters: {rds.force_ssl: 1}}`,
      'PostgreSQL': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBParameterGroupName: !Ref G}
          G:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres16, Parameters: {rds.force_ssl: 1}}`,
      'MySQL': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBParameterGroupName: !Ref G}
          G:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mysql8.0, Parameters: {require_secure_transport: 'ON'}}`,
      'the default group of MySQL 9.7, which requires it': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, EngineVersion: '9.7.0'}`,
      'the default group of MariaDB 11.8, which requires it': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mariadb, EngineVersion: '11.8.3'}`,
      'the default group of Aurora PostgreSQL 17, which requires it': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-postgresql, EngineVersion: '17.4'}`,
      'the default group by name': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mariadb, DBParameterGroupName: default.mariadb11.8}`,
    },
    undetermined: {
      'a group from elsewhere': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, DBParameterGroupName: shared}`,
      'the default group of the version that RDS chooses': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres}`,
    },
  },
  check: refusesPlainConnections,
};
