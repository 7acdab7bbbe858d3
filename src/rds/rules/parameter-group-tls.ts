import { IN_TRANSIT, Rule } from '../../rules/rule';
import { groupSaysTls } from '../tls-checks';

export const rule: Rule = {
  id: 'Encryption-RdsParameterGroupTls',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'],
  info: 'A parameter group should say that TLS is required.',
  why: 'What the engine does by default changes with its version; and an instance\'s group must not say the opposite of its cluster\'s.',
  fix: 'Set rds.force_ssl or require_secure_transport (the mixin DatabaseTlsOnly does).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
  controls: { controlTower: ['CT.RDS.PR.27', 'CT.RDS.PR.28'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mysql8.0, Parameters: {max_connections: 100}}`,
      'turned off': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: mariadb10.11, Parameters: {require_secure_transport: 'OFF'}}`,
    },
    right: {
      'PostgreSQL': `
        Resources:
          DbParameterGroup:
            Type: AWS::RDS::DBParameterGroup
            Properties: {Family: postgres16, Parameters: {rds.force_ssl: '1'}}`,
      'a cluster of Aurora MySQL': `
        Resources:
          DbClusterParameterGroup:
            Type: AWS::RDS::DBClusterParameterGroup
            Properties: {Family: aurora-mysql8.0, Parameters: {require_secure_transport: 'ON'}}`,
    },
  },
  check: groupSaysTls,
};
