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
import { requireKeyOfLiveDatabase } from './live-database';
import type { LiveDatabaseProps } from './live-database-props';
import { masterSecret, masterUser } from './master-password';
import { requireNetworkEncryption } from './network-encryption';
import { DATABASE_INSTANCE } from './prop-shapes';
import { protectedProxy, withDefaultPort } from './proxy';
import { EncryptionKey } from '../kms/encryption-key';
import { markManaged } from '../private/injector';
import { checkedPath, withoutNull } from '../private/props';
import { removalPolicyBeside } from '../private/removal-policy';

/** Properties of `EncryptedDatabaseInstance`. */
export interface EncryptedDatabaseInstanceProps extends rds.DatabaseInstanceProps, LiveDatabaseProps {
  /**
   * The key for storage, snapshots, the master secret, Performance Insights and exported logs.
   *
   * @default - a new rotating key owned by this instance
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A database instance encrypted under a customer-managed KMS key, whose engine refuses connections without TLS, with IAM
 * authentication where the engine supports it, a master password that RDS manages and rotates, no public address, and deletion
 * protection.
 *
 * Takes every prop of `rds.DatabaseInstance`; a value that would weaken encryption, TLS or privacy is an error.
 */
export class EncryptedDatabaseInstance extends rds.DatabaseInstance {
  /** The key under which the instance is encrypted. */
  public readonly encryptionKey: kms.IKey;
  /** The master secret: the one that RDS manages, or the one given. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseInstanceProps) {
    const path = checkedPath(scope, id, props, DATABASE_INSTANCE);
    props = withoutNull(props);
    const { defaults, guaranteed } = protectedProps(path, props);
    const user = masterUser(scope, path, props);
    const { encryptionKey, cloudwatchLogsRetention, adoptsLiveDatabase, ...inherited } = props;
    requireKeyOfLiveDatabase(path, props, encryptionKey);
    super(scope, id, markManaged({
      backupRetention: Duration.days(BACKUP_RETENTION_DAYS),
      iamAuthentication: hasIamAuthentication(props.engine),
      ...defaults,
      multiAz: true,
      ...inherited,
      ...guaranteed,
      ...user,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the database ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    requireNetworkEncryption(this, props.engine, props.optionGroup);
    complete(this, {
      path,
      kind: 'instance',
      key: this.encryptionKey,
      engine: props.engine,
      parameterGroup: props.parameterGroup,
      exports: guaranteed.cloudwatchLogsExports,
      retention: cloudwatchLogsRetention,
      removalPolicy: props.removalPolicy,
      live: adoptsLiveDatabase,
    });
    this.secret = masterSecret(this, {
      credentials: user.credentials,
      managed: user.manageMasterUserPassword === true,
      managedArn: (this.node.defaultChild as rds.CfnDBInstance).attrMasterUserSecretSecretArn,
    }, this.encryptionKey);
  }

  /** Adds a proxy that requires TLS, by default with IAM authentication and the master secret. */
  public addProxy(id: string, options: rds.DatabaseProxyOptions): rds.DatabaseProxy {
    return withDefaultPort(super.addProxy(id, protectedProxy(this, id, options, this.secret)), this.engine!);
  }

  /**
   * Copies automated backups to another Region, under the key there.
   *
   * @param region for example `eu-west-1`; where the instance's key is a `MultiRegionKey`, one with a replica
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
   */
  public replicateBackupsTo(region: string, options: BackupCopyOptions = {}): void {
    replicateInstanceBackups(this, this.encryptionKey, region, options);
  }
}
