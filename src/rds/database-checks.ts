import { belongsToCluster, copiedFrom, engineOf, isGiven, restoredFrom, unlessMember, unsure } from './databases';
import { BACKUP_RETENTION_DAYS, CA_CERTIFICATES_EXPIRED } from './defaults';
import { isPrivateGroup } from './subnets';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, mustBeTrue, notKnown, targetOf, verdictOn } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A password stands in the template whatever the database is made of. */
export const hasNoPassword: Check = (database) => passwordAt(database, ['MasterUserPassword'], database.get('MasterUserPassword'));

/** The parameter of a nested stack has its password from the stack above. */
function passwordAt(resource: TemplateResource, path: string[], password: Read): Verdict {
  if (password.kind === 'absent') { return NOT_APPLICABLE; }
  const parameter = resource.parameter(...path);
  const above = parameter && stackAbove(resource, parameter.name);
  if (parameter && !parameter.noEcho && isOfParameter(password)) { return fail('its parameter shows the password (NoEcho is not true)'); }
  if (above) { return passwordAt(above, ['Parameters', parameter.name], above.get('Parameters', parameter.name)); }
  return password.match({
    absent: () => NOT_APPLICABLE,
    unknown: (unknown) => (parameter && isOfParameter(unknown) ? PASS
      : /^\{\{resolve:(secretsmanager|ssm-secure):/.test(unknown.dynamicReference ?? '') ? PASS : notKnown(unknown)),
    // A parameter without a password has an empty default.
    value: ({ text, where, target }) => (parameter && text === '' ? PASS
      // What a resource gives, such as a custom one that makes passwords, does not stand in the template, and may be shown elsewhere.
      : target ? notKnown({ where, reason: `${text} is known only when the stack is deployed` })
        : fail(parameter ? `its parameter ${parameter.byDefault === text ? 'has a password as default' : 'is given a password in the template'}`
          : `${where}${path.length > 1 ? ` of ${resource.logicalId}` : ''} stands in the template`)),
  });
}

/** Given when the stack is deployed: neither written in a template nor read by a reference. */
function isOfParameter(password: Read): boolean {
  return password.match({ value: ({ text }) => text === '', absent: () => false, unknown: ({ source }) => source === 'parameter' });
}

/** The nested stack, as the template above has it, where that gives it a parameter. */
function stackAbove({ owner: { surroundings: { nestedIn } } }: TemplateResource, parameter: string): TemplateResource | undefined {
  const stack = nestedIn?.template.resource(nestedIn.logicalId);
  return stack && stack.get('Parameters', parameter).kind !== 'absent' ? stack : undefined;
}

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
