import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { replicateInstanceBackups } from './backup-copies';
import type { BackupCopyOptions } from './backup-copy-options';
import { complete, protectedProps } from './database-protection';
import { BACKUP_RETENTION_DAYS } from './defaults';
import { hasIamAuthentication } from './engine-defaults';
import type { LiveDatabaseProps } from './live-database-props';
import { masterSecret, snapshotPassword } from './master-password';
import { requireNetworkEncryption } from './network-encryption';
import { DATABASE_INSTANCE_FROM_SNAPSHOT } from './prop-shapes';
import { protectedProxy, withDefaultPort } from './proxy';
import { acknowledge } from '../private/acknowledge';
import { markManaged } from '../private/injector';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `EncryptedDatabaseInstanceFromSnapshot`. */
export interface EncryptedDatabaseInstanceFromSnapshotProps extends rds.DatabaseInstanceFromSnapshotProps, LiveDatabaseProps {
  /**
   * The key under which the snapshot is encrypted. RDS restores an instance only under its snapshot's key. Copy an unencrypted
   * snapshot under a key first (`aws rds copy-db-snapshot --kms-key-id`).
   *
   * Encrypts the master secret, Performance Insights and exported logs as well.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
   */
  readonly encryptionKey: kms.IKey;
}

/**
 * A database instance restored from a snapshot that is encrypted under a customer-managed KMS key, with the guarantees of
 * `EncryptedDatabaseInstance`.
 */
export class EncryptedDatabaseInstanceFromSnapshot extends rds.DatabaseInstanceFromSnapshot {
  /** The key under which the snapshot, and so the instance, is encrypted. */
  public readonly encryptionKey: kms.IKey;
  /** The master secret: the one that RDS manages, or the one given. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseInstanceFromSnapshotProps) {
    const path = checkedPath(scope, id, props, DATABASE_INSTANCE_FROM_SNAPSHOT);
    props = withoutNull(props);
    const { defaults, guaranteed } = protectedProps(path, props);
    const managed = snapshotPassword(scope, path, { prop: 'credentials', credentials: props.credentials, live: props.adoptsLiveDatabase });
    const { encryptionKey, cloudwatchLogsRetention, adoptsLiveDatabase, ...inherited } = props;
    super(scope, id, markManaged({
      backupRetention: Duration.days(BACKUP_RETENTION_DAYS),
      iamAuthentication: hasIamAuthentication(props.engine),
      ...defaults,
      multiAz: true,
      ...inherited,
      ...guaranteed,
    }));
    this.encryptionKey = encryptionKey;
    const instance = this.node.defaultChild as rds.CfnDBInstance;
    // CloudFormation takes this for a snapshot that is encrypted, and refuses it for one that is not. A live database would be replaced.
    if (!adoptsLiveDatabase) { instance.storageEncrypted = true; }
    if (managed) { instance.manageMasterUserPassword = true; }
    requireNetworkEncryption(this, props.engine, props.optionGroup);
    complete(this, {
      path,
      kind: 'instance',
      key: encryptionKey,
      engine: props.engine,
      parameterGroup: props.parameterGroup,
      exports: guaranteed.cloudwatchLogsExports,
      retention: cloudwatchLogsRetention,
      removalPolicy: props.removalPolicy,
      live: adoptsLiveDatabase,
    });
    this.secret = masterSecret(this, {
      credentials: props.credentials, restored: true, managed, managedArn: instance.attrMasterUserSecretSecretArn,
    }, encryptionKey);
    acknowledge(instance, {
      'Encryption-RdsStorageCustomerKey[undetermined]': `RDS keeps the snapshot's key, which is said to be ${encryptionKey.node.path}.`,
    });
  }

  /** Adds a proxy that requires TLS, by default with IAM authentication and the master secret. */
  public addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    return withDefaultPort(super.addProxy(id, protectedProxy(this, id, options, this.secret)), this.engine!);
  }

  /** Copies automated backups to another Region. See `EncryptedDatabaseInstance.replicateBackupsTo`. */
  public replicateBackupsTo(region: string, options: BackupCopyOptions = {}): void {
    replicateInstanceBackups(this, this.encryptionKey, region, options);
  }
}
