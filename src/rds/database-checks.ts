import { belongsToCluster, copiedFrom, engineOf, isGiven, restoredFrom, unlessMember, unsure } from './databases';
import { BACKUP_RETENTION_DAYS, CA_CERTIFICATES_EXPIRED } from './defaults';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, mustBeTrue, notKnown, verdictOn } from '../rules/values';
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
 * "If `DBSubnetGroup` isn't specified, `PubliclyAccessible` defaults to `false` for Aurora instances and `true` for non-Aurora instances. If `DBSubnetGroup`
 * is specified, `PubliclyAccessible` defaults to `false` unless the value of `DBSubnetGroup` is `default`, in which case `PubliclyAccessible` defaults to
 * `true`" (read in November 2026); the same of Multi-AZ clusters. Pages of before had the internet gateway of the subnets' VPC decide.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
function ofUnsaidAddress(database: TemplateResource): Verdict {
  const isPublic = fail('PubliclyAccessible is not set: it is true by default where the database names no subnet group of its own');
  const group = database.get('DBSubnetGroupName');
  if (database.type === 'AWS::RDS::DBCluster') {
    const { name, unknown } = engineOf(database);
    // The instances of an Aurora cluster say it; a cluster without an engine has that of its source.
    if (name.startsWith('aurora') || (name === '' && !unknown)) { return NOT_APPLICABLE; }
    return dependingOn(unknown, inGroup(group, isPublic, isPublic));
  }
  const member = belongsToCluster(database);
  return inGroup(group, member === true ? PASS : dependingOn(member || undefined, isPublic), isPublic);
}

/** What holds without a subnet group, and in the one that is called `default`; the others are private. */
function inGroup(group: Read, without: Verdict, inDefault: Verdict): Verdict {
  return verdictOn(group, { absent: without, value: ({ text }) => (text.toLowerCase() === 'default' ? inDefault : PASS) });
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
