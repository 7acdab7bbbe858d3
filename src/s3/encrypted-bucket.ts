import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accessLogBucket, refuseKmsLogBucket } from './access-log-bucket';
import type { BucketReader } from './bucket-reader';
import { ACCESS_LOG_PREFIX, NONCURRENT_VERSION_EXPIRATION_DAYS } from './defaults';
import { refuseLoadBalancerLogs, refuseLogDelivery } from './log-delivery';
import { BucketEncryptionAtRest, BucketTlsOnly } from './mixins';
import { BUCKET_READER, ENCRYPTED_BUCKET, EVENT_TYPE, FILTERS, NOTIFICATION_DESTINATION, REPLICATION } from './prop-shapes';
import { BUCKET_REFUSALS, CONSTRUCT_REFUSALS } from './refusals';
import { withoutUseless } from './refused-grants';
import { Replication } from './replication';
import type { BucketReplicationOptions } from './replication-options';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { EncryptionKey } from '../kms/encryption-key';
import { LIMIT_THEM, strangerAllowed, strangerAllowedBy, strangersServiceAllowed } from '../kms/principal-limits';
import { BUCKET, STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, checkProps, withoutNull } from '../private/props';
import { removalPolicyBeside, removalPolicyOf } from '../private/removal-policy';
import { NamedStatements } from '../private/resource-policy';
import { S3_NOT_TO_FIFO } from '../statements/notifications';

/** Properties of `EncryptedBucket`. */
export interface EncryptedBucketProps extends s3.BucketProps {
  /**
   * Encrypts each object twice, with two independent keys (DSSE-KMS), where a regulation requires it. There is then no bucket
   * key.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
   */
  readonly dualLayer?: boolean;
}

/**
 * A bucket whose objects are encrypted under a customer-managed KMS key, that accepts only TLS 1.2 or newer, is never public,
 * keeps versions, logs access, and stays when its stack is deleted.
 *
 * Takes every prop of `s3.Bucket`; a value that would weaken these guarantees is an error. `fromBucketName()` and the other
 * static methods are those of `s3.Bucket`: they give a plain reference to an existing bucket, which is neither checked nor
 * changed.
 */
