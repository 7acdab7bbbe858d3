import { CA_CERTIFICATES_EXPIRED } from './defaults';
import { ENCRYPTION_SERVER, isOracle, NETWORK_ENCRYPTION, REQUIRED } from './oracle-options';
import { requiresTls, requiresTlsByDefault, tlsParameterOf } from './tls-parameters';
import { customerKey } from '../kms/keys';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { isTrue, mustBeTrue } from '../rules/values';
import { asText, isObject, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** An Aurora instance has the storage and the cluster parameters of its cluster, and is nothing without one. */
export function belongsToCluster({ type, properties, owner }: TemplateResource): boolean {
  return type === 'AWS::RDS::DBInstance' && (properties.DBClusterIdentifier !== undefined || /^aurora/.test(owner.text(properties.Engine)));
}

const COPIED = ['SourceDBInstanceIdentifier', 'SourceDbiResourceId', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier', 'SourceDBInstanceAutomatedBackupsArn',
  'GlobalClusterIdentifier'];
const RESTORED = ['DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier', 'SnapshotIdentifier'];
const has = (database: TemplateResource, names: string[]) => names.some((name) => database.properties[name] !== undefined);

export const encryptsStorage: Check = (database, template) => {
  const encrypted = template.property(database, 'StorageEncrypted');
  if (belongsToCluster(database) || (encrypted === undefined && has(database, COPIED))) { return NOT_APPLICABLE; }
  if (encrypted instanceof Unknown) { return undetermined(`StorageEncrypted: ${encrypted.reason}`); }
  if (isTrue(encrypted)) { return PASS; }
  if (has(database, RESTORED)) { return undetermined('RDS restores it as its snapshot is encrypted, which the template does not show'); }
  return fail(`StorageEncrypted is ${encrypted === undefined ? 'not set' : asText(encrypted)}`);
};

export const encryptsUnderCustomerKey: Check = (database, template) => {
  if (belongsToCluster(database) || has(database, COPIED)) { return NOT_APPLICABLE; }
  if (database.type === 'AWS::RDS::DBInstance' && has(database, RESTORED)) {
    return undetermined('RDS restores an instance under the key of its snapshot, which the template does not show');
  }
  const encrypted = template.property(database, 'StorageEncrypted');
  if (encrypted instanceof Unknown) { return undetermined(`StorageEncrypted: ${encrypted.reason}`); }
  return isTrue(encrypted) ? customerKey(template, database.properties.KmsKeyId) : fail('StorageEncrypted is not true');
};

export const hasKeyOfItsRegion: Check = (database, template) => {
  const region = template.property(database, 'SourceRegion');
  if (region === undefined || !has(database, COPIED)) { return NOT_APPLICABLE; }
  return customerKey(template, database.properties.KmsKeyId);
};

export const refusesPlainConnections: Check = (database, template) => {
  if (belongsToCluster(database)) { return NOT_APPLICABLE; }
  const engine = template.text(database.properties.Engine);
  if (isOracle(engine)) { return oracleEncrypts(database, template); }
  const [property, groupType] = database.type === 'AWS::RDS::DBCluster'
    ? ['DBClusterParameterGroupName', 'AWS::RDS::DBClusterParameterGroup']
    : ['DBParameterGroupName', 'AWS::RDS::DBParameterGroup'];
  const name = template.property(database, property);
  if (name instanceof Unknown) { return undetermined(`${property}: ${name.reason}`); }
  if (name === undefined || /^default\./.test(template.text(name))) { return defaultGroup(database, template, engine); }
  const group = template.target(database.properties[property]) ?? namedGroup(template, groupType, template.text(name));
  if (group?.type !== groupType) { return undetermined(`the parameter group ${template.text(name)} is not in this template`); }
  return groupRequires(group, template);
};

function namedGroup(template: Template, type: string, name: string): TemplateResource | undefined {
  return template.ofType(type).find(({ properties: { DBParameterGroupName, DBClusterParameterGroupName } }) =>
    [DBParameterGroupName, DBClusterParameterGroupName].some((given) => given !== undefined && template.text(given) === name));
}

/** The default parameter group requires TLS for the newest versions of some engines only. */
function defaultGroup(database: TemplateResource, template: Template, engine: string): Verdict {
  const version = template.property(database, 'EngineVersion');
  const major = /^\d+/.exec(String(version))?.[0];
  if (major && requiresTlsByDefault(`${engine}${major}`)) { return PASS; }
  if (has(database, COPIED) || has(database, RESTORED)) { return undetermined('its parameter group is not in this template'); }
  return fail('it has the default parameter group, which does not require TLS');
}

/** Oracle has an option for it, and no parameter. */
function oracleEncrypts(database: TemplateResource, template: Template): Verdict {
  const name = template.property(database, 'OptionGroupName');
  if (name instanceof Unknown) { return undetermined(`OptionGroupName: ${name.reason}`); }
  if (name === undefined) { return fail('it has the default option group, which encrypts no connection'); }
  const group = template.target(database.properties.OptionGroupName);
  if (group?.type !== 'AWS::RDS::OptionGroup') { return undetermined(`the option group ${template.text(name)} is not in this template`); }
  return optionRequires(group, template);
}

function optionRequires(group: TemplateResource, template: Template): Verdict {
  const option = template.objects(group.properties.OptionConfigurations).find(({ OptionName }) => template.text(OptionName) === NETWORK_ENCRYPTION);
  const server = template.objects(option?.OptionSettings).find(({ Name }) => template.text(Name) === ENCRYPTION_SERVER);
  return template.text(server?.Value).toUpperCase() === REQUIRED ? PASS : fail(`${group.logicalId} does not set ${ENCRYPTION_SERVER} to ${REQUIRED}`);
}

export const oracleOptionRequires: Check = (group, template) =>
  (isOracle(template.text(group.properties.EngineName)) ? optionRequires(group, template) : NOT_APPLICABLE);

/** What a database gets from a group: its own value, else the engine's. */
function groupRequires(group: TemplateResource, template: Template): Verdict {
  const family = template.property(group, 'Family');
  if (typeof family !== 'string') { return undetermined('Family is known only when the stack is deployed'); }
  const stated = statedIn(group, template, family);
  return stated ?? (requiresTlsByDefault(family) ? PASS : fail(`${tlsParameterOf(family)?.name} in ${group.logicalId} is not set`));
}

/** What the group itself says; `undefined` where it says nothing. */
function statedIn(group: TemplateResource, template: Template, family: string): Verdict | undefined {
  const parameter = tlsParameterOf(family);
  if (!parameter) { return undetermined(`how ${family} requires TLS is not known`); }
  const parameters = template.property(group, 'Parameters');
  if (parameters instanceof Unknown) { return undetermined(`Parameters: ${parameters.reason}`); }
  const value = template.property(group, 'Parameters', parameter.name);
  if (value instanceof Unknown) { return undetermined(`${parameter.name}: ${value.reason}`); }
  if (value === undefined) { return undefined; }
  return requiresTls(value) ? PASS : fail(`${parameter.name} in ${group.logicalId} is ${template.text(value)}`);
}

/** A group says it itself, so that an auditor sees it. A cluster's instances do not override it. */
export const groupSaysTls: Check = (group, template) => {
  const family = template.property(group, 'Family');
  if (typeof family !== 'string') { return undetermined('Family is known only when the stack is deployed'); }
  const parameter = tlsParameterOf(family);
  if (!parameter) { return NOT_APPLICABLE; }
  const stated = statedIn(group, template, family);
  const wrongKind = parameter.group === 'cluster' && group.type === 'AWS::RDS::DBParameterGroup';
  if (wrongKind) { return stated?.kind === 'fail' ? stated : NOT_APPLICABLE; }
  return stated ?? fail(`${parameter.name} is not set`);
};

export const insightsUnderKey: Check = (database, template) => {
  const [enabled, key] = database.type === 'AWS::RDS::DBCluster'
    ? ['PerformanceInsightsEnabled', 'PerformanceInsightsKmsKeyId'] : ['EnablePerformanceInsights', 'PerformanceInsightsKMSKeyId'];
  const value = template.property(database, enabled);
  if (value instanceof Unknown) { return undetermined(`${enabled}: ${value.reason}`); }
  return isTrue(value) ? customerKey(template, database.properties[key]) : NOT_APPLICABLE;
};

export const masterSecretUnderKey: Check = (database, template) => {
  const managed = template.property(database, 'ManageMasterUserPassword');
  if (managed instanceof Unknown) { return undetermined(`ManageMasterUserPassword: ${managed.reason}`); }
  return isTrue(managed) ? customerKey(template, template.object(database.properties.MasterUserSecret).KmsKeyId) : NOT_APPLICABLE;
};

export const hasNoPassword: Check = (database, template) => {
  const written = database.properties.MasterUserPassword;
  if (written === undefined || has(database, COPIED)) { return NOT_APPLICABLE; }
  const parameter = template.parameter(written);
  if (parameter) {
    if (parameter.Default !== undefined && asText(parameter.Default) !== '') { return fail('its parameter has a password as default'); }
    return passIf(isTrue(parameter.NoEcho), 'its parameter shows the password (NoEcho is not true)');
  }
  const value = template.value(written);
  if (value instanceof Unknown) { return undetermined(`MasterUserPassword: ${value.reason}`); }
  const dynamic = typeof written === 'string' ? written : isObject(written) ? JSON.stringify(written) : template.text(value);
  return /\{\{resolve:(secretsmanager|ssm-secure):/.test(dynamic) ? PASS : fail('MasterUserPassword stands in the template');
};

export const isPrivate: Check = (database, template) => {
  const value = template.property(database, 'PubliclyAccessible');
  if (value instanceof Unknown) { return undetermined(`PubliclyAccessible: ${value.reason}`); }
  if (value === undefined) { return database.type === 'AWS::RDS::DBCluster' ? NOT_APPLICABLE : fail('PubliclyAccessible is not set: the subnets\' route to the internet decides'); }
  return passIf(!isTrue(value), 'PubliclyAccessible is true');
};

export const usesCurrentCa: Check = (database, template) => {
  const value = template.property(database, 'CACertificateIdentifier');
  if (value === undefined) { return NOT_APPLICABLE; }
  if (value instanceof Unknown) { return undetermined(`CACertificateIdentifier: ${value.reason}`); }
  return passIf(!CA_CERTIFICATES_EXPIRED.includes(asText(value)), `CACertificateIdentifier is ${asText(value)}, which has expired`);
};

export const isProtectedFromDeletion: Check = (database, template) => (belongsToCluster(database)
  ? NOT_APPLICABLE : mustBeTrue(template, database, ['DeletionProtection']));

export const authenticatesByIam: Check = (database, template) => {
  const engine = template.text(database.properties.Engine);
  if (belongsToCluster(database) || /^(sqlserver|oracle|db2|custom)/.test(engine)) { return NOT_APPLICABLE; }
  return mustBeTrue(template, database, ['EnableIAMDatabaseAuthentication']);
};

export const keepsBackups: Check = (database, template) => {
  const days = template.property(database, 'BackupRetentionPeriod');
  if (belongsToCluster(database) || (days === undefined && has(database, COPIED))) { return NOT_APPLICABLE; }
  if (days === undefined) { return database.type === 'AWS::RDS::DBCluster' ? PASS : fail('BackupRetentionPeriod is not set: one day'); }
  if (days instanceof Unknown) { return undetermined(`BackupRetentionPeriod: ${days.reason}`); }
  return passIf(Number(asText(days)) >= SHORTEST_BACKUPS, `BackupRetentionPeriod is ${template.text(days)}`);
};

const SHORTEST_BACKUPS = 7;

export const copiesBackupsUnderKey: Check = (database, template) => (database.properties.AutomaticBackupReplicationRegion === undefined
  ? NOT_APPLICABLE : customerKey(template, database.properties.AutomaticBackupReplicationKmsKeyId));

/** Log groups to which RDS exports: by their name. */
export const exportsUnderKey: Check = (group, template) => (/^\/aws\/rds\//.test(template.text(group.properties.LogGroupName))
  ? customerKey(template, group.properties.KmsKeyId) : NOT_APPLICABLE);
