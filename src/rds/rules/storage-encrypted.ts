import { AT_REST, Rule } from '../../rules/rule';
import { encryptsStorage } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsStorageEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must encrypt its storage.',
  why: 'Storage, snapshots and backups leave the machine.',
  fix: 'Set StorageEncrypted to true. A live database must be restored from an encrypted snapshot copy.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  controls: { fsbp: ['RDS.3', 'RDS.27'], controlTower: ['CT.RDS.PR.16', 'CT.RDS.PR.24'], ...AT_REST, cis: ['2.2.1'] },
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
            Properties: {Engine: mysql, StorageEncrypted: false}`,
    },
    right: {
      'encrypted': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true}`,
      'an instance, as text': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, StorageEncrypted: 'true'}`,
    },
    undetermined: {
      'as its snapshot is': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBSnapshotIdentifier: s}`,
    },
  },
  check: encryptsStorage,
};
