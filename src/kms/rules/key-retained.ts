import { RECOVERY, Rule } from '../../rules/rule';
import { isRetained } from '../key-checks';

export const rule: Rule = {
  id: 'Encryption-KmsKeyRetained',
  severity: 'info',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: 'A key should stay when its stack goes.',
  why: 'The stack\'s deletion schedules the key\'s, and with it the loss of all backups and objects that it encrypts.',
  fix: 'Set DeletionPolicy and UpdateReplacePolicy to Retain.',
  see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  controls: { fsbp: ['KMS.3'], ...RECOVERY },
  examples: {
    wrong: {
      'nothing said': `
        Resources:
          Key:
            Type: AWS::KMS::Key`,
      'deleted': `
        Resources:
          ReplicaKey:
            Type: AWS::KMS::ReplicaKey
            DeletionPolicy: Delete`,
    },
    right: {
      'retained': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            DeletionPolicy: Retain`,
      'retained but where the creation fails': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            DeletionPolicy: RetainExceptOnCreate`,
    },
  },
  check: isRetained,
};