export class EncryptedBucket extends s3.Bucket {
  /** The key under which objects are encrypted. */
  public readonly encryptionKey?: kms.IKey;
  private replication?: Replication;
  private readers?: NamedStatements;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTED_BUCKET);
    props = withoutNull(props);
    refuse(path, props, [...BUCKET_REFUSALS, ...CONSTRUCT_REFUSALS]);
    if (props.serverAccessLogsBucket) { refuseKmsLogBucket(path, 'serverAccessLogsBucket', props.serverAccessLogsBucket); }
    const { encryption, encryptionKey, bucketKeyEnabled, dualLayer, enforceSSL, minimumTLSVersion, accessControl, ...others } = props;
    const { serverAccessLogsPrefix, targetObjectKeyFormat, ...inherited } = others;
    super(scope, id, markManaged({
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(NONCURRENT_VERSION_EXPIRATION_DAYS) }],
      versioned: true,
      ...inherited,
      removalPolicy: removalPolicyOf(props.removalPolicy, props.bucketName),
      // Where these are given without a bucket, the CDK would write the logs into this one.
      ...(props.serverAccessLogsBucket && { serverAccessLogsPrefix, targetObjectKeyFormat }),
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    }));
    const key = encryptionKey ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the bucket ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    this.encryptionKey = key;
    refuseLoadBalancerLogs(this, key);
    this.with(new BucketEncryptionAtRest(key, {
      bucketKeyEnabled, dualLayer: dualLayer ?? encryption === s3.BucketEncryption.DSSE, receivesLogs: false,
    }));
    new BucketTlsOnly()._limit(this.node.defaultChild as s3.CfnBucket);
    if (!props.serverAccessLogsBucket) { this.logAccessTo(accessLogBucket(this, props.removalPolicy), props); }
  }

  /**
   * Replicates new objects to another bucket, encrypted under that bucket's key. Makes the role, and allows exactly what S3 needs
   * of both buckets and both keys. Older objects are not copied: run S3 Batch Replication for them.
   *
   * Across Regions the destination's stack is deployed first; a `MultiRegionKey` for both sides is made in a stack of its own.
   *
   * @param destination versioned, and encrypted under a KMS key: an `EncryptedBucket` here, or one that another app made
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
   */
  public replicateTo(destination: s3.IBucket, options: BucketReplicationOptions = {}): void {
    checkArgument(this.node.path, 'destination', destination, BUCKET);
    checkProps(this.node.path, options, REPLICATION);
    const { versioningConfiguration, objectLockEnabled } = this.node.defaultChild as s3.CfnBucket;
    if (!versioningConfiguration) {
      throw new EncryptionError(this.node.path, 'ReplicationNeedsVersions',
        "cannot replicate with 'versioned' false: S3 replicates versions. Leave the prop out.");
    }
    this.replication ??= new Replication(this, this.encryptionKey!, objectLockEnabled === true);
    this.replication.add(destination, options);
  }

  /** Allows a CloudFront distribution, another account or an organization to read objects, in the bucket's policy and in the key's. */
  public allowReadFrom(reader: BucketReader): void {
    checkArgument(this.node.path, 'reader', reader, BUCKET_READER);
    const statements = reader._bucketStatements(this.bucketArn);
    const found = strangerAllowed(this, statements, ['bucket', 'object']) ?? strangersServiceAllowed(this, statements, ['bucket', 'object']);
    if (found) {
      throw new EncryptionError(this.node.path, 'ReaderIsEverybody', `allowReadFrom() cannot have ${found.value}: ${found.why}. Name the distribution, account or organization itself.`);
    }
    this.readers ??= new NamedStatements(this);
    statements.forEach((statement) => this.readers!.add(statement));
    const { region, account } = Stack.of(this);
    const statement = reader._keyStatement({ partition: Aws.PARTITION, urlSuffix: Aws.URL_SUFFIX, region, account });
    addToKeyPolicyOrWarn(this, this.encryptionKey!, [statement], 'objects cannot be decrypted');
  }

  /**
   * Sends events to a queue, a topic or a function; S3 gets the key of the queue or topic when the app is synthesized. A FIFO queue is an
   * error: S3 refuses it.
   */
  public addEventNotification(event: s3.EventType, dest: s3.IBucketNotificationDestination, ...filters: s3.NotificationKeyFilter[]): void {
    checkArgument(this.node.path, 'event', event, EVENT_TYPE);
    checkArgument(this.node.path, 'dest', dest, NOTIFICATION_DESTINATION);
    checkArgument(this.node.path, 'filters', filters, FILTERS);
    // The queue of SqsDestination has no public name.
    const { queue } = dest as { readonly queue?: sqs.IQueue };
    if (queue?.fifo) {
      throw new EncryptionError(this.node.path, 'SourceCannotSendToFifo', `cannot notify the FIFO queue ${queue.node.path}: ${S3_NOT_TO_FIFO}.`);
    }
    super.addEventNotification(event, dest, ...filters);
  }

  /**
   * Adds a statement to the bucket's policy; whoever it allows to write or read gets the key when the app is synthesized. A statement that
   * allows somebody whom nothing limits, or a log delivery that cannot write to SSE-KMS, is an error.
   */
  public addToResourcePolicy(permission: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'permission', permission, STATEMENT);
    refuseLogDelivery(this.node.path, permission);
    const found = strangerAllowedBy(this, permission, ['bucket', 'object']);
    if (found) { throw new EncryptionError(this.node.path, 'BucketPolicyIsPublic', `'permission' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
    return super.addToResourcePolicy(permission);
  }

  /**
   * The grants of the bucket. Those for everybody (`publicAccess`, `grantPublicAccess()`) and for access control lists (`putAcl`, `grantPutAcl()`) are errors.
   */
  public get grants(): s3.BucketGrants {
    return withoutUseless(super.grants, this.node.path);
  }

  private logAccessTo(logBucket: s3.Bucket, { serverAccessLogsPrefix = '', targetObjectKeyFormat }: EncryptedBucketProps): void {
    (this.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
      destinationBucketName: logBucket.bucketName,
      logFilePrefix: `${ACCESS_LOG_PREFIX}${serverAccessLogsPrefix}`,
      targetObjectKeyFormat: targetObjectKeyFormat?._render() ?? { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
  }
}
