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

/** Properties of `EncryptedDatabaseInstance`. */
export interface EncryptedDatabaseInstanceProps extends rds.DatabaseInstanceProps {
  /**
   * The key for storage, snapshots, the master secret, Performance Insights and exported logs.
   *
   * @default - a new rotating key owned by this instance
   */
  readonly encryptionKey?: kms.IKey;
}

/** Engines that have no IAM database authentication. */
const WITHOUT_IAM_AUTHENTICATION = /^(sqlserver|oracle|db2|custom)/;

/**
 * A database instance encrypted under a customer-managed KMS key, whose engine refuses connections without TLS, with IAM
 * authentication where the engine has it, a master password that RDS keeps and rotates, no public address, and deletion
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
    const path = pathOf(scope, id);
    const { defaults, guaranteed } = protectedProps(path, props);
    const { encryptionKey, cloudwatchLogsRetention, ...inherited } = props;
    super(scope, id, asProtected({
      backupRetention: Duration.days(BACKUP_RETENTION_DAYS),
      iamAuthentication: !WITHOUT_IAM_AUTHENTICATION.test(props.engine.engineType),
      ...defaults,
      multiAz: true,
      ...inherited,
      ...guaranteed,
    }));
    this.encryptionKey = encryptionKey ?? new EncryptionKey(this, 'Key', { description: `Encrypts the database ${path}` });
    requireTls(path, props.parameterGroup);
    protect(this, this.encryptionKey);
    acknowledgeMonitoringRole(this);

    const cfnInstance = this.node.defaultChild as rds.CfnDBInstance;
    this.secret = guaranteed.manageMasterUserPassword
      ? managedSecret(this, cfnInstance.attrMasterUserSecretSecretArn, this.encryptionKey)
      : props.credentials?.secret;
    if (guaranteed.cloudwatchLogsExports.length > 0) {
      cfnInstance.dbInstanceIdentifier ??= Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }).toLowerCase();
      encryptLogs(this, this.encryptionKey, `/aws/rds/instance/${cfnInstance.dbInstanceIdentifier}`, guaranteed.cloudwatchLogsExports, cloudwatchLogsRetention);
    }
  }
}
