import { AT_REST, Rule } from '../../rules/rule';
import { hasKeyOfItsRegion } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsReplicaKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  info: 'A replica in another Region must name a key of that Region.',
  why: 'The source\'s key does not reach there: RDS refuses the replica, or makes it under the AWS-managed key.',
  fix: 'Set KmsKeyId (EncryptedDatabaseInstanceReadReplica takes the replica of a MultiRegionKey).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html',
  controls: AT_REST,
  examples: {
    wrong: {
      'none': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              SourceDBInstanceIdentifier: arn:aws:rds:us-east-1:111122223333:db:a
              SourceRegion: us-east-1`,
      'the key that AWS manages': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties:
              ReplicationSourceIdentifier: arn:aws:rds:us-east-1:111122223333:cluster:a
              SourceRegion: us-east-1
              KmsKeyId: alias/aws/rds`,
    },
    right: {
      'a key': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              SourceDBInstanceIdentifier: arn:aws:rds:us-east-1:111122223333:db:a
              SourceRegion: us-east-1
              KmsKeyId: alias/here`,
    },
    undetermined: {
      'an ARN of a Region that may be the stack\'s own': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: arn:aws:rds:us-east-1:111122223333:db:a}`,
      'the same in whatever partition': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Sub 'arn:\${AWS::Partition}:rds:us-east-1:\${AWS::AccountId}:db:a'}`,
      'a cluster with a key of another stack': `
        Resources:
          DbCluster:
            Type: AWS::RDS::DBCluster
            Properties:
              ReplicationSourceIdentifier: arn:aws:rds:us-east-1:111122223333:cluster:a
              SourceRegion: us-east-1
              KmsKeyId: !ImportValue key`,
    },
    notApplicable: {
      'a source in the same Region': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: orders}`,
      'an ARN of the stack\'s own Region': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Sub 'arn:aws:rds:\${AWS::Region}:111122223333:db:a', SourceRegion: !Ref AWS::Region}`,
      'the same by its ARN alone': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {SourceDBInstanceIdentifier: !Sub 'arn:\${AWS::Partition}:rds:\${AWS::Region}:\${AWS::AccountId}:db:a'}`,
    },
  },
  check: hasKeyOfItsRegion,
};
