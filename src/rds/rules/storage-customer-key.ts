import { AT_REST, Rule } from '../../rules/rule';
import { encryptsUnderCustomerKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsStorageCustomerKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A database must encrypt its storage under a customer-managed KMS key.',
  why: 'Storage, snapshots and backups leave the machine; under a key of your own you decide who may read them.',
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
      'a key of the template (2)': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: true, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'a key by ARN (2)': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: 'true', KmsKeyId: arn:aws:kms:us-east-1:111122223333:key/x}`,
    },
    notApplicable: {
      'an instance of a cluster': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {Engine: aurora-mysql, DBClusterIdentifier: c}`,
      'an instance of a cluster (2)': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {DBClusterIdentifier: c}`,
    },
  },
  check: encryptsUnderCustomerKey,
};
