import { Lazy, Mixin, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import { refuseWeakOptions, withRequiredOption } from './oracle-encryption';
import { isOracle } from './oracle-options';
import { DATABASE_ENCRYPTION_AT_REST } from './prop-shapes';
import { inheritsStorage, refuseOverriddenStorage } from './storage';
import { requiresTlsByDefault, tlsParameterOf } from './tls-parameters';
import { refuseWeakTls, secureParameters } from './tls-refusal';
import { watchTls } from './tls-watch';
import { checkKeptKey, isCustomerKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { EncryptionError, ownerPath, problemsOf } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument, checkProps } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** Options of the mixin `DatabaseEncryptionAtRest`. */
export interface DatabaseEncryptionAtRestOptions {
  /**
   * Allows CloudFormation to replace the database: storage encryption and its key cannot be changed in place. The new database is
   * empty. The update-replace policy decides whether the old one is deleted or kept.
   *
   * @default false - such a database is an error
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
   */
  readonly allowReplacement?: boolean;
}

/**
 * Encrypts storage, snapshots, backups, the master secret that RDS manages and Performance Insights under a KMS key. A database
 * that already has a customer-managed key keeps it.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 */
export class DatabaseEncryptionAtRest extends Mixin {
  /**
   * @param key the customer-managed key, in the database's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef, private readonly options: DatabaseEncryptionAtRestOptions = {}) {
    super();
    checkArgument('DatabaseEncryptionAtRest', 'key', key, KEY_REFERENCE);
    checkProps('DatabaseEncryptionAtRest', options, DATABASE_ENCRYPTION_AT_REST);
  }

  /** Supports `CfnDBCluster` and `CfnDBInstance`. */
  public supports(construct: IConstruct): boolean {
    return rds.CfnDBCluster.isCfnDBCluster(construct) || rds.CfnDBInstance.isCfnDBInstance(construct);
  }

  /** Sets the key. Throws for a key of another Region, and where the key would replace the database without `allowReplacement`. */
  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) { refuseTarget('DatabaseEncryptionAtRest', construct, 'databases (AWS::RDS::DBCluster, AWS::RDS::DBInstance)'); }
    const { keyArn } = nearestKey(this.key, construct).keyRef;
    [...ownKeys(construct)].filter((own) => own !== keyArn).forEach((own) => checkKeptKey(own, construct));
    // The key of Performance Insights cannot be changed in place either.
    const insights = this.options.allowReplacement ? keyArn : undefined;
    if (rds.CfnDBCluster.isCfnDBCluster(construct)) {
      this.encryptStorage(construct, keyArn);
      if (construct.performanceInsightsEnabled) { construct.performanceInsightsKmsKeyId ??= insights; }
    } else if (rds.CfnDBInstance.isCfnDBInstance(construct)) {
      // The storage of an Aurora cluster's instance is the cluster's.
      // And that of a replica or of a restored snapshot is its source's.
      if (!inheritsStorage(construct)) { this.encryptStorage(construct, keyArn); }
      if (construct.manageMasterUserPassword) { construct.masterUserSecret ??= { kmsKeyId: construct.kmsKeyId ?? keyArn }; }
      if (construct.enablePerformanceInsights) { construct.performanceInsightsKmsKeyId ??= insights; }
    }
  }

  private encryptStorage(database: rds.CfnDBCluster | rds.CfnDBInstance, keyArn: string): void {
    refuseOverriddenStorage(database);
    const encryptedAlready = database.storageEncrypted === true && isCustomerKey(database.kmsKeyId);
    if (!encryptedAlready) {
      if (!this.options.allowReplacement) {
        throw new EncryptionError(database.node.path, 'EncryptionReplacesDatabase',
          'encrypting the storage of this database, or changing its key, would replace it with an empty one. Copy a snapshot under '
          + 'the key and restore from it; or say `allowReplacement: true` where the database is new.');
      }
      database.storageEncrypted = true;
      database.kmsKeyId = keyArn;
    }
    if (database.manageMasterUserPassword) { database.masterUserSecret ??= { kmsKeyId: database.kmsKeyId }; }
  }
}

/** The keys that a database names already: of its storage, its master secret and Performance Insights. */
function ownKeys(construct: IConstruct): Set<string> {
  if (!rds.CfnDBCluster.isCfnDBCluster(construct) && !rds.CfnDBInstance.isCfnDBInstance(construct)) { return new Set(); }
  const secret = construct.masterUserSecret;
  const named = [construct.kmsKeyId, construct.performanceInsightsKmsKeyId, secret && 'kmsKeyId' in secret ? secret.kmsKeyId : undefined];
  return new Set(named.filter((key) => key !== undefined));
}

