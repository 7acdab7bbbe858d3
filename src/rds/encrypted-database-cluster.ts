import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { copyClusterSnapshots } from './backup-copies';
import type { BackupCopyOptions } from './backup-copy-options';
import { complete, managedSecret, masterUser, protectedProps } from './database-protection';
import { defaultReaders } from './default-reader';
import { BACKUP_RETENTION_DAYS } from './defaults';
import { protectedProxy } from './proxy';
import { EncryptionKey } from '../kms/encryption-key';
import { EncryptionError, pathOf } from '../private/errors';
import { asProtected } from '../private/injector';

/** Properties of `EncryptedDatabaseCluster`. */
export interface EncryptedDatabaseClusterProps extends rds.DatabaseClusterProps {
  /**
   * The key for storage, snapshots, the master secret, Performance Insights and exported logs.
   *
   * @default - a new rotating key owned by this cluster
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Makes a clone of an Aurora cluster in the same account and Region, encrypted under this cluster's key. The master user and the
   * database are the source's.
   *
   * @default - a new, empty cluster
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Clone.html
   */
  readonly cloneOf?: rds.IDatabaseCluster;
}

/**
 * An Aurora (or Multi-AZ) cluster encrypted under a customer-managed KMS key, whose engine refuses connections without
 * TLS, with IAM authentication, a master password that RDS keeps and rotates, no public address, and deletion protection.
 *
 * Without `readers` an Aurora cluster gets one, in another zone: serverless, and as large as the writer that it may have to replace; `[]` for
 * none.
 *
 * Takes every prop of `rds.DatabaseCluster`; a value that would weaken encryption, TLS or privacy is an error.
 */
export class EncryptedDatabaseCluster extends rds.DatabaseCluster {
  /** The key under which the cluster is encrypted. */
  public readonly encryptionKey: kms.IKey;
  /** The master secret: the one that RDS manages, or the one given. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseClusterProps) {
    const path = pathOf(scope, id);
    const { defaults, guaranteed } = protectedProps(path, props);
    const user = masterUser(path, props.credentials);
    const { encryptionKey, cloneOf, cloudwatchLogsRetention, ...inherited } = props;
    refuseClone(path, props);
    super(scope, id, asProtected({
      backup: { retention: Duration.days(BACKUP_RETENTION_DAYS) },
      iamAuthentication: true,
      ...defaults,
      ...inherited,
      readers: defaultReaders(props),
      ...guaranteed,
      ...user,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', { description: `Encrypts the database cluster ${path}` });
    complete(this, {
      path,
      kind: 'cluster',
      key: this.encryptionKey,
      engine: props.engine,
      parameterGroup: props.parameterGroup,
      exports: guaranteed.cloudwatchLogsExports,
      retention: cloudwatchLogsRetention,
    });
    const cfnCluster = this.node.defaultChild as rds.CfnDBCluster;
    if (cloneOf) { becomeClone(cfnCluster, cloneOf); }
    this.secret = user.manageMasterUserPassword
      ? managedSecret(this, cfnCluster.attrMasterUserSecretSecretArn, this.encryptionKey)
      : props.credentials?.secret;
  }

  /** Adds a proxy that requires TLS, and IAM authentication unless told otherwise, with the master secret unless another is given. */
  public addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    return super.addProxy(id, protectedProxy(this, id, options, this.secret));
  }

  /**
   * Copies a snapshot a day to another Region with AWS Backup, into a vault under the key's replica there.
   *
   * @param region for example `eu-west-1`: one with a replica of the cluster's `MultiRegionKey`
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
   */
  public replicateBackupsTo(region: string, options: BackupCopyOptions = {}): void {
    copyClusterSnapshots(this, this.encryptionKey, region, options);
  }
}

/** What a clone has from its source cannot be chosen. */
function refuseClone(path: string, { cloneOf, credentials, defaultDatabaseName }: EncryptedDatabaseClusterProps): void {
  if (!cloneOf) { return; }
  const [prop] = Object.entries({ credentials, defaultDatabaseName }).find(([, value]) => value !== undefined) ?? [];
  if (prop) {
    throw new EncryptionError(path, 'CloneHasSourcesUser', `'${prop}' cannot be given with 'cloneOf': a clone has its source's. Leave it out.`);
  }
}

/**
 * Storage is shared with the source until one of both writes; the user, the database and whether it is encrypted are the source's.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Clone.html
 */
function becomeClone(clone: rds.CfnDBCluster, source: rds.IDatabaseCluster): void {
  clone.sourceDbClusterIdentifier = source.clusterIdentifier;
  clone.restoreType = 'copy-on-write';
  clone.useLatestRestorableTime = true;
  clone.storageEncrypted = undefined;
  clone.masterUsername = undefined;
  clone.databaseName = undefined;
}
