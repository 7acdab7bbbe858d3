import { Duration, Names } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledgeMonitoringRole, encryptLogs, managedSecret, protect, protectedProps, requireTls } from './database-protection';
import { BACKUP_RETENTION_DAYS } from './defaults';
import { EncryptionKey } from '../kms/encryption-key';
import { pathOf } from '../private/errors';
import { asProtected } from '../private/injector';

/** Properties of `EncryptedDatabaseCluster`. */
export interface EncryptedDatabaseClusterProps extends rds.DatabaseClusterProps {
  /**
   * The key for storage, snapshots, the master secret, Performance Insights and exported logs.
   *
   * @default - a new rotating key owned by this cluster
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * An Aurora (or Multi-AZ) cluster encrypted under a customer-managed KMS key, whose engine refuses connections without
 * TLS, with IAM authentication, a master password that RDS keeps and rotates, no public address, and deletion protection.
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
    const { encryptionKey, cloudwatchLogsRetention, ...inherited } = props;
    super(scope, id, asProtected({
      backup: { retention: Duration.days(BACKUP_RETENTION_DAYS) },
      iamAuthentication: true,
      ...defaults,
      ...inherited,
      ...guaranteed,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', { description: `Encrypts the database cluster ${path}` });
    requireTls(path, props.parameterGroup);
    protect(this, this.encryptionKey);
    acknowledgeMonitoringRole(this);

    const cfnCluster = this.node.defaultChild as rds.CfnDBCluster;
    this.secret = guaranteed.manageMasterUserPassword
      ? managedSecret(this, cfnCluster.attrMasterUserSecretSecretArn, this.encryptionKey)
      : props.credentials?.secret;
    if (guaranteed.cloudwatchLogsExports.length > 0) {
      cfnCluster.dbClusterIdentifier ??= Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
      encryptLogs(this, this.encryptionKey, `/aws/rds/cluster/${cfnCluster.dbClusterIdentifier}`, guaranteed.cloudwatchLogsExports, cloudwatchLogsRetention);
    }
  }
}
