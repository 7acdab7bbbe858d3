import { RECOVERY, Rule } from '../../rules/rule';
import { isProtectedFromDeletion } from '../database-checks';

export const rule: Rule = {
  id: 'Encryption-RdsDeletionProtection',
  severity: 'warning',
  guards: 'operations',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database should be protected from deletion.',
  why: 'A deleted database cannot be recovered once its snapshots are gone too.',
  fix: 'Set DeletionProtection to true.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection',
  controls: { fsbp: ['RDS.7', 'RDS.8'], controlTower: ['CT.RDS.PR.3', 'CT.RDS.PR.13'], ...RECOVERY },
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
            Properties: {DeletionProtection: false}`,
    },
    right: {
      'a cluster': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {DeletionProtection: true}`,
      'an instance': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DeletionProtection: 'true'}`,
    },
  },
  check: isProtectedFromDeletion,
};
