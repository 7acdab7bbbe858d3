import { RECOVERY, Rule } from '../../rules/rule';
import { LONGEST_PENDING_WINDOW_DAYS, SHORT_PENDING_WINDOW_DAYS } from '../defaults';
import { waits } from '../key-checks';

export const rule: Rule = {
  id: 'Encryption-KmsKeyPendingWindow',
  severity: 'warning',
  guards: 'key',
  resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  info: `A key must wait at least ${SHORT_PENDING_WINDOW_DAYS} days before it is deleted.`,
  why: 'Data under a deleted key is lost permanently; the waiting period is the time to notice.',
  fix: `Set PendingWindowInDays to ${LONGEST_PENDING_WINDOW_DAYS}, or leave it out.`,
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
  controls: { fsbp: ['KMS.3'], ...RECOVERY },
  examples: {
    wrong: {
      'a week': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {PendingWindowInDays: 7}`,
      'what KMS refuses': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {PendingWindowInDays: 31}`,
    },
    right: {
      'left out, which is 30 days': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {}`,
      'two weeks': `
        Resources:
          Key:
            Type: AWS::KMS::Key
            Properties: {PendingWindowInDays: 14}`,
    },
  },
  check: waits,
};
