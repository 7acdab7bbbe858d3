import { Duration, Names, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct, IConstruct } from 'constructs';
import { CA_CERTIFICATE, MONITORING_INTERVAL_SECONDS } from './defaults';
import { engineDefaults, refuseIamAuthentication } from './engine-defaults';
import type { LiveDatabaseProps } from './live-database-props';
import { DatabaseEncryptionAtRest, DatabaseTlsOnly } from './mixins';
import { isOracle } from './oracle-options';
import { REFUSED_FOR_DATABASES, RefusedProps } from './refusals';
import { sayKeyOfLiveDatabase } from './storage';
import { requiresTlsByDefault, tlsParameterOf } from './tls-parameters';
import { refuseWeakTls, secureParameters } from './tls-refusal';
import { firstVersionThatMayRefuse, firstVersionWithoutOldTls } from './tls-versions';
import { parameterGroupsOf, watchTls } from './tls-watch';
import { nearestKey } from '../kms/near';
import { ServiceAccess } from '../kms/service-access';
import { acknowledge } from '../private/acknowledge';
import { EncryptionError, refuse } from '../private/errors';
import { removalPolicyBeside } from '../private/removal-policy';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** How a caller may set the parameters of a database. */
export interface TlsProps {
  readonly parameterGroup?: rds.IParameterGroup;
  readonly parameters?: { [key: string]: string };
}

/** What the constructs for an instance and for a cluster have in common, new or restored. */
export interface DatabaseProps extends TlsProps, RefusedProps, LiveDatabaseProps {
  readonly engine: rds.IEngine;
  readonly cloudwatchLogsExports?: string[];
  readonly iamAuthentication?: boolean;
  readonly deletionProtection?: boolean;
  readonly removalPolicy?: RemovalPolicy;
}

/** What all give their base class: defaults that the caller may change, and values that they may not. Throws for insecure props. */
export function protectedProps(path: string, props: DatabaseProps) {
  refuse(path, props, refusalsFor(props));
  const parameters = parametersWithTls(path, props, props.engine);
  refuseIamAuthentication(path, props.engine, props.iamAuthentication);
  const { defaults, exports } = sharedDefaults(props.engine, props);
  return {
    defaults,
    guaranteed: {
      cloudwatchLogsExports: exports,
      deletionProtection: props.deletionProtection ?? props.removalPolicy !== RemovalPolicy.DESTROY,
      parameters,
    },
  };
}

/** What every database of an engine has unless its caller says otherwise. A live one keeps its port and its logs. */
export function sharedDefaults(engine: rds.IEngine, props: Pick<DatabaseProps, 'adoptsLiveDatabase' | 'cloudwatchLogsExports'>) {
  const { port, logs: exported } = engineDefaults(engine);
  const live = props.adoptsLiveDatabase === true;
  return {
    defaults: { copyTagsToSnapshot: true, monitoringInterval: Duration.seconds(MONITORING_INTERVAL_SECONDS), ...(!live && { port }) },
    exports: props.cloudwatchLogsExports ?? (live ? [] : [...exported]),
  };
}

/** The key of a live database's Performance Insights may be another one: it cannot be changed. */
export function refusalsFor({ adoptsLiveDatabase }: LiveDatabaseProps) {
  return adoptsLiveDatabase ? REFUSED_FOR_DATABASES.filter(({ prop }) => prop !== 'performanceInsightEncryptionKey') : REFUSED_FOR_DATABASES;
}

