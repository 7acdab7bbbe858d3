import { copiedFrom, engineOf, isGiven, named, restoredFrom, unlessMember, unsure } from './databases';
import { databaseNamed, sourceIsElsewhere } from './sources';
import { customerKey } from '../kms/keys';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, either, mustBeTrue, targetOf, verdictOn } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Replicas of replicas: more than RDS allows. */
const DEEPEST = 5;

export const encryptsStorage: Check = (database) => unlessMember(database, () => storage(database));

function storage(database: TemplateResource, depth = 0): Verdict {
  const [copied, restored, global] = [copiedFrom(database), restoredFrom(database), named(database, 'GlobalClusterIdentifier')];
  const ofCopy = () => (isEncryptedReplica(database, copied) ? PASS : ofItsSource(database, depth, storage) ?? inherited('source'));
  const cases = [[copied, ofCopy], [restored, () => ofSnapshot(database)], [global, () => ofGlobalDatabase(database, depth)]] as const;
  return firstThatHolds(cases, () => ofNewStorage(database));
}

/** What the first property that names something means; what none of them means, where it is not sure that one does. */
function firstThatHolds(cases: ReadonlyArray<readonly [Read, () => Verdict]>, otherwise: () => Verdict): Verdict {
  const [first] = [...cases.filter(([read]) => isGiven(read)), ...cases.filter(([read]) => unsure(read))];
  const unknown = first && unsure(first[0]);
  return unknown ? either(unknown, first[1](), otherwise()) : first ? first[1]() : otherwise();
}

function ofNewStorage(database: TemplateResource): Verdict {
  const encrypted = database.get('StorageEncrypted').literal();
  return verdictOn(encrypted, {
    absent: () => (database.type === 'AWS::RDS::DBCluster' ? ofNewCluster(database) : fail('StorageEncrypted is not set')),
    value: ({ isTrue, text }) => passIf(isTrue, `StorageEncrypted is ${text}`),
  });
}

/**
 * Aurora encrypts every cluster that is made since 18 February 2026, by default under a key that AWS owns; older clusters stay as they
 * are. Looked up on 2026-11-25.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
 */
function ofNewCluster(database: TemplateResource): Verdict {
  const { name, unknown } = engineOf(database);
  if (name.startsWith('aurora')) { return undetermined('StorageEncrypted is not set: Aurora encrypts clusters that were made since 18 February 2026 only'); }
  return dependingOn(unknown, fail('StorageEncrypted is not set'));
}

/**
 * The source decides, "don't specify this property"; a key may be named all the same, and is used, or the copy is refused.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html#cfn-rds-dbcluster-storageencrypted
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html
 */
function ofItsSource(database: TemplateResource, depth: number, judge: (source: TemplateResource, depth: number) => Verdict): Verdict | undefined {
  if (namesKey(database)) { return PASS; }
  const source = databaseNamed(database, copiedFrom(database));
  return source && depth < DEEPEST ? judge(source, depth + 1) : undefined;
}

const namesKey = (database: TemplateResource) => isGiven(named(database, 'KmsKeyId'));

/** A cluster that replicates is made as a new one is, and may say that it is encrypted. */
function isEncryptedReplica(database: TemplateResource, { where }: Read): boolean {
  const encrypted = database.get('StorageEncrypted').literal();
  return where === 'ReplicationSourceIdentifier' && encrypted.kind === 'value' && encrypted.isTrue;
}

const inherited = (from: string) => undetermined(`RDS encrypts it as its ${from} is encrypted, which the template does not show`);

/**
 * `StorageEncrypted` is not for an instance of an unencrypted snapshot; a cluster takes its snapshot's encryption unless a key is named.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html#cfn-rds-dbcluster-storageencrypted
 */
function ofSnapshot(database: TemplateResource): Verdict {
  if (database.type === 'AWS::RDS::DBCluster') { return namesKey(database) ? PASS : inherited('snapshot'); }
  return database.get('StorageEncrypted').literal().match({
    value: ({ isTrue }) => (isTrue ? PASS : inherited('snapshot')), absent: () => inherited('snapshot'), unknown: () => inherited('snapshot'),
  });
}

/** Only the first cluster of a global database has a master user of its own. */
function isPrimary(database: TemplateResource): boolean {
  const managed = database.get('ManageMasterUserPassword').literal();
  return (managed.kind === 'value' && managed.isTrue) || ['MasterUsername', 'MasterUserPassword'].some((property) => database.get(property).kind !== 'absent');
}

/** Each cluster of a global database is encrypted as all are; the first one says itself whether it is. */
function ofGlobalDatabase(database: TemplateResource, depth: number): Verdict {
  const own = database.get('StorageEncrypted').literal();
  if (own.kind === 'value' && (own.isTrue || isPrimary(database))) { return passIf(own.isTrue, `StorageEncrypted is ${own.text}`); }
  const global = targetOf(database.get('GlobalClusterIdentifier'));
  return global?.type === 'AWS::RDS::GlobalCluster' ? ofGlobalCluster(global, depth) : inherited('global database');
}

