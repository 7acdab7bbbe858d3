import { belongsToCluster, copiedFrom, engineOf, isGiven, restoredFrom, unlessMember, unsure } from './databases';
import { BACKUP_RETENTION_DAYS, CA_CERTIFICATES_EXPIRED } from './defaults';
import { isPrivateGroup } from './subnets';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, mustBeTrue, notKnown, targetOf, verdictOn } from '../rules/values';
import type { TemplateResource } from '../template/template';

/** A password stands in the template whatever the database is made of. */
export const hasNoPassword: Check = (database) => {
  const { byDefault = '', noEcho } = database.parameter('MasterUserPassword') ?? { noEcho: undefined };
  if (noEcho !== undefined && byDefault === '') { return passIf(noEcho, 'its parameter shows the password (NoEcho is not true)'); }
  if (byDefault !== '' && !byDefault.startsWith('{{resolve:')) { return fail('its parameter has a password as default'); }
  return database.get('MasterUserPassword').match({
    absent: () => NOT_APPLICABLE,
    unknown: (unknown) => (/^\{\{resolve:(secretsmanager|ssm-secure):/.test(unknown.dynamicReference ?? '') ? PASS : notKnown(unknown)),
    value: () => fail('MasterUserPassword stands in the template'),
  });
};

export const isPrivate: Check = (database) => verdictOn(database.get('PubliclyAccessible').literal(), {
  absent: () => ofUnsaidAddress(database),
  value: ({ isTrue }) => passIf(!isTrue, 'PubliclyAccessible is true'),
});

/**
 * AWS's pages disagree on what Aurora does then: "defaults to false for Aurora instances", or as the subnets' VPC has an internet gateway.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function ofUnsaidAddress(database: TemplateResource): Verdict {
  if (database.type === 'AWS::RDS::DBCluster') { return NOT_APPLICABLE; }
  const member = belongsToCluster(database);
  if (member === true) { return isPrivateGroup(subnetGroupOf(database)) ? PASS : undetermined('PubliclyAccessible is not set: whether its subnets are public decides'); }
  return dependingOn(member || undefined, fail('PubliclyAccessible is not set: the subnets\' route to the internet decides'));
}

/** The subnets of an Aurora instance are its cluster's. */
function subnetGroupOf(database: TemplateResource): TemplateResource | undefined {
  const cluster = targetOf(database.get('DBClusterIdentifier'));
  return targetOf(database.get('DBSubnetGroupName')) ?? (cluster && targetOf(cluster.get('DBSubnetGroupName')));
}

export const usesCurrentCa: Check = (database) => verdictOn(database.get('CACertificateIdentifier').literal(), {
  absent: NOT_APPLICABLE,
  value: ({ text }) => passIf(!CA_CERTIFICATES_EXPIRED.includes(text), `CACertificateIdentifier is ${text}, which has expired`),
});

export const isProtectedFromDeletion: Check = (database) => unlessMember(database, () => mustBeTrue(database, ['DeletionProtection']));

const WITHOUT_IAM = /^(sqlserver|oracle|db2|custom)/;

export const authenticatesByIam: Check = (database) => {
  const { name, unknown } = engineOf(database);
  return WITHOUT_IAM.test(name) ? NOT_APPLICABLE : unlessMember(database, () => dependingOn(unknown, mustBeTrue(database, ['EnableIAMDatabaseAuthentication'])));
};

/** "Default: 1", for a cluster too. */
export const keepsBackups: Check = (database) => unlessMember(database, () => verdictOn(database.get('BackupRetentionPeriod').literal(), {
  absent: () => ofUnsaidRetention(database),
  value: ({ number, text }) => passIf(number >= BACKUP_RETENTION_DAYS, `BackupRetentionPeriod is ${text}`),
}));

/** A replica has no backups of its own; what is copied or restored keeps its source's period. */
function ofUnsaidRetention(database: TemplateResource): Verdict {
  const [copied, restored] = [copiedFrom(database), restoredFrom(database)];
  if (isGiven(copied)) { return NOT_APPLICABLE; }
  if (isGiven(restored)) { return undetermined('BackupRetentionPeriod is not set: RDS takes its snapshot\'s'); }
  return dependingOn(unsure(copied) ?? unsure(restored), fail('BackupRetentionPeriod is not set: one day'));
}