/** The family of the engine's parameter groups; none for Oracle, which has an option. Throws where the engine cannot require TLS 1.2. */
export function familyWithTls(path: string, engine: rds.IEngine): string | undefined {
  if (isOracle(engine.engineType)) { return undefined; }
  const family = engine.parameterGroupFamily;
  if (family === undefined || !tlsParameterOf(family)) {
    throw new EncryptionError(path, 'EngineCannotRequireTls',
      `'engine' ${engine.engineType} ${family ?? 'without a version'} has no known parameter that requires TLS. `
      + 'Give the engine an explicit version, of PostgreSQL, MySQL 5.7+, MariaDB 10.5+, SQL Server, Oracle, Aurora PostgreSQL or Aurora MySQL.');
  }
  const version = engine.engineVersion?.fullVersion ?? '';
  const newer = firstVersionWithoutOldTls(engine.engineType, version);
  if (newer) {
    throw new EncryptionError(path, 'EngineAcceptsOldTls',
      `'engine' ${engine.engineType} ${version} accepts TLS 1.0 and 1.1, and RDS has no parameter that changes it. Choose ${newer} or newer.`);
  }
  return family;
}

/** The caller's parameters and those for TLS: the caller's own group is completed later, by `requireTls`. */
export function parametersWithTls(path: string, props: TlsProps, engine: rds.IEngine): { [key: string]: string } | undefined {
  const family = familyWithTls(path, engine);
  if (props.parameterGroup || !family) { return props.parameters; }
  const engineVersion = engine.engineVersion?.fullVersion;
  refuseWeakTls(path, 'parameters', props.parameters ?? {}, family, engineVersion);
  return { ...secureParameters(family, { engineVersion }), ...props.parameters };
}

/** The caller's own parameter group gets the parameters too; one that cannot be changed here cannot be trusted either. */
export function requireTls(path: string, engine: rds.IEngine, group: rds.IParameterGroup | undefined): void {
  if (!group || isOracle(engine.engineType)) { return; }
  if (Resource.isOwnedResource(group)) {
    group.with(new DatabaseTlsOnly());
    return;
  }
  if (group instanceof rds.ParameterGroup) { return addTlsParameters(path, engine, group); }
  const [, family] = /^default\.(.+)$/.exec(knownAtSynth(group.bindToInstance({}).parameterGroupName) ?? '') ?? [];
  if (family === undefined) {
    throw new EncryptionError(path, 'ParameterGroupIsImported',
      `'parameterGroup' cannot be ${group.node.path}: it is imported, so this app cannot tell whether it requires TLS. `
      + 'Make the group in this app, or give `parameters`.');
  }
  if (!requiresTlsByDefault(family)) {
    throw new EncryptionError(path, 'DefaultParameterGroupWithoutTls',
      `'parameterGroup' cannot be default.${family}: this default group does not require TLS, and a default group cannot be changed. `
      + 'Leave the prop out, make a group in this app, or give `parameters`.');
  }
}

/** A group that no database uses yet has no L1: to ask it for its name would make one, of the kind that was asked for. */
function addTlsParameters(path: string, engine: rds.IEngine, group: rds.ParameterGroup): void {
  const family = familyWithTls(path, engine);
  if (!family) { return; }
  const { parametersObject } = group as unknown as { readonly parametersObject?: object };
  const given: Record<string, string> = Stack.of(group).resolve(parametersObject) ?? {};
  const engineVersion = engine.engineVersion?.fullVersion;
  refuseWeakTls(path, 'parameterGroup', given, family, engineVersion);
  Object.entries(secureParameters(family, { engineVersion })).filter(([name]) => given[name] === undefined)
    .forEach(([name, value]) => group.addParameter(name, value));
}

/**
 * The role by which RDS writes the metrics of enhanced monitoring, with the policy that AWS keeps for it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
function acknowledgeMonitoringRole(scope: Construct): void {
  const role = scope.node.tryFindChild('MonitoringRole');
  if (!role) { return; }
  acknowledge(role, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]':
      'AWS documents this policy, and no other, for enhanced monitoring; it allows to write to one log group.',
  });
}

/** Encrypts everything below a database construct, and keeps its instances private and on the current CA. */
function protect(scope: Construct, key: kms.IKey, live: boolean): void {
  if (live) { sayKeyOfLiveDatabase(scope.node.defaultChild, nearestKey(key, scope).keyRef.keyArn); }
  scope.with(new DatabaseEncryptionAtRest(key, { allowReplacement: !live }));
  for (const instance of scope.node.findAll().filter(isDbInstance)) {
    if (instance.publiclyAccessible === true) {
      throw new EncryptionError(instance.node.path, 'DatabaseIsPublic',
        "'publiclyAccessible' cannot be true: an encrypted database has no public address (AWS FSBP RDS.2). Leave it out, and reach the "
        + 'database from inside of the VPC.');
    }
    instance.publiclyAccessible = false;
    instance.caCertificateIdentifier ??= CA_CERTIFICATE;
  }
}

