import { Annotations, Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { copyClusterSnapshots } from './backup-copies';
import type { BackupCopyOptions } from './backup-copy-options';
import { complete, protectedProps } from './database-protection';
import { defaultReaders } from './default-reader';
import { BACKUP_RETENTION_DAYS } from './defaults';
import { requireKeyOfLiveDatabase } from './live-database';
import type { LiveDatabaseProps } from './live-database-props';
import { masterSecret, snapshotPassword } from './master-password';
import { DATABASE_CLUSTER_FROM_SNAPSHOT } from './prop-shapes';
import { protectedProxy, withDefaultPort } from './proxy';
import { EncryptionKey } from '../kms/encryption-key';
import { EncryptionError } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkedPath, withoutNull } from '../private/props';
import { removalPolicyBeside } from '../private/removal-policy';

/** Properties of `EncryptedDatabaseClusterFromSnapshot`. */
export interface EncryptedDatabaseClusterFromSnapshotProps extends rds.DatabaseClusterFromSnapshotProps, LiveDatabaseProps {
  /**
   * The key for storage, snapshots, the master secret, Performance Insights and exported logs. The snapshot may be under another
   * key, or under none.
   *
   * @default - a new rotating key owned by this cluster
   */
  readonly encryptionKey?: kms.IKey;
}

/** A cluster restored from a snapshot, encrypted under a customer-managed KMS key, with the guarantees of `EncryptedDatabaseCluster`. */
export class EncryptedDatabaseClusterFromSnapshot extends rds.DatabaseClusterFromSnapshot {
  /** The key under which the cluster is encrypted. */
  public readonly encryptionKey: kms.IKey;
  /** The master secret: the one that RDS manages, or the one given. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseClusterFromSnapshotProps) {
    const path = checkedPath(scope, id, props, DATABASE_CLUSTER_FROM_SNAPSHOT);
    props = withoutNull(props);
    const { defaults, guaranteed } = protectedProps(path, props);
    const managed = snapshotPassword(scope, path, {
      prop: 'snapshotCredentials', credentials: props.snapshotCredentials, managed: props.manageMasterUserPassword, live: props.adoptsLiveDatabase,
    });
    if (props.credentials) { throw snapshotHasUser(path); }
    const { encryptionKey, cloudwatchLogsRetention, adoptsLiveDatabase, ...inherited } = props;
    requireKeyOfLiveDatabase(path, props, encryptionKey);
    super(scope, id, markManaged({
      backup: { retention: Duration.days(BACKUP_RETENTION_DAYS) },
      iamAuthentication: true,
      ...defaults,
      ...inherited,
      readers: defaultReaders(props),
      ...guaranteed,
      manageMasterUserPassword: managed,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the database cluster ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    complete(this, {
      path,
      kind: 'cluster',
      key: this.encryptionKey,
      engine: props.engine,
      parameterGroup: props.parameterGroup,
      exports: guaranteed.cloudwatchLogsExports,
      retention: cloudwatchLogsRetention,
      removalPolicy: props.removalPolicy,
      live: adoptsLiveDatabase,
    });
    // The password is RDS's to manage, not one that the CDK generates.
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-rds:generatedCredsNotApplied');
    this.secret = masterSecret(this, {
      credentials: props.snapshotCredentials,
      restored: true,
      managed,
      managedArn: (this.node.defaultChild as rds.CfnDBCluster).attrMasterUserSecretSecretArn,
    }, this.encryptionKey);
  }

  /** Adds a proxy that requires TLS, by default with IAM authentication and the master secret. */
  public addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    return withDefaultPort(super.addProxy(id, protectedProxy(this, id, options, this.secret)), this.engine!);
  }

  /** Copies a snapshot a day to another Region. See `EncryptedDatabaseCluster.replicateBackupsTo`. */
  public replicateBackupsTo(region: string, options: BackupCopyOptions = {}): void {
    copyClusterSnapshots(this, this.encryptionKey, region, options);
  }
}

function snapshotHasUser(path: string): EncryptionError {
  return new EncryptionError(path, 'SnapshotHasUser', "'credentials' cannot be given: the user is the snapshot's. Leave it out, and RDS manages the password.");
}
