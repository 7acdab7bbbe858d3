import { databaseNamed } from './sources';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { notKnown, verdictOn } from '../rules/values';
import type { TemplateResource } from '../template/template';

const LIMITATION = 'RDS manages its master password, and makes no read replica of such a database';

/**
 * RDS makes no read replica of an instance whose password it manages, but for SQL Server; nor can a member of an Aurora
 * global database have such a password.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations (2026-11-25)
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations (2026-11-25)
 */
export const sourceHasOwnPassword: Check = (database) => (database.type === 'AWS::RDS::DBCluster' ? memberHasOwnPassword(database) : replicaHasOpenSource(database));

function memberHasOwnPassword(cluster: TemplateResource): Verdict {
  if (cluster.get('GlobalClusterIdentifier').kind === 'absent') { return NOT_APPLICABLE; }
  return verdictOn(cluster.get('ManageMasterUserPassword').literal(), {
    absent: PASS,
    value: ({ isTrue }) => (isTrue ? fail('it is a member of a global database, and RDS manages its master password: Aurora refuses that') : PASS),
  });
}

function replicaHasOpenSource(replica: TemplateResource): Verdict {
  const named = replica.get('SourceDBInstanceIdentifier');
  if (named.kind === 'absent') { return NOT_APPLICABLE; }
  if (named.kind === 'unknown') { return notKnown(named); }
  const source = databaseNamed(replica, named);
  // A source that is not among the templates is judged where it is made.
  if (!source) { return NOT_APPLICABLE; }
  const engine = source.get('Engine').or('').literal();
  if (engine.kind === 'value' && engine.text.toLowerCase().startsWith('sqlserver')) { return PASS; }
  const managed = source.get('ManageMasterUserPassword').or(false).literal();
  if (managed.kind === 'unknown') { return undetermined(`ManageMasterUserPassword of ${source.logicalId}: ${managed.reason}`); }
  if (!managed.isTrue) { return PASS; }
  return engine.kind === 'unknown' ? undetermined(`Engine of ${source.logicalId}: ${engine.reason}`) : fail(`its source is ${source.logicalId}: ${LIMITATION}`);
}
