import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Options of `EncryptedBucket.replicateTo`. */
export interface BucketReplicationOptions {
  /**
   * Only objects whose keys begin with this.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The key under which replicas are encrypted, in the Region of the destination. With a `MultiRegionKey`, its key in that Region
   * is used.
   *
   * @default - the key of the destination
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether a delete in the source hides the replica too. Versions are never deleted by replication.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html
   */
  readonly deleteMarkers?: boolean;

  /**
   * Whether changes of a replica's metadata are replicated back, where the destination replicates to this bucket as well.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-for-metadata-changes.html
   */
  readonly replicaModifications?: boolean;

  /**
   * Whether S3 promises to replicate within 15 minutes, and measures it. Costs extra.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
   */
  readonly replicationTimeControl?: boolean;

  /**
   * The storage class of replicas.
   *
   * @default - that of the source object
   */
  readonly storageClass?: s3.StorageClass;
}
