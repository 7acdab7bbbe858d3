import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { replicaIsElsewhere } from '../replica-checks';

export const rule: Rule = {
  id: 'Encryption-KmsReplicaElsewhere',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::ReplicaKey'],
  info: 'A replica must be in another Region than its primary, and the only one there.',
  why: 'KMS refuses a second key of one id in a Region: the deployment fails half way.',
  fix: 'Put the replica into a stack of another Region (MultiRegionKey does).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html',
  controls: KEY_MANAGEMENT,
  examples: {
    wrong: {
      'the primary beside it': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: !GetAtt Key.Arn}
          Key:
            Type: AWS::KMS::Key
            Properties: {MultiRegion: true}`,
      'two replicas of one primary': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}
          Two:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}`,
    },
    right: {
      'a primary of another stack': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}`,
      'two replicas of two primaries': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}
          Two:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-2}`,
    },
  },
  check: replicaIsElsewhere,
};
