import { NOT_APPLICABLE, Verdict } from '../rules/rule';
import { dependingOn } from '../rules/values';
import { Absent, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What names the source of a copy: a read replica, or a database at a point in time. */
const COPIED = ['SourceDBInstanceIdentifier', 'SourceDbiResourceId', 'SourceDBInstanceAutomatedBackupsArn', 'SourceDBClusterIdentifier', 'SourceDbClusterResourceId',
  'ReplicationSourceIdentifier'];
/** A replica has its source elsewhere, if it is not of this Region; backups that were copied here are restored here. */
const REPLICAS = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier', 'GlobalClusterIdentifier'];
const RESTORED = ['DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier', 'SnapshotIdentifier'];

/**
 * A property that names something; an empty text is as good as none: "if the `DBSnapshotIdentifier` property is an empty string
 * […], AWS CloudFormation creates a new database".
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
export function named(resource: TemplateResource, property: string): Read {
  const read = resource.get(property);
  return read.kind === 'value' && read.text === '' ? new Absent(property) : read;
}

/** The first of some properties that names something; else the first that is unknown. */
function firstNamed(database: TemplateResource, properties: readonly string[]): Read {
  const reads = properties.map((property) => named(database, property));
  return reads.find(isGiven) ?? reads.find(({ kind }) => kind === 'unknown') ?? new Absent(properties[0]);
}

/** Whether something is named: an export and what a dynamic reference reads are never empty; a parameter without a default may be. */
export function isGiven(read: Read): boolean {
  return read.kind === 'value' || (read.kind === 'unknown' && (read.source === 'import' || read.source === 'dynamic reference'));
}

/** What a property that may name something means for a verdict. */
export const unsure = (read: Read): Unknown | undefined => (read.kind === 'unknown' && !isGiven(read) ? read : undefined);

export const copiedFrom = (database: TemplateResource) => firstNamed(database, COPIED);
export const restoredFrom = (database: TemplateResource) => firstNamed(database, RESTORED);
export const replicaOf = (database: TemplateResource) => firstNamed(database, REPLICAS);

/** What a database is made of, where it is not new: it takes from there what the template leaves out. */
export const madeFrom = (database: TemplateResource) => firstNamed(database, [...COPIED, ...RESTORED]);

/** The engine in lower case, as RDS compares it; empty where it is left out, or unknown. */
export function engineOf(database: TemplateResource): { readonly name: string; readonly unknown?: Unknown } {
  return database.get('Engine').literal().match<{ name: string; unknown?: Unknown }>({
    value: ({ text }) => ({ name: text.toLowerCase() }), absent: () => ({ name: '' }), unknown: (unknown) => ({ name: '', unknown }),
  });
}

/** An Aurora instance has the storage and the cluster parameters of its cluster, and is nothing without one. */
export function belongsToCluster(database: TemplateResource): boolean | Unknown {
  if (database.type !== 'AWS::RDS::DBInstance') { return false; }
  const cluster = named(database, 'DBClusterIdentifier');
  const engine = engineOf(database);
  if (isGiven(cluster) || engine.name.startsWith('aurora')) { return true; }
  return unsure(cluster) ?? engine.unknown ?? false;
}

/** What a rule says of a database that is not an instance of a cluster. */
export function unlessMember(database: TemplateResource, check: () => Verdict): Verdict {
  const member = belongsToCluster(database);
  return member === true ? NOT_APPLICABLE : dependingOn(member || undefined, check());
}
