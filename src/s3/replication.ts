import { Aws, PhysicalName, Resource, Stack, Stage, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { REPLICATION_TIME_CONTROL_MINUTES } from './defaults';
import type { BucketReplicationOptions } from './replication-options';
import { ManagedKey } from '../kms/managed-key';
import { nearestKey } from '../kms/near';
import { ReplicaKey } from '../kms/replica-key';
import { producesWeakly } from '../kms/replica-regions';
import { EncryptionError } from '../private/errors';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { decryptsThroughS3, encryptsThroughS3, readsForReplication, ReplicatedSide, writesReplicas } from '../statements/replication-statements';

/** What one bucket replicates: the role that S3 takes, and a rule for each destination. */
export class Replication {
  private readonly role: iam.Role;
  private readonly rules: s3.CfnBucket.ReplicationRuleProperty[] = [];
  private readonly source: ReplicatedSide;

  /** @param bucket whose key is `key`; `locked` where it has object lock */
  constructor(private readonly bucket: s3.Bucket, private readonly key: kms.IKey, locked: boolean) {
    this.role = new iam.Role(bucket, 'ReplicationRole', {
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
      description: `Lets S3 replicate ${bucket.node.path}`,
      // Another account must know the name before the role exists.
      roleName: PhysicalName.GENERATE_IF_NEEDED,
    });
    this.source = { bucketArn: bucket.bucketArn, keyArn: nearestKey(key, bucket).keyRef.keyArn, region: Stack.of(bucket).region };
    const decrypt = decryptsThroughS3(this.source);
    [...readsForReplication(this.source.bucketArn, locked), decrypt].forEach((statement) => this.role.addToPolicy(statement));
    allowRole(key, this.role, decrypt);
    (bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = { role: this.role.roleArn, rules: this.rules };
  }

  public add(destination: s3.IBucket, options: BucketReplicationOptions): void {
    const key = this.keyFor(destination, options.encryptionKey);
    this.checkDestination(destination, key, options);
    const { region } = destination.env;
    const replicas: ReplicatedSide = { bucketArn: arnOf(destination, this.bucket), keyArn: keyArnOf(key, this.bucket), region };
    const encrypt = encryptsThroughS3(replicas);
    [...writesReplicas(replicas.bucketArn), encrypt].forEach((statement) => this.role.addToPolicy(statement));
    allowRole(key, this.role, encrypt);
    deployAfter(this.bucket, destination);
    const account = foreignAccount(this.bucket, destination);
    if (account) { this.openForeign(destination); }
    this.rules.push(this.rule(destination, replicas, account, options));
  }

  private rule(
    destination: s3.IBucket, replicas: ReplicatedSide, account: string | undefined, options: BucketReplicationOptions,
  ): s3.CfnBucket.ReplicationRuleProperty {
    const on = (value: boolean) => ({ status: value ? 'Enabled' : 'Disabled' });
    const fifteenMinutes = { minutes: REPLICATION_TIME_CONTROL_MINUTES };
    return {
      id: ruleId(destination, options),
      priority: this.rules.length + 1,
      status: 'Enabled',
      filter: { prefix: options.prefix ?? '' },
      deleteMarkerReplication: on(options.deleteMarkers ?? true),
      sourceSelectionCriteria: {
        sseKmsEncryptedObjects: on(true),
        ...(options.replicaModifications !== undefined && { replicaModifications: on(options.replicaModifications) }),
      },
      destination: {
        bucket: replicas.bucketArn,
        account,
        encryptionConfiguration: { replicaKmsKeyId: replicas.keyArn },
        storageClass: options.storageClass?.toString(),
        ...(options.replicationTimeControl && {
          replicationTime: { status: 'Enabled', time: fifteenMinutes },
          metrics: { status: 'Enabled', eventThreshold: fifteenMinutes },
        }),
      },
    };
  }

  private keyFor(destination: s3.IBucket, given: kms.IKey | undefined): kms.IKey {
    const key = given ?? destination.encryptionKey;
    if (!key) {
      throw new EncryptionError(this.bucket.node.path, 'ReplicaNeedsCustomerKey',
        `cannot replicate to ${destination.node.path}: it is not known to be encrypted under a KMS key, and replicas would be under S3's own keys. `
        + 'Make it an EncryptedBucket, or give the key of its Region as `encryptionKey`.');
    }
    return nearestKey(key, destination) as kms.IKey;
  }

  private checkDestination(destination: s3.IBucket, key: kms.IKey, options: BucketReplicationOptions): void {
    const path = this.bucket.node.path;
    if (destination === this.bucket) {
      throw new EncryptionError(path, 'ReplicatesToItself', 'cannot replicate to itself. Give another bucket.');
    }
    const l1: unknown = destination.node.defaultChild;
    if (s3.CfnBucket.isCfnBucket(l1) && l1.versioningConfiguration === undefined) {
      throw new EncryptionError(path, 'ReplicationNeedsVersions',
        `cannot replicate to ${destination.node.path}: S3 replicates between versioned buckets only. Make it \`versioned\`.`);
    }
    if (this.key !== key && key instanceof ReplicaKey && ownsReplica(this.key, key) && Stack.of(this.key) === Stack.of(this.bucket)
      && Stack.of(destination) !== Stack.of(this.bucket)) {
      throw new EncryptionError(path, 'ReplicationCircle',
        `cannot replicate to ${destination.node.path}: the multi-Region key ${this.key.node.path} is in this bucket's stack, so the stack with its replica is `
        + 'deployed after it; and S3 requires the destination to exist first. Make the MultiRegionKey in a stack of its own.');
    }
    if (this.rules.some(({ id }) => id === ruleId(destination, options))) {
      throw new EncryptionError(path, 'ReplicatesTwice',
        `already replicates to ${destination.node.path}${options.prefix ? ` below '${options.prefix}'` : ''}. Call replicateTo() once.`);
    }
  }

  /** The bucket policy of another account must let the role in; its name is known there, its id is not. */
  private openForeign(destination: s3.IBucket): void {
    for (const statement of writesReplicas(destination.bucketArn)) {
      const allow = statement.copy({
        principals: [new iam.AccountPrincipal(Stack.of(this.bucket).account)],
        conditions: { ArnEquals: { 'aws:PrincipalArn': this.role.roleArn } },
      });
      if (!destination.addToResourcePolicy(allow).statementAdded) {
        warn(this.bucket, 'DestinationPolicyNotAdded', `The bucket ${destination.node.path} is imported from another account: nothing is replicated until its `
          + `bucket policy has this statement: ${JSON.stringify(Stack.of(this.bucket).resolve(allow.toJSON()))}`);
      }
    }
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html */
const LONGEST_RULE_ID = 255;

function ruleId(destination: s3.IBucket, { prefix }: BucketReplicationOptions): string {
  return `${destination.node.path}${prefix ? `:${prefix}` : ''}`.slice(-LONGEST_RULE_ID);
}

function ownsReplica(primary: kms.IKey, replica: ReplicaKey): boolean {
  return 'replicas' in primary && (primary.replicas as ReplicaKey[]).includes(replica);
}

/**
 * A key that does not trust the role's account must name the role; what another app made must be told by hand. The key's policy
 * cannot name the bucket, which needs the key: that would be a circle.
 */
function allowRole(key: kms.IKey, role: iam.Role, statement: iam.PolicyStatement): void {
  if (key instanceof ManagedKey || key instanceof ReplicaKey) {
    key._allow(role, statement.actions, { StringEquals: statement.conditions.StringEquals });
    return;
  }
  const [keyAccount, account] = [key.env.account, Stack.of(role).account].map(knownAtSynth);
  if (keyAccount && account && keyAccount !== account) {
    const { Action, Condition } = statement.toJSON();
    warn(role, 'KeyPolicyNotAdded', `The key ${key.node.path} is in another account: nothing is replicated until its policy allows the role ${role.node.path} `
      + `${JSON.stringify(Stack.of(role).resolve({ Action, Condition }))}`);
  }
}

/** The ARN of a bucket of another stack by a reference that reaches across Regions without a name or a Lambda. */
function arnOf(destination: s3.IBucket, source: Construct): string {
  const l1: unknown = destination.node.defaultChild;
  if (!s3.CfnBucket.isCfnBucket(l1) || Stack.of(l1) === Stack.of(source)) { return destination.bucketArn; }
  const name = knownAtSynth(l1.bucketName);
  if (name) { return `arn:${Aws.PARTITION}:s3:::${name}`; }
  producesWeakly(l1);
  return l1.attrArn;
}

/** S3 refuses a replication to a bucket that does not exist. */
function deployAfter(source: Construct, destination: s3.IBucket): void {
  const [from, to] = [Stack.of(source), Stack.of(destination)];
  if (from !== to && Resource.isOwnedResource(destination) && Stage.of(from) === Stage.of(to)) { from.addStackDependency(to); }
}

function keyArnOf(key: kms.IKey, source: Construct): string {
  if (Stack.of(key) !== Stack.of(source)) { producesWeakly(key); }
  return key.keyArn;
}

function foreignAccount(source: Construct, destination: s3.IBucket): string | undefined {
  const [own, other] = [Stack.of(source).account, destination.env.account];
  return Token.isUnresolved(own) || Token.isUnresolved(other) || own === other ? undefined : other;
}
