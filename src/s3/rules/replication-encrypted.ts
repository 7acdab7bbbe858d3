import { AT_REST, Rule } from '../../rules/rule';
import { replicatesEncrypted } from '../bucket-checks';

export const rule: Rule = {
  id: 'Encryption-S3ReplicationEncrypted',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::S3::Bucket'],
  info: 'A bucket under KMS must replicate its objects under a key of the destination.',
  why: 'S3 replicates objects under KMS only where the rule selects them, and reports no error for the others.',
  fix: 'Enable SseKmsEncryptedObjects and name ReplicaKmsKeyID (EncryptedBucket.replicateTo does).',
  see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  controls: { ...AT_REST, nist: ['CP-9', ...AT_REST.nist] },
  examples: {
    wrong: {
      'encrypted objects left out': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration: {Role: r, Rules: [{Status: Enabled, Destination: {Bucket: b}}]}`,
      'no key there': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration:
                Role: r
                Rules:
                  - Status: Enabled
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                    Destination: {Bucket: b}`,
    },
    right: {
      'a key there': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration:
                Role: r
                Rules:
                  - Status: Enabled
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                    Destination:
                      Bucket: arn:aws:s3:::b
                      EncryptionConfiguration: {ReplicaKmsKeyID: arn:aws:kms:eu-west-1:111122223333:key/x}`,
      'a key of another stack': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration:
                Role: r
                Rules:
                  - Status: Enabled
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                    Destination: {Bucket: b, EncryptionConfiguration: {ReplicaKmsKeyID: !ImportValue key}}
        ---
        Resources:
          Key:
            Type: AWS::KMS::Key
        Outputs:
          Key: {Value: !GetAtt Key.Arn, Export: {Name: key}}`,
    },
    undetermined: {
      'a key of a stack that is not checked': `
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration:
                Role: r
                Rules:
                  - Status: Enabled
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                    Destination: {Bucket: b, EncryptionConfiguration: {ReplicaKmsKeyID: !ImportValue key}}`,
      'a key from a parameter': `
        Parameters:
          KeyArn: {Type: String}
        Resources:
          Bucket:
            Type: AWS::S3::Bucket
            Properties:
              BucketEncryption:
                ServerSideEncryptionConfiguration:
                  - {ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: alias/a}}
              ReplicationConfiguration:
                Role: r
                Rules:
                  - Status: Enabled
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                    Destination: {Bucket: b, EncryptionConfiguration: {ReplicaKmsKeyID: !Ref KeyArn}}`,
    },
  },
  check: replicatesEncrypted,
};