function ofGlobalCluster(global: TemplateResource, depth: number): Verdict {
  const first = named(global, 'SourceDBClusterIdentifier');
  if (first.kind === 'absent') { return mustBeTrue(global, ['StorageEncrypted']); }
  const cluster = databaseNamed(global, first);
  return cluster && depth < DEEPEST ? storage(cluster, depth + 1) : inherited('global database');
}

/** A global cluster that is made of a cluster has what that one has. */
export const encryptsGlobalCluster: Check = (global) => {
  const first = named(global, 'SourceDBClusterIdentifier');
  return isGiven(first) ? NOT_APPLICABLE : dependingOn(unsure(first), mustBeTrue(global, ['StorageEncrypted']));
};

export const encryptsUnderCustomerKey: Check = (database) => unlessMember(database, () => underCustomerKey(database));

function underCustomerKey(database: TemplateResource, depth = 0): Verdict {
  const [copied, restored] = [copiedFrom(database), restoredFrom(database)];
  return firstThatHolds([[copied, () => keyOfCopy(database, depth)], [restored, () => keyOfRestored(database)]], () => ownKey(database));
}

/** Each cluster of a global database has a key of its own too. */
function ownKey(database: TemplateResource): Verdict {
  return verdictOn(database.get('StorageEncrypted').literal(), {
    absent: fail('StorageEncrypted is not true'),
    value: ({ isTrue }) => (isTrue ? customerKey(database.get('KmsKeyId')) : fail('StorageEncrypted is not true')),
  });
}

function keyOfCopy(database: TemplateResource, depth: number): Verdict {
  const key = database.get('KmsKeyId');
  if (key.kind !== 'absent') { return customerKey(key); }
  if (sourceIsElsewhere(database) === true) { return fail('no KMS key is named, and its source is in another Region'); }
  return ofItsSource(database, depth, underCustomerKey) ?? undetermined('RDS makes it under the key of its source, which the template does not show');
}

/** An instance keeps its snapshot's key; a cluster may be restored under another one. */
function keyOfRestored(database: TemplateResource): Verdict {
  const key = database.get('KmsKeyId');
  return database.type === 'AWS::RDS::DBCluster' && key.kind !== 'absent'
    ? customerKey(key) : undetermined('RDS restores it under the key of its snapshot, which the template does not show');
}

export const hasKeyOfItsRegion: Check = (database) => {
  const elsewhere = sourceIsElsewhere(database);
  if (elsewhere === false) { return NOT_APPLICABLE; }
  const verdict = customerKey(database.get('KmsKeyId'));
  return elsewhere === true ? verdict : dependingOn(elsewhere, verdict);
};

export const insightsUnderKey: Check = (database) => {
  const [enabled, key] = database.type === 'AWS::RDS::DBCluster'
    ? ['PerformanceInsightsEnabled', 'PerformanceInsightsKmsKeyId'] : ['EnablePerformanceInsights', 'PerformanceInsightsKMSKeyId'];
  return whereTrue(database, enabled, () => customerKey(database.get(key)));
};

export const masterSecretUnderKey: Check = (database) =>
  whereTrue(database, 'ManageMasterUserPassword', () => customerKey(database.get('MasterUserSecret', 'KmsKeyId')));

/** What a feature must be where it is turned on. */
function whereTrue(database: TemplateResource, property: string, check: () => Verdict): Verdict {
  return database.get(property).literal().match({
    value: ({ isTrue }) => (isTrue ? check() : NOT_APPLICABLE), absent: () => NOT_APPLICABLE, unknown: (unknown) => dependingOn(unknown, check()),
  });
}

export const copiesBackupsUnderKey: Check = (database) => {
  const region = named(database, 'AutomaticBackupReplicationRegion');
  return region.kind === 'absent' ? NOT_APPLICABLE : dependingOn(unsure(region), customerKey(database.get('AutomaticBackupReplicationKmsKeyId')));
};

const RDS_LOGS = '/aws/rds/';

/** Log groups to which RDS exports: by their name. */
export const exportsUnderKey: Check = (group) => {
  const name = group.get('LogGroupName');
  if (name.shown.startsWith(RDS_LOGS)) { return customerKey(group.get('KmsKeyId')); }
  // A name of which only the beginning is known may still become one.
  const mayBecome = name.kind === 'unknown' && RDS_LOGS.startsWith(name.shape.split('${')[0]);
  return mayBecome ? dependingOn(name, customerKey(group.get('KmsKeyId'))) : NOT_APPLICABLE;
};
