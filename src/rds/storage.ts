import { Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { isCustomerKey } from '../kms/near';
import { EncryptionError, problemsOf } from '../private/errors';
import { overriddenProperties } from '../private/overrides';

/** Whether an instance has its storage from elsewhere, and with it the key: from its cluster, its source or its snapshot. */
export function inheritsStorage(instance: rds.CfnDBInstance): boolean {
  return [instance.dbClusterIdentifier, instance.sourceDbInstanceIdentifier, instance.dbSnapshotIdentifier, instance.dbClusterSnapshotIdentifier]
    .some((source) => source !== undefined);
}

/** Says the key of a live database, which it has already: what the mixin finds encrypted it leaves alone. */
export function sayKeyOfLiveDatabase(database: unknown, keyArn: string): void {
  const hasItsOwn = rds.CfnDBCluster.isCfnDBCluster(database) || (rds.CfnDBInstance.isCfnDBInstance(database) && !inheritsStorage(database));
  if (!hasItsOwn) { return; }
  database.storageEncrypted = true;
  database.kmsKeyId = keyArn;
}

/** Refuses an override of the app that wins over the encryption that is set: now, and once more when the app is complete. */
export function refuseOverriddenStorage(database: rds.CfnDBCluster | rds.CfnDBInstance): void {
  refuseOverride(database);
  database.node.addValidation({ validate: () => problemsOf(() => refuseOverride(database)) });
}

function refuseOverride(database: rds.CfnDBCluster | rds.CfnDBInstance): void {
  const undone = Object.entries(overriddenProperties(database)).find(([name, value]) => !Token.isUnresolved(value)
    && ((name === 'StorageEncrypted' && String(value) !== 'true') || (name === 'KmsKeyId' && (value === undefined || (typeof value === 'string' && !isCustomerKey(value))))));
  if (undone) {
    throw new EncryptionError(database.node.path, 'OverrideUndoesEncryption',
      `an override of the L1 (addPropertyOverride, addPropertyDeletionOverride) wins over the encryption that is set: ${undone[0]} is ${undone[1] === undefined ? 'taken out' : `'${String(undone[1])}'`}. Remove the override.`);
  }
}
