import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { viaService } from './via-service';

/** What of a bucket its replication needs to know. */
export interface ReplicatedSide {
  readonly bucketArn: string;
  readonly keyArn: string;
  readonly region: string;
}

/**
 * What S3 needs to read in the source. `s3:GetObjectVersionForReplication` reads encrypted objects for this purpose only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function readsForReplication(bucketArn: string, locked: boolean): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [bucketArn] }),
    new iam.PolicyStatement({
      actions: [
        's3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging',
        ...(locked ? ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] : []),
      ],
      resources: [`${bucketArn}/*`],
    }),
  ];
}

/** What S3 needs to write in the destination. */
export function writesReplicas(bucketArn: string): iam.PolicyStatement[] {
  return [new iam.PolicyStatement({ actions: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], resources: [`${bucketArn}/*`] })];
}

/** Decrypts objects of the source, through S3 and for that bucket only. */
export function decryptsThroughS3(side: ReplicatedSide): iam.PolicyStatement {
  return throughS3(side, ['kms:Decrypt']);
}

/**
 * Encrypts replicas, through S3 and for that bucket only. `kms:Decrypt` is for the bucket key, which S3 verifies before it
 * uses it; `kms:GenerateDataKey` for objects that were in the source before it was encrypted under KMS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html#bk-replication
 */
export function encryptsThroughS3(side: ReplicatedSide): iam.PolicyStatement {
  return throughS3(side, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
}

/** The encryption context is the bucket's ARN with a bucket key, and the object's without. */
function throughS3({ bucketArn, keyArn, region }: ReplicatedSide, actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': viaService('s3', { region, urlSuffix: Aws.URL_SUFFIX }) },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] },
    },
  });
}
