import * as rds from 'aws-cdk-lib/aws-rds';

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
