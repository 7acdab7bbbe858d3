import { AT_REST, Rule } from '../../rules/rule';
import { encryptsStorage } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsStorageEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must encrypt its storage.',
  why: 'Storage, snapshots and backups can be read by anybody who gets a copy of them.',
  fix: 'Set StorageEncrypted to true. A live database must be restored from an encrypted snapshot copy.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  controls: { fsbp: ['RDS.3', 'RDS.27'], controlTower: ['CT.RDS.PR.16', 'CT.RDS.PR.24'], ...AT_REST, cis: ['2.2.1'] },
  examples: {
    wrong: {
      'turned off': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, StorageEncrypted: false}`,
      'a Multi-AZ cluster that says nothing': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: postgres}`,
      'an Aurora cluster that turns it off': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: false}`,
      'an instance whose cluster is AWS::NoValue': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, DBClusterIdentifier: !If [InCluster, orders, !Ref AWS::NoValue]}
        Parameters: {Mode: {Type: String, Default: alone}}
        Conditions: {InCluster: !Equals [!Ref Mode, cluster]}`,
      'a replica of an instance that is not encrypted': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source, StorageEncrypted: true}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql}`,
      'the first cluster of a global database that turns it off': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: orders, MasterUsername: dba, StorageEncrypted: false}`,
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
      'a replica of an encrypted instance, whatever it says itself': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source, StorageEncrypted: false}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, StorageEncrypted: true}`,
      'a copy of a cluster that is named by its identifier': `
        Resources:
          Copy:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, SourceDBClusterIdentifier: Orders}
          Source:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: orders, StorageEncrypted: true}`,
      'a cluster of an encrypted global database': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Global}
          Global:
            Type: AWS::RDS::GlobalCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true}`,
      'a replica that names a key: RDS encrypts it under that one, or refuses it': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders, KmsKeyId: !ImportValue key}`,
    },
    undetermined: {
      'as its snapshot is': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBSnapshotIdentifier: s}`,
      'an Aurora cluster that says nothing: the ones made since 18 February 2026 are encrypted': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}`,
      'a copy as its source is, whatever it says itself': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, SourceDBClusterIdentifier: orders, StorageEncrypted: false}`,
      'a replica where a parameter names a source, and not encrypted where it does not': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, SourceDBInstanceIdentifier: !Ref Source}
        Parameters: {Source: {Type: String}}`,
    },
  },
  check: encryptsStorage,
};
