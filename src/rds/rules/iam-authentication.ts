import { DATA_ACCESS, Rule } from '../../rules/rule';
import { authenticatesByIam } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsIamAuthentication',
  severity: 'info',
  guards: 'access',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database should authenticate by IAM where its engine can.',
  why: 'Tokens live for 15 minutes and need TLS; a password is valid until somebody changes it.',
  fix: 'Set EnableIAMDatabaseAuthentication to true.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html',
  controls: { fsbp: ['RDS.10', 'RDS.12'], controlTower: ['CT.RDS.PR.4', 'CT.RDS.PR.7'], ...DATA_ACCESS },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}`,
      'turned off': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, EnableIAMDatabaseAuthentication: false}`,
    },
    right: {
      'a cluster': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, EnableIAMDatabaseAuthentication: true}`,
      'an instance': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres, EnableIAMDatabaseAuthentication: 'true'}`,
    },
    notApplicable: {
      'an engine that cannot': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: sqlserver-ex}`,
    },
  },
  check: authenticatesByIam,
};
