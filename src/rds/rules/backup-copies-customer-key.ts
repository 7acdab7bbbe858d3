import { AT_REST, Rule } from '../../rules/rule';
import { copiesBackupsUnderKey } from '../storage-checks';

export const rule: Rule = {
  id: 'Encryption-RdsBackupCopiesCustomerKey',
  severity: 'error',
  guards: 'at rest',
  resourceTypes: ['AWS::RDS::DBInstance'],
  info: 'Backups that are copied to another Region must be under a key of that Region.',
  why: 'RDS refuses to copy encrypted backups without one.',
  fix: 'Set AutomaticBackupReplicationKmsKeyId (replicateBackupsTo does).',
  see: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html',
  controls: { ...AT_REST, nist: ['CP-9', ...AT_REST.nist] },
  examples: {
    wrong: {
      'none': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties: {AutomaticBackupReplicationRegion: eu-central-1}`,
      'the key that AWS manages': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              AutomaticBackupReplicationRegion: eu-central-1
              AutomaticBackupReplicationKmsKeyId: alias/aws/rds`,
    },
    right: {
      'a key there': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              AutomaticBackupReplicationRegion: eu-central-1
              AutomaticBackupReplicationKmsKeyId: arn:aws:kms:eu-central-1:111122223333:key/x`,
    },
    undetermined: {
      'a key of another stack': `
        Resources:
          DbInstance:
            Type: AWS::RDS::DBInstance
            Properties:
              AutomaticBackupReplicationRegion: eu-central-1
              AutomaticBackupReplicationKmsKeyId: !ImportValue key`,
    },
  },
  check: copiesBackupsUnderKey,
};
