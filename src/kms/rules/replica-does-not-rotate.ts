import { KEY_MANAGEMENT, Rule } from '../../rules/rule';
import { replicaDoesNotRotate } from '../replica-checks';

export const rule: Rule = {
  id: 'Encryption-KmsReplicaDoesNotRotate',
  severity: 'error',
  guards: 'key',
  resourceTypes: ['AWS::KMS::ReplicaKey'],
  info: 'Rotation must be asked of the primary, not of a replica.',
  why: 'KMS rotates the primary, and the replicas with it; CloudFormation refuses rotation on a replica.',
  fix: 'Set EnableKeyRotation on the primary.',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html#multi-region-rotate',
  controls: KEY_MANAGEMENT,
  examples: {
    wrong: {
      'rotation': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1
              EnableKeyRotation: true`,
      'a period': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties:
              PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1
              RotationPeriodInDays: 90`,
    },
    right: {
      'nothing said': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1}`,
      'enabled': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            Properties: {PrimaryKeyArn: arn:aws:kms:us-east-1:111122223333:key/mrk-1, Enabled: true}`,
    },
  },
  check: replicaDoesNotRotate,
};
