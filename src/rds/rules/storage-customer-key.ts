import { AT_REST, Rule } from '../../rules/rule';
import { encryptsUnderCustomerKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsStorageCustomerKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must encrypt its storage under a customer-managed KMS key.',
  why: 'Under a key of your own you decide who may read storage, snapshots and backups.',
  fix: 'Use EncryptedDatabaseCluster or EncryptedDatabaseInstance. A live database must be restored from an encrypted snapshot copy.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
  controls: { controlTower: ['CT.RDS.PR.30'], ...AT_REST },
  examples: {
    wrong: {
      'no key': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true}`,
      'the key that AWS manages': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true, KmsKeyId: alias/aws/rds}`,
      'nothing said': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: postgres}`,
      'encrypted without a key of yours': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: true}`,
      'an Aurora cluster that says nothing: its key is one that AWS owns': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql}`,
      'a cluster of a global database without a key of its own': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: orders, StorageEncrypted: true}`,
      'a replica under the key that AWS manages': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              SourceDBInstanceIdentifier: arn:aws:rds:eu-west-1:111122223333:db:orders
              KmsKeyId: alias/aws/rds`,
      'a new cluster where the snapshot is AWS::NoValue': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, StorageEncrypted: true, SnapshotIdentifier: !Ref AWS::NoValue}`,
    },
    right: {
      'a key of the template': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-postgresql, StorageEncrypted: true, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'a key by ARN': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              Engine: postgres
              StorageEncrypted: 'true'
              KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/x`,
      'a replica in the Region of its source, which is under a key': `
        Resources:
          Replica:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Ref Source}
          Source:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: mysql, StorageEncrypted: true, KmsKeyId: alias/orders}`,
      'a cluster that is restored under another key': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {Engine: aurora-mysql, SnapshotIdentifier: monday, KmsKeyId: alias/orders}`,
    },
    undetermined: {
      'a copy without a key of its own': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders}`,
      'an instance under the key of its snapshot': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBSnapshotIdentifier: monday, StorageEncrypted: true}`,
    },
    notApplicable: {
      'an instance of a cluster': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: c}`,
      'an instance of a cluster that does not name its engine': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBClusterIdentifier: c}`,
    },
  },
  check: encryptsUnderCustomerKey,
};
