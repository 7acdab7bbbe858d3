import { IN_TRANSIT, Rule } from '../../rules/rule';
import { groupRefusesOldTls } from '../tls-checks';

export const rule: Rule = {
  id: 'Encryption-RdsParameterGroupRefusesOldTls',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  info: 'A parameter group must not accept TLS 1.1 or older, nor RC4 or 3DES.',
  why: 'TLS 1.0 and 1.1 are broken; a client that offers nothing better still gets a connection.',
  fix: 'Set tls_version or ssl_min_protocol_version to TLS 1.2 or newer; for SQL Server set rds.tls10, rds.tls11, rds.rc4 and rds.3des168 to disabled.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
  controls: { ...IN_TRANSIT, nist: ['SC-13', ...IN_TRANSIT.nist] },
  examples: {
    wrong: {
      'MySQL 5.7 with TLS 1.1 in the list': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mysql5.7, Parameters: {tls_version: 'TLSv1.1,TLSv1.2'}}`,
      'Aurora MySQL 2 that says nothing, and accepts TLS 1.0': `
        Resources:
          DbClusterParameterGroup:
            Type: AWS::RDS::DBClusterParameterGroup
            Properties: {Family: aurora-mysql5.7, Parameters: {require_secure_transport: 'ON'}}`,
      'PostgreSQL from TLS 1.1': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres16, Parameters: {ssl_min_protocol_version: TLSv1.1}}`,
      'SQL Server with RC4': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties:
              Family: sqlserver-se-15.0
              Parameters: {rds.tls10: disabled, rds.tls11: disabled, rds.rc4: enabled, rds.3des168: disabled}`,
    },
    right: {
      'TLS 1.2 and 1.3': `
        Resources:
          DbClusterParameterGroup:
            Type: AWS::RDS::DBClusterParameterGroup
            Properties: {Family: aurora-mysql8.0, Parameters: {tls_version: 'TLSv1.2,TLSv1.3'}}`,
      'PostgreSQL 16 that says nothing: it accepts TLS 1.2 and newer': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres16, Parameters: {rds.force_ssl: '1'}}`,
      'SQL Server with all of them disabled': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties:
              Family: sqlserver-se-15.0
              Parameters: {rds.tls10: disabled, rds.tls11: disabled, rds.rc4: disabled, rds.3des168: disabled}`,
    },
    undetermined: {
      'SQL Server that says nothing: it depends on the minor version': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: sqlserver-se-15.0, Parameters: {rds.force_ssl: '1', rds.tls10: default}}`,
      'a version that a parameter chooses': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mysql8.0, Parameters: {tls_version: !Ref Version}}
        Parameters: {Version: {Type: String}}`,
    },
    notApplicable: {
      'an engine without such a parameter': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: oracle-ee-19, Parameters: {}}`,
    },
  },
  check: groupRefusesOldTls,
};
