import { ArnFormat, CfnDeletionPolicy, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { BackupCopyOptions } from './backup-copy-options';
import { BACKUP_COPY_RETENTION_DAYS } from './defaults';
import { BACKUP_COPY } from './prop-shapes';
import { MultiRegionKey } from '../kms/multi-region-key';
import { takeReplicaKey } from '../kms/replicas-of';
import { acknowledge } from '../private/acknowledge';
import { REGION } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import { checkArgument, checkProps } from '../private/props';
import { refuseUnknownRegion } from '../private/regions';
import { removalPolicyBeside } from '../private/removal-policy';
import { knownAtSynth } from '../private/tokens';

/**
 * RDS copies automated backups and transaction logs to the other Region, so that the database can be restored there to any
 * point in time.
 */
export function replicateInstanceBackups(instance: Construct, key: kms.IKey, region: string, options: BackupCopyOptions): void {
  checkCopy(instance, region, options);
  const days = (options.retention ?? Duration.days(BACKUP_COPY_RETENTION_DAYS)).toDays();
  if (days < 1 || days > LONGEST_INSTANCE_COPY_DAYS) {
    throw new EncryptionError(instance.node.path, 'BackupCopyRetentionOutOfRange',
      `'retention' must be between 1 and ${LONGEST_INSTANCE_COPY_DAYS} days, got ${days} days: RDS does not keep copied backups longer. Choose a period in that range.`);
  }
  const cfnInstance = instance.node.defaultChild as rds.CfnDBInstance;
  cfnInstance.automaticBackupReplicationRegion = region;
  cfnInstance.automaticBackupReplicationKmsKeyId = keyArnIn(instance, key, region, options.encryptionKey);
  cfnInstance.automaticBackupReplicationRetentionPeriod = days;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html */
const LONGEST_INSTANCE_COPY_DAYS = 35;

/**
 * Aurora has no such copies of its own: AWS Backup takes a snapshot a day, and copies it into a vault under the key there.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
 */
export function copyClusterSnapshots(cluster: Construct & rds.IDatabaseCluster, key: kms.IKey, region: string, options: BackupCopyOptions): void {
  checkCopy(cluster, region, options);
  const replica = key instanceof MultiRegionKey ? key.replicas.find((candidate) => candidate.env.region === region) : undefined;
  if (!replica || options.encryptionKey) {
    throw new EncryptionError(cluster.node.path, 'BackupCopyNeedsReplica',
      `cannot copy backups to ${region} ${options.encryptionKey ? "under another 'encryptionKey'" : 'without a key there'}: the vault for them is made beside a replica of the `
      + `cluster's key. Give the cluster a MultiRegionKey with a replica in ${region}, or copy with a backup.BackupPlan of your own.`);
  }
  const deleteAfter = options.retention ?? Duration.days(BACKUP_COPY_RETENTION_DAYS);
  const vaultName = `${Names.uniqueResourceName(cluster, { maxLength: 43, separator: '-' })}-copies`;
  const removalPolicy = removalPolicyBeside(goesWithItsStack(cluster) ? RemovalPolicy.DESTROY : undefined);
  new backup.BackupVault(Stack.of(replica), `${Names.uniqueId(cluster)}Copies`, { backupVaultName: vaultName, encryptionKey: replica, removalPolicy });
  if (Stack.of(replica) !== Stack.of(cluster) && Stack.of(key) !== Stack.of(cluster)) { Stack.of(cluster).addStackDependency(Stack.of(replica)); }
  const arn = Stack.of(cluster).formatArn({
    service: 'backup', region, resource: 'backup-vault', resourceName: vaultName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const plan = new backup.BackupPlan(cluster, 'BackupCopies', {
    backupVault: new backup.BackupVault(cluster, 'BackupVault', { encryptionKey: key, removalPolicy }),
    backupPlanRules: [new backup.BackupPlanRule({
      scheduleExpression: events.Schedule.cron({ hour: '5', minute: '0' }),
      deleteAfter,
      copyActions: [{ destinationBackupVault: backup.BackupVault.fromBackupVaultArn(cluster, 'Copies', arn), deleteAfter }],
    })],
  });
  const selection = plan.addSelection('Cluster', { resources: [backup.BackupResource.fromRdsDatabaseCluster(cluster)] });
  acknowledge(selection, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]':
      'AWS documents this policy, and no other, for the role with which AWS Backup takes backups.',
  });
}

/** Vaults have names that are fixed: one that stays is in the way of the next stack of that name. */
function goesWithItsStack(cluster: Construct): boolean {
  return (cluster.node.defaultChild as rds.CfnDBCluster).cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE;
}

function checkCopy(database: Construct, region: string, options: BackupCopyOptions): void {
  checkArgument(database.node.path, 'region', region, REGION);
  checkProps(database.node.path, options, BACKUP_COPY);
  refuseUnknownRegion(database.node.path, 'region', region);
  const own = knownAtSynth(Stack.of(database).region);
  if (region === own) {
    throw new EncryptionError(database.node.path, 'BackupCopyInOwnRegion',
      `'region' cannot be ${region}: the database and its backups are there already. Name another Region.`);
  }
}

function keyArnIn(database: Construct, key: kms.IKey, region: string, given: kms.IKeyRef | undefined): string {
  if (given) {
    const { keyArn } = given.keyRef;
    takeReplicaKey(database, database.node.path, { prop: 'encryptionKey', region, keyArn });
    return keyArn;
  }
  if (key instanceof MultiRegionKey) { return key.arnIn(region); }
  throw new EncryptionError(database.node.path, 'BackupCopyNeedsReplica',
    `cannot copy backups to ${region} without a key there. Give the database a MultiRegionKey with a replica in ${region}, or the key as \`encryptionKey\`.`);
}
