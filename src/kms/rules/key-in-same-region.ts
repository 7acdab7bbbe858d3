import { AT_REST, Rule } from '../../rules/rule';
import { keyIsInRegion } from '../place-checks';
import { TYPES_WITH_KEY } from '../placed-keys';

export const rule: Rule = {
  id: 'Encryption-KmsKeyInSameRegion',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: TYPES_WITH_KEY,
  info: 'The key of a resource must be in the Region of the resource.',
  why: 'AWS uses a key in its own Region only: the deployment fails, or everything that is written does.',
  fix: 'Name a key of that Region, or the replica there of a multi-Region key (MultiRegionKey).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'a key of another Region': `
        Metadata: {Account: '111122223333', Region: us-east-1}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: arn:aws:kms:eu-west-1:111122223333:key/x}`,
      'a key of another Region, whose id is a parameter': `
        Metadata: {Account: '111122223333', Region: us-east-1}
        Parameters:
          KeyId: {Type: String}
        Resources:
          Database:
            Type: AWS::RDS::DBCluster
            Properties: {KmsKeyId: !Sub 'arn:aws:kms:eu-west-1:\${AWS::AccountId}:key/\${KeyId}'}`,
      'the copy of a secret under a key of a third Region': `
        Resources:
          Secret:
            Type: AWS::SecretsManager::Secret
            Properties:
              ReplicaRegions: [{Region: eu-west-1, KmsKeyId: arn:aws:kms:eu-central-1:111122223333:key/x}]`,
      'the copy of a secret under the key of the secret': `
        Resources:
          Secret:
            Type: AWS::SecretsManager::Secret
            Properties:
              KmsKeyId: !GetAtt Key.Arn
              ReplicaRegions: [{Region: eu-west-1, KmsKeyId: !GetAtt Key.Arn}]
          Key:
            Type: AWS::KMS::Key`,
      'backups that are copied under a key of a third Region': `
        Resources:
          Database:
            Type: AWS::RDS::DBInstance
            Properties:
              AutomaticBackupReplicationRegion: eu-west-1
              AutomaticBackupReplicationKmsKeyId: !Sub 'arn:\${AWS::Partition}:kms:us-west-2:\${AWS::AccountId}:key/x'`,
    },
    right: {
      'the copy of a secret under a key of its Region': `
        Resources:
          Secret:
            Type: AWS::SecretsManager::Secret
            Properties:
              KmsKeyId: !GetAtt Key.Arn
              ReplicaRegions: [{Region: eu-west-1, KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}]
          Key:
            Type: AWS::KMS::Key`,
      'a key of the stack\'s Region': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Sub 'arn:aws:kms:\${AWS::Region}:\${AWS::AccountId}:key/x'}`,
    },
    undetermined: {
      'a key that a parameter names': `
        Metadata: {Account: '111122223333', Region: us-east-1}
        Parameters:
          KeyArn: {Type: String}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: !Ref KeyArn}`,
      'a copy in a Region that a parameter names': `
        Parameters:
          Elsewhere: {Type: String}
        Resources:
          Secret:
            Type: AWS::SecretsManager::Secret
            Properties:
              ReplicaRegions: [{Region: !Ref Elsewhere, KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}]`,
    },
    notApplicable: {
      'a Region that is not known': `
        Resources:
          Queue:
            Type: AWS::SQS::Queue
            Properties: {KmsMasterKeyId: arn:aws:kms:eu-west-1:111122223333:key/x}`,
    },
  },
  check: keyIsInRegion,
};