/**
 * Makes a parameter group require TLS 1.2 or newer, by its engine's own parameters; an option group of Oracle require encrypted
 * connections, by its option. A group that sets the opposite is an error, and so is an engine that cannot require TLS.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export class DatabaseTlsOnly extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * Supports `CfnDBParameterGroup`, `CfnDBClusterParameterGroup` and `CfnOptionGroup`. A `CfnDBInstance` or `CfnDBCluster` that has none
   * of its own gets a warning, where its engine's default group does not require TLS: such a group cannot be changed.
   */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return rds.CfnDBInstance.isCfnDBInstance(construct) || rds.CfnDBCluster.isCfnDBCluster(construct)
      || rds.CfnOptionGroup.isCfnOptionGroup(construct)
      || rds.CfnDBParameterGroup.isCfnDBParameterGroup(construct) || rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(construct);
  }

  /** Sets the parameter or the option in the group. */
  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) { refuseTarget('DatabaseTlsOnly', construct, 'parameter groups, option groups of Oracle, and databases'); }
    if (rds.CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(construct)) {
      this.require(construct, 'cluster');
    } else if (rds.CfnDBParameterGroup.isCfnDBParameterGroup(construct)) {
      this.require(construct, 'instance');
    } else if (rds.CfnOptionGroup.isCfnOptionGroup(construct) && isOracle(knownAtSynth(construct.engineName) ?? '')) {
      requireOption(construct);
    } else if (rds.CfnDBInstance.isCfnDBInstance(construct) || rds.CfnDBCluster.isCfnDBCluster(construct)) {
      warnOfDefaultGroup(construct);
    }
  }

  private require(group: rds.CfnDBParameterGroup | rds.CfnDBClusterParameterGroup, kind: 'cluster' | 'instance'): void {
    const family = knownAtSynth(group.family);
    const isOneOfMany = this.scope.isOneOfMany(group)();
    // Oracle requires encrypted connections by an option group.
    if (family !== undefined && isOracle(family)) { return; }
    const parameter = family === undefined ? undefined : tlsParameterOf(family);
    if (!parameter) { return leaveGroup(group, family, isOneOfMany); }
    const parameters = Stack.of(group).resolve(group.parameters) ?? {};
    refuseWeakTls(group.node.path, 'parameterGroup', parameters, family!);
    watchTls(group);
    if (parameter.group === 'cluster' && kind === 'instance') { return; }
    const missing = Object.entries(secureParameters(family!, { group: kind })).filter(([name]) => parameters[name] === undefined);
    if (missing.length === 0) { return; }
    const l2 = group.node.scope;
    if (l2 instanceof rds.ParameterGroup) {
      missing.forEach(([name, value]) => l2.addParameter(name, value));
    } else {
      group.parameters = { ...parameters, ...Object.fromEntries(missing) };
    }
  }
}

/** Among the many of a scope a group whose engine cannot require TLS is left as it was; by itself it is refused. */
function leaveGroup(group: IConstruct, family: string | undefined, isOneOfMany: boolean): void {
  const shown = family === undefined ? 'that is a token' : `'${family}'`;
  if (!isOneOfMany) {
    throw new EncryptionError(group.node.path, 'EngineCannotRequireTls',
      `the parameter group family ${shown} has no known parameter that requires TLS. Give as text the family of an engine version that has one.`);
  }
  warn(group, 'LeftAsItWas', `${ownerPath(group)} is left as it was, not limited to TLS: the parameter group family ${shown} has no known parameter that requires it.`);
}

/** A default group cannot be changed, so that nothing can be done for a database that has no group of its own. */
function warnOfDefaultGroup(database: rds.CfnDBInstance | rds.CfnDBCluster): void {
  const engine = knownAtSynth(database.engine);
  const isInstance = rds.CfnDBInstance.isCfnDBInstance(database);
  // The instances of a cluster have what its group says.
  if (engine === undefined || (isInstance && database.dbClusterIdentifier !== undefined)) { return; }
  const given = isOracle(engine) ? (isInstance ? database.optionGroupName : undefined)
    : isInstance ? database.dbParameterGroupName : database.dbClusterParameterGroupName;
  const name = given === undefined ? 'default' : knownAtSynth(given);
  if (!name || !/^default(\b|[.:])/.test(name)) { return; }
  const [, family] = /^default\.(.+)$/.exec(name) ?? [undefined, `${engine}${knownAtSynth(database.engineVersion) ?? ''}`];
  if (!isOracle(engine) && requiresTlsByDefault(family)) { return; }
  const kind = isOracle(engine) ? 'option group' : 'parameter group';
  warn(database, 'DefaultGroupWithoutTls', `${ownerPath(database)} does not require TLS: it has no ${kind} of its own, the default one of ${family} does not require it, and `
    + `a default group cannot be changed. Give it a ${kind}, and apply DatabaseTlsOnly to that. See https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html`);
}

/** Options that are added to the group later are seen too: the list is completed when the template is written. */
function requireOption(group: rds.CfnOptionGroup): void {
  const given = group.optionConfigurations;
  const check = () => refuseWeakOptions(group.node.path, Stack.of(group).resolve(given));
  check();
  group.node.addValidation({ validate: () => problemsOf(check) });
  group.optionConfigurations = Lazy.uncachedAny({ produce: (context) => withRequiredOption(context.resolve(given)) });
}
