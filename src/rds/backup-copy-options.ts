import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** Options of `replicateBackupsTo`. */
export interface BackupCopyOptions {
  /**
   * How long copies are kept: 1 to 35 days for an instance, whose automated backups RDS copies; any whole number of days for
   * a cluster, whose snapshots AWS Backup copies.
   *
   * @default Duration.days(35)
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
   */
  readonly retention?: Duration;

  /**
   * The key in the other Region that encrypts the copies.
   *
   * @default - the replica of the database's `MultiRegionKey` in that Region; without one, an error
   */
  readonly encryptionKey?: kms.IKeyRef;
}
