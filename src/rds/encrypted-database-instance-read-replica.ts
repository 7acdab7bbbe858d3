import { RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { complete, familyWithTls, refusalsFor, sharedDefaults } from './database-protection';
import { EncryptedDatabaseInstance } from './encrypted-database-instance';
import { EncryptedDatabaseInstanceFromSnapshot } from './encrypted-database-instance-from-snapshot';
import { hasIamAuthentication, refuseIamAuthentication } from './engine-defaults';
import type { LiveDatabaseProps } from './live-database-props';
import { DATABASE_INSTANCE_READ_REPLICA } from './prop-shapes';
import { secureParameters } from './tls-refusal';
import { MultiRegionKey } from '../kms/multi-region-key';
import { isCustomerKey } from '../kms/near';
import { producesWeakly } from '../kms/replica-regions';
import { acknowledge, acknowledgeStandards } from '../private/acknowledge';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkedPath, withoutNull } from '../private/props';
import { knownAtSynth } from '../private/tokens';

/** Properties of `EncryptedDatabaseInstanceReadReplica`. */
export interface EncryptedDatabaseInstanceReadReplicaProps extends rds.DatabaseInstanceReadReplicaProps, LiveDatabaseProps {
  /**
   * The key of the replica in its own Region. In the source's Region a replica always has the source's key.
   *
   * @default - the source's key; in another Region its replica, where the source has a `MultiRegionKey`
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A read replica of an encrypted database instance, in the same Region or another: encrypted under a customer-managed KMS key too,
 * and as strict as its source about TLS, privacy and deletion.
 *
 * Takes every prop of `rds.DatabaseInstanceReadReplica`; a value that would weaken encryption, TLS or privacy is an error. So is a source
 * that is not encrypted, and one whose master password RDS manages, except for SQL Server: give such a source
 * `manageMasterUserPassword: false`.
 */
export class EncryptedDatabaseInstanceReadReplica extends rds.DatabaseInstanceReadReplica {
  /** The key under which the replica is encrypted. */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseInstanceReadReplicaProps) {
    const path = checkedPath(scope, id, props, DATABASE_INSTANCE_READ_REPLICA);
    props = withoutNull(props);
    refuse(path, props, refusalsFor(props));
    const { encryptionKey, cloudwatchLogsRetention, adoptsLiveDatabase, ...inherited } = props;
    const { sourceDatabaseInstance: source } = props;
    const engine = engineOf(path, source);
    refuseManagedPassword(path, source, engine);
    refuseIamAuthentication(path, engine, props.iamAuthentication);
    const elsewhere = otherRegion(scope, source);
    const key = keyOf(path, scope, source, elsewhere, encryptionKey);
    const { defaults, exports } = sharedDefaults(engine, props);
    super(scope, id, markManaged({
      iamAuthentication: hasIamAuthentication(engine),
      ...defaults,
      multiAz: !engine.engineType.startsWith('sqlserver'),
      ...inherited,
      cloudwatchLogsExports: exports,
      deletionProtection: props.deletionProtection ?? props.removalPolicy !== RemovalPolicy.DESTROY,
    }));
    this.encryptionKey = key;
    const replica = this.node.defaultChild as rds.CfnDBInstance;
    requireTlsByGroup(this, replica, engine, props.parameterGroup);
    acknowledgeInheritance(replica, source, key, props.port ?? defaults.port);
    if (elsewhere) {
      replica.kmsKeyId = key.keyArn;
      replica.sourceRegion = elsewhere;
      replica.sourceDbInstanceIdentifier = arnFromElsewhere(source);
    }
    complete(this, {
      path,
      kind: 'instance',
      key,
      engine,
      parameterGroup: props.parameterGroup,
      exports,
      retention: cloudwatchLogsRetention,
      removalPolicy: props.removalPolicy,
      live: adoptsLiveDatabase,
    });
  }
}

/** In another Region a replica does not have its source's parameter group. */
function requireTlsByGroup(scope: Construct, replica: rds.CfnDBInstance, engine: rds.IInstanceEngine, given: rds.IParameterGroup | undefined): void {
  const family = familyWithTls(scope.node.path, engine);
  if (!family || given) { return; }
  const parameters = secureParameters(family, { engineVersion: engine.engineVersion?.fullVersion });
  replica.dbParameterGroupName = new rds.ParameterGroup(scope, 'ParameterGroup', { engine, parameters }).bindToInstance({}).parameterGroupName;
}

