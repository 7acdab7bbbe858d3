import { RECOVERY, Rule } from '../../rules/rule';
import { keepsBackups } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsBackups',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database should keep a week of backups.',
  why: 'A mistake is seldom seen on the same day.',
  fix: 'Set BackupRetentionPeriod to 7 or more.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  controls: { fsbp: ['RDS.11'], controlTower: ['CT.RDS.PR.8'], ...RECOVERY },
  examples: {
    wrong: {
      'none': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {BackupRetentionPeriod: 0}`,
      'a day': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {BackupRetentionPeriod: 1}`,
      'a cluster that says nothing, which is a day': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}`,
    },
    right: {
      'a week': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {BackupRetentionPeriod: 7}`,
      'a month, as text': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {BackupRetentionPeriod: '30'}`,
    },
    undetermined: {
      'a database that is restored keeps the period of its snapshot': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBSnapshotIdentifier: monday}`,
    },
    notApplicable: {
      'a replica': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders}`,
    },
  },
  check: keepsBackups,
};
