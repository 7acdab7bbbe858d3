import { Duration, Stack } from 'aws-cdk-lib';
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
import { masterSecret, masterUser, SOURCES_USER } from './master-password';
import { DATABASE_CLUSTER } from './prop-shapes';
import { protectedProxy, withDefaultPort } from './proxy';
import { EncryptionKey } from '../kms/encryption-key';
import { EncryptionError } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkedPath, withoutNull } from '../private/props';
import { removalPolicyBeside } from '../private/removal-policy';
import { knownAtSynth } from '../private/tokens';

/** Properties of `EncryptedDatabaseCluster`. */
export interface EncryptedDatabaseClusterProps extends rds.DatabaseClusterProps, LiveDatabaseProps {
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
 * An Aurora (or Multi-AZ) cluster encrypted under a customer-managed KMS key, whose engine refuses connections without TLS, with
 * IAM authentication, a master password that RDS manages and rotates, no public address, and deletion protection.
 *
 * Without `readers` an Aurora cluster gets one, in another zone: serverless, and as large as the writer, which it may have to
 * replace; `[]` for none.
 *
 * Takes every prop of `rds.DatabaseCluster`; a value that would weaken encryption, TLS or privacy is an error.
 */
export class EncryptedDatabaseCluster extends rds.DatabaseCluster {
  /** The key under which the cluster is encrypted. */
  public readonly encryptionKey: kms.IKey;
  /** The master secret: the one that RDS manages, or the one given. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseClusterProps) {
    const path = checkedPath(scope, id, props, DATABASE_CLUSTER);
    props = withoutNull(props);
    const { defaults, guaranteed } = protectedProps(path, props);
    const user = hasSourcesUser(props) ? SOURCES_USER : masterUser(scope, path, props);
    const { encryptionKey, cloneOf, cloudwatchLogsRetention, adoptsLiveDatabase, ...inherited } = props;
    refuseUserOfSource(path, props);
    requireKeyOfLiveDatabase(path, props, encryptionKey);
    super(scope, id, markManaged({
      backup: { retention: Duration.days(BACKUP_RETENTION_DAYS) },
      iamAuthentication: true,
      ...defaults,
      ...inherited,
      readers: defaultReaders(props),
      ...guaranteed,
      ...user,
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
    const cfnCluster = this.node.defaultChild as rds.CfnDBCluster;
    if (cloneOf) { becomeClone(cfnCluster, cloneOf); }
    if (props.replicationSourceIdentifier) { becomeReplica(cfnCluster, props.replicationSourceIdentifier); }
    // The CDK makes a secret for a user that the cluster does not have.
    if (hasSourcesUser(props)) { this.node.tryRemoveChild('Secret'); }
    this.secret = masterSecret(this, {
      credentials: user.credentials, managed: user.manageMasterUserPassword === true, managedArn: cfnCluster.attrMasterUserSecretSecretArn,
    }, this.encryptionKey);
  }

  /** Adds a proxy that requires TLS, by default with IAM authentication and the master secret. */
  public addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    return withDefaultPort(super.addProxy(id, protectedProxy(this, id, options, this.secret)), this.engine!);
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

/** A replica has the user and the password of its source; a clone has the user, and RDS may manage the password anew. */
function hasSourcesUser({ replicationSourceIdentifier, cloneOf, manageMasterUserPassword }: EncryptedDatabaseClusterProps): boolean {
  return replicationSourceIdentifier !== undefined || (cloneOf !== undefined && manageMasterUserPassword === false);
}

/** What a clone or a replica has from its source cannot be chosen. */
function refuseUserOfSource(path: string, props: EncryptedDatabaseClusterProps): void {
  const { cloneOf, replicationSourceIdentifier, credentials, defaultDatabaseName, manageMasterUserPassword } = props;
  const source = cloneOf ? 'cloneOf' : replicationSourceIdentifier ? 'replicationSourceIdentifier' : undefined;
  if (!source) { return; }
  const given = {
    credentials,
    defaultDatabaseName,
    ...(replicationSourceIdentifier && {
      manageMasterUserPassword: manageMasterUserPassword || undefined, cloneOf: cloneOf && replicationSourceIdentifier,
    }),
  };
  const [prop] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (prop) {
    throw new EncryptionError(path, 'ClusterHasSourcesUser',
      `'${prop}' cannot be given with '${source}': ${cloneOf ? 'a clone' : 'a replica'} has what its source has. Leave it out.`);
  }
}

/**
 * A replica in another Region says where its source is, and has a key of its own Region.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html#cfn-rds-dbcluster-sourceregion
 */
function becomeReplica(replica: rds.CfnDBCluster, sourceIdentifier: string): void {
  const region = knownAtSynth(sourceIdentifier) === undefined ? undefined : /^arn:[^:]+:rds:([a-z0-9-]+):/.exec(sourceIdentifier)?.[1];
  if (region !== undefined && region !== knownAtSynth(Stack.of(replica).region)) { replica.sourceRegion = region; }
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
  clone.masterUserPassword = undefined;
}