/** What a replica has of its source is not in its own properties, where rules of others look for it. */
function acknowledgeInheritance(replica: rds.CfnDBInstance, source: rds.IDatabaseInstance, key: kms.IKey, port: number | undefined): void {
  const inheritance = `RDS encrypts a replica as its source is encrypted: under ${key.node.path}. CloudFormation takes no StorageEncrypted for it.`;
  acknowledge(replica, {
    'AwsSolutions-RDS2': inheritance,
    'AwsSolutions-RDS11': `Its port is ${String(port)}; the rule wants an engine to judge it by, which is the source's.`,
  });
  acknowledgeStandards(replica, { RDSStorageEncrypted: inheritance });
  if (Resource.isOwnedResource(source)) { return; }
  acknowledge(replica, { 'Encryption-RdsStorageCustomerKey[undetermined]': inheritance, 'Encryption-RdsStorageEncrypted[undetermined]': inheritance });
}

/** The source's Region where it is known to be another. */
function otherRegion(scope: Construct, source: rds.IDatabaseInstance): string | undefined {
  const [own, other] = [knownAtSynth(Stack.of(scope).region), knownAtSynth(source.env.region)];
  return own !== undefined && other !== undefined && own !== other ? other : undefined;
}

function keyOf(
  path: string, scope: Construct, source: rds.IDatabaseInstance, elsewhere: string | undefined, given: kms.IKey | undefined,
): kms.IKey {
  const protectedSource = source instanceof EncryptedDatabaseInstance || source instanceof EncryptedDatabaseInstanceFromSnapshot
    || source instanceof EncryptedDatabaseInstanceReadReplica;
  const own = protectedSource ? source.encryptionKey : undefined;
  if (elsewhere) {
    const near = given ?? (own instanceof MultiRegionKey ? own.keyIn(scope) : undefined);
    if (near) { return near; }
    throw new EncryptionError(path, 'ReadReplicaNeedsKey',
      `'encryptionKey' is missing: the source is in ${elsewhere}, and its key does not reach this Region. Give the key of this Region, or the source a MultiRegionKey.`);
  }
  if (own && given && own !== given) {
    throw new EncryptionError(path, 'ReadReplicaHasSourcesKey',
      `'encryptionKey' cannot be ${given.node.path}: in its source's Region a replica has the key of the source, ${own.node.path}. Leave it out.`);
  }
  const l1: unknown = source.node.defaultChild;
  const encrypted = own !== undefined || !rds.CfnDBInstance.isCfnDBInstance(l1) || (l1.storageEncrypted === true && isCustomerKey(l1.kmsKeyId));
  const key = own ?? given;
  if (!encrypted || !key) {
    throw new EncryptionError(path, 'ReadReplicaSourceNotEncrypted', encrypted
      ? "'encryptionKey' is missing: the source is imported, so this app cannot tell its key, which the replica has too. Give it."
      : `'sourceDatabaseInstance' cannot be ${source.node.path}: it is not encrypted under a customer-managed key, and neither would its replica be. `
        + 'Make it an EncryptedDatabaseInstance.');
  }
  return key;
}

function engineOf(path: string, source: rds.IDatabaseInstance): rds.IInstanceEngine {
  if (source.engine) { return source.engine; }
  throw new EncryptionError(path, 'ReadReplicaEngineUnknown',
    `'sourceDatabaseInstance' ${source.node.path} has no engine, so this app cannot tell how the replica requires TLS. Give \`engine\` where it is imported.`);
}

/**
 * RDS makes no read replica of an instance whose master password it manages.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations (2026-11-25)
 */
function refuseManagedPassword(path: string, source: rds.IDatabaseInstance, engine: rds.IInstanceEngine): void {
  const l1: unknown = source.node.defaultChild;
  if (engine.engineType.startsWith('sqlserver') || !rds.CfnDBInstance.isCfnDBInstance(l1) || l1.manageMasterUserPassword !== true) { return; }
  const remedy = l1.dbSnapshotIdentifier === undefined && l1.dbClusterSnapshotIdentifier === undefined
    ? 'Give the source `manageMasterUserPassword: false`: the password is then in a secret under the same key, and `addRotationSingleUser()` rotates it. '
      + 'Or give it `credentials: rds.Credentials.fromSecret(secret)`'
    : 'Give the source `credentials: rds.SnapshotCredentials.fromGeneratedSecret(userName)`, or one `fromSecret`: the secret is then under the same key';
  throw new EncryptionError(path, 'ReadReplicaOfManagedPassword',
    `'sourceDatabaseInstance' cannot be ${source.node.path}: RDS manages its master password, and makes no read replica of such a database (except for SQL Server). ${remedy}.`);
}

/** Reaches across Regions without a name or a Lambda. */
function arnFromElsewhere(source: rds.IDatabaseInstance): string {
  const l1: unknown = source.node.defaultChild;
  if (!rds.CfnDBInstance.isCfnDBInstance(l1) || !Resource.isOwnedResource(source)) { return source.instanceArn; }
  producesWeakly(l1);
  return l1.attrDbInstanceArn;
}