function isDbInstance(construct: IConstruct): construct is rds.CfnDBInstance {
  return rds.CfnDBInstance.isCfnDBInstance(construct);
}

/** What is left to do for a database when its base class has made the resources. */
export interface Completion {
  readonly path: string;
  readonly kind: 'cluster' | 'instance';
  readonly key: kms.IKey;
  readonly engine: rds.IEngine;
  readonly parameterGroup?: rds.IParameterGroup;
  readonly exports: string[];
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly live?: boolean;
}

/** Applies the guarantees to a database and all that is below it. */
export function complete(
  scope: Construct, { path, kind, key, engine, parameterGroup, exports, retention, removalPolicy, live = false }: Completion,
): void {
  requireTls(path, engine, parameterGroup);
  for (const group of parameterGroupsOf(scope)) {
    refuseWeakTls(group.node.path, 'parameterGroup', Stack.of(group).resolve(group.parameters) ?? {}, group.family);
    watchTls(group);
  }
  warnOfOldTls(scope, engine);
  protect(scope, key, live);
  acknowledgeMonitoringRole(scope);
  if (exports.length === 0 || live) { return; }
  const name = Names.uniqueResourceName(scope, { maxLength: 50, separator: '-' }).toLowerCase();
  const database: unknown = scope.node.defaultChild;
  if (rds.CfnDBCluster.isCfnDBCluster(database)) { database.dbClusterIdentifier ??= name; }
  if (rds.CfnDBInstance.isCfnDBInstance(database)) { database.dbInstanceIdentifier ??= name; }
  encryptLogs(scope, key, `/aws/rds/${kind}/${identifierOf(database) ?? name}`, { exports, retention, removalPolicy });
}

/** Where the engine has no parameter that refuses an old version, nothing can be set, and the user should know it. */
function warnOfOldTls(scope: Construct, { engineType, engineVersion }: rds.IEngine): void {
  const first = firstVersionThatMayRefuse(engineType, engineVersion?.majorVersion);
  if (first === undefined) { return; }
  warn(scope, 'OldTlsNotRefused', `${scope.node.path}: 'engine' ${engineType} ${engineVersion?.fullVersion ?? engineVersion?.majorVersion} accepts TLS 1.1, and has no parameter `
    + `that changes it. Choose ${first} or newer.`);
}

function identifierOf(database: unknown): string | undefined {
  if (rds.CfnDBCluster.isCfnDBCluster(database)) { return database.dbClusterIdentifier; }
  return rds.CfnDBInstance.isCfnDBInstance(database) ? database.dbInstanceIdentifier : undefined;
}

/**
 * Makes the log groups that RDS exports to, under the key, before RDS would make them without one.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
function encryptLogs(
  scope: Construct, key: kms.IKey, prefix: string, { exports, retention, removalPolicy }: Pick<Completion, 'exports' | 'retention' | 'removalPolicy'>,
): void {
  const access = ServiceAccess.cloudWatchLogs({ logGroupNames: ['/aws/rds/*'] });
  access.statements(scope).forEach((statement) => key.addToResourcePolicy(statement));
  for (const type of exports) {
    const group = new logs.LogGroup(scope, `Logs-${type}`, {
      logGroupName: `${prefix}/${type}`,
      encryptionKey: key,
      retention: retention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: removalPolicyBeside(removalPolicy),
    });
    scope.node.defaultChild?.node.addDependency(group);
  }
}
