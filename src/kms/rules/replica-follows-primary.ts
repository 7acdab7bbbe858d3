import { KEY_ACCESS, Rule } from '../../rules/rule';
import { replicaAllowsWhatPrimaryDoes } from '../key-questions';

export const rule: Rule = {
  id: 'Encryption-KmsReplicaFollowsPrimary',
  severity: 'warning',
  guards: 'access',
  resourceTypes: ['AWS::KMS::ReplicaKey'],
  info: 'The policy of a replica must be that of its primary.',
  why: 'KMS does not copy policies: who is kept out in one Region may decrypt the same data in the other.',
  fix: 'Keep the policies the same (MultiRegionKey does).',
  see: 'https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html',
  controls: KEY_ACCESS,
  examples: {
    wrong: {},
    right: {},
  },
  check: replicaAllowsWhatPrimaryDoes,
};
