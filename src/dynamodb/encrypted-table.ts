import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { TableEncryptionAtRest } from './mixins';
import { ENCRYPTED_TABLE, REPLICA } from './prop-shapes';
import { STREAM_IN_THE_CLEAR, TABLE_KEY_REFUSALS, TABLE_V2_REFUSALS } from './refusals';
import { EncryptionKey } from '../kms/encryption-key';
import { grantThroughService } from '../kms/grant-through-service';
import { nearestKey } from '../kms/near';
import { LIMIT_THEM, strangerAllowedBy } from '../kms/principal-limits';
import { takeReplicaKey, replicaIn } from '../kms/replicas-of';
import { STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { refuseUnknownRegion } from '../private/regions';
import { removalPolicyBeside } from '../private/removal-policy';
import { viaService } from '../statements/via-service';

/** Properties of `EncryptedTable`. */
export interface EncryptedTableProps extends dynamodb.TablePropsV2 {
  /**
   * The key under which the table, its indexes, streams and backups are encrypted. A table with replicas in other Regions needs a `MultiRegionKey` with a
   * replica in each of them, made in a stack of its own.
   *
   * @default - a new rotating key owned by this table; an error with `replicas`
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A table under a customer-managed KMS key in each of its Regions, with point-in-time recovery, protected against deletion, and that stays when its stack
 * is deleted.
 *
 * Takes every prop of `dynamodb.TableV2`; a value that would weaken these guarantees is an error. `fromTableName()` and the other static methods are
 * those of `dynamodb.TableV2`: they give a plain reference to an existing table, which is neither checked nor changed.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
 */
export class EncryptedTable extends dynamodb.TableV2 {
  /** The key in the table's own Region. */
  public readonly encryptionKey?: kms.IKey;
  private readonly replicaKeyArns = new Map<string, string>();
  private readonly given?: kms.IKey;
  private readonly keyIn?: (region: string) => string | undefined;

  constructor(scope: Construct, id: string, props: EncryptedTableProps) {
    const path = checkedPath(scope, id, props, ENCRYPTED_TABLE);
    props = withoutNull(props);
    refuse(path, props, [...TABLE_V2_REFUSALS, ...TABLE_KEY_REFUSALS]);
    const { encryption, encryptionKey, ...inherited } = props;
    const { replicas = [] } = props;
    const given = givenKeys(path, encryption, encryptionKey);
    super(scope, id, markManaged({
      deletionProtection: props.removalPolicy === RemovalPolicy.DESTROY ? undefined : true,
      ...(props.pointInTimeRecovery === undefined ? { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } } : {}),
      ...inherited,
    }));
    this.refuseEverybody('resourcePolicy', statementsIn(props.resourcePolicy));
    const own = given.key ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the table ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    this.encryptionKey = nearestKey(own, this) as kms.IKey;
    this.given = given.key;
    this.keyIn = (region) => given.replicaKeyArns[region] ?? replicaIn(own, region)?.keyArn;
    replicas.forEach((replica) => this.checkReplica(replica));
    new TableEncryptionAtRest(own)._encrypt(this.node.defaultChild!, () => false, this.keyIn);
  }

  /** Adds a replica in another Region, under the key there. A Region without a key is an error. */
  public addReplica(props: dynamodb.ReplicaTableProps): void {
    // The base class adds those of `props` before there is a key.
    if (this.keyIn) { this.checkReplica(props); }
    super.addReplica(props);
  }

  /** Adds a statement to the table's resource policy. One that allows somebody whom nothing limits is an error. */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    this.refuseEverybody('statement', [statement]);
    return super.addToResourcePolicy(statement);
  }

  private refuseEverybody(prop: string, statements: readonly iam.PolicyStatement[]): void {
    const found = statements.map((statement) => strangerAllowedBy(this, statement, ['table'])).find((each) => each !== undefined);
    if (found) { throw new EncryptionError(this.node.path, 'TablePolicyIsPublic', `'${prop}' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
  }

  private checkReplica(props: dynamodb.ReplicaTableProps): void {
    checkArgument(this.node.path, 'props', props, REPLICA);
    refuse(this.node.path, props, [STREAM_IN_THE_CLEAR]);
    refuseUnknownRegion(this.node.path, 'replicas', props.region);
    this.refuseEverybody('resourcePolicy', statementsIn(props.resourcePolicy));
    const keyArn = this.keyIn!(props.region);
    if (!keyArn) {
      throw new EncryptionError(this.node.path, 'TableReplicaNeedsKey',
        `'replicas' has ${props.region}, and there is no key for it there: DynamoDB uses a key only in its own Region. `
        + `Make \`encryptionKey\` a MultiRegionKey with a replica in ${props.region}, in a stack of its own.`);
    }
    takeReplicaKey(this, this.node.path, { prop: 'replicas', region: props.region, own: this.given, keyArn });
    this.replicaKeyArns.set(props.region, keyArn);
  }

  /** Gives a principal the key, through DynamoDB only, in every Region in which the table is. */
  public grantOnKey(grantee: iam.IGrantable, ...actions: string[]): iam.GrantOnKeyResult {
    if (!this.encryptionKey) { return {}; }
    const grant = grantThroughService(this.encryptionKey, 'dynamodb', grantee, ...actions);
    for (const [region, keyArn] of this.replicaKeyArns) { grantInRegion(grantee, actions, region, keyArn); }
    return { grant };
  }

  /** Allows a principal to read items, with the key through DynamoDB only. */
  public grantReadData(grantee: iam.IGrantable): iam.Grant {
    return this.grants.readData(grantee);
  }

  /** Allows a principal to write items, with the key through DynamoDB only. */
  public grantWriteData(grantee: iam.IGrantable): iam.Grant {
    return this.grants.writeData(grantee);
  }

  /** Allows a principal to read and write items, with the key through DynamoDB only. */
  public grantReadWriteData(grantee: iam.IGrantable): iam.Grant {
    return this.grants.readWriteData(grantee);
  }

  /** Allows a principal to do everything with the table, with the key through DynamoDB only. */
  public grantFullAccess(grantee: iam.IGrantable): iam.Grant {
    return this.grants.fullAccess(grantee);
  }

  /** Allows a principal to read the table's stream, with the key through DynamoDB only. */
  public grantStreamRead(grantee: iam.IGrantable): iam.Grant {
    const list = this.grantTableListStreams(grantee);
    this.grantOnKey(grantee, 'kms:Decrypt', 'kms:DescribeKey');
    return list.combine(this.grantStream(grantee, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'));
  }
}

/** The CDK has no public name for them. */
function statementsIn(document: iam.PolicyDocument | undefined): readonly iam.PolicyStatement[] {
  return (document as unknown as { readonly statements?: iam.PolicyStatement[] } | undefined)?.statements ?? [];
}

/** The key of a replica, in the policy of the principal: the key's own policy trusts the identities of its account. */
function grantInRegion(grantee: iam.IGrantable, actions: string[], region: string, keyArn: string): void {
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [keyArn], conditions: { StringEquals: { 'kms:ViaService': viaService('dynamodb', { region, urlSuffix: Aws.URL_SUFFIX }) } } });
}

interface GivenKeys {
  readonly key?: kms.IKey;
  readonly replicaKeyArns: Readonly<Record<string, string>>;
}

/** The keys by either prop. */
function givenKeys(path: string, encryption: dynamodb.TableEncryptionV2 | undefined, encryptionKey: kms.IKey | undefined): GivenKeys {
  const { tableKey, replicaKeyArns = {} } = (encryption ?? {}) as { readonly tableKey?: kms.IKey; readonly replicaKeyArns?: Record<string, string> };
  if (encryptionKey && tableKey && encryptionKey !== tableKey) {
    throw new EncryptionError(path, 'TableHasTwoKeys', "'encryption' and 'encryptionKey' name two keys. Give one of them: they mean the same.");
  }
  return { key: encryptionKey ?? tableKey, replicaKeyArns };
}

