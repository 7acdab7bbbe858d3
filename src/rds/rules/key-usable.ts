import { usableKey } from '../../kms/keys';
import { AT_REST, Rule } from '../../rules/rule';

export const rule: Rule = {
  id: 'Encryption-RdsKeyUsable',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'The key of a database must be symmetric, enabled, and exist.',
  why: 'RDS refuses another kind of key; under a disabled one the database stops for good.',
  fix: 'Name a symmetric KMS key of the database\'s Region.',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'an asymmetric key': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: true, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {KeySpec: RSA_4096}`,
      'a disabled key': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: true, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {Enabled: false}`,
    },
    right: {
      'a symmetric key': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {StorageEncrypted: true, KmsKeyId: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key`,
      'a key from elsewhere': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties: {StorageEncrypted: true, KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}`,
    },
  },
  check: (database) => usableKey(database, database.get('KmsKeyId')),
};
