import { Duration, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { LONGEST_PENDING_WINDOW_DAYS } from './defaults';
import { allowInKeyPolicy, grantOnKey } from './grants';
import { grantsOf } from './key-grants';
import { initialStatements, KeyPolicy } from './key-policy';
import { checkServiceStatement } from './key-principals';
import { ENCRYPT_DECRYPT } from './key-usages';
import { refuseLockOutAtSynth } from './lock-out';
import { checkPendingWindow } from './managed-key';
import { weakly } from './other-stack';
import { checkGrant, REPLICA_KEY, SERVICE_ACCESS } from './prop-shapes';
import type { ReplicaKeyProps } from './replica-key-props';
import { deployedStack, producesWeakly } from './replica-regions';
import type { ServiceAccess } from './service-access';
import { Completion } from '../completion/registry';
import { STATEMENT, TEXT } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { ADMINISTRATOR_ACTIONS } from '../statements/actions';

/**
 * A replica of a multi-Region key in the Region of its stack: the same key id and key material as the primary, a policy of
 * its own. Rotation belongs to the primary.
 *
 * `MultiRegionKey` makes its replicas itself. Use this class for a primary that another app made.
 *
 * @resource AWS::KMS::ReplicaKey
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class ReplicaKey extends Resource implements kms.IKey {
  /** The ARN of the replica. */
  public readonly keyArn: string;
  /** The id of the replica, which is the id of the primary: `mrk-…`. */
  public readonly keyId: string;
  private readonly keyPolicy: KeyPolicy;
  private readonly trustAccountIdentities: boolean;
  private readonly cfnReplica: kms.CfnReplicaKey;
  private followed?: FollowedPolicy;

  constructor(scope: Construct, id: string, props: ReplicaKeyProps) {
    const path = checkedPath(scope, id, props, REPLICA_KEY);
    props = withoutNull(props);
    checkPrimary(scope, path, props.primaryKeyArn);
    checkPendingWindow(path, props.pendingWindow);
    const statements = initialStatements(scope, path, {
      trustAccountIdentities: props.trustAccountIdentities ?? true,
      administrators: props.administrators ?? [],
      users: props.users ?? [],
      userActions: ENCRYPT_DECRYPT.userActions,
      services: props.services ?? [],
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
      grantCreators: props.grantCreators ?? [],
    });
    super(scope, id);
    this.trustAccountIdentities = props.trustAccountIdentities ?? true;
    this.keyPolicy = new KeyPolicy(this, this.trustAccountIdentities);
    this.cfnReplica = new kms.CfnReplicaKey(this, 'Resource', {
      primaryKeyArn: props.primaryKeyArn,
      description: props.description ?? `Replica in this Region of ${knownAtSynth(props.primaryKeyArn) ?? 'a multi-Region key'}`,
      enabled: props.enabled,
      pendingWindowInDays: (props.pendingWindow ?? Duration.days(LONGEST_PENDING_WINDOW_DAYS)).toDays(),
      keyPolicy: this.keyPolicy.document,
    });
    // Stacks in other Regions name it too (a replicated secret): strong references there are Lambda functions.
    producesWeakly(this);
    this.cfnReplica.applyRemovalPolicy(props.removalPolicy, { default: RemovalPolicy.RETAIN });
    this.keyArn = this.cfnReplica.attrArn;
    this.keyId = this.cfnReplica.attrKeyId;
    statements.forEach((statement) => this.keyPolicy.add(statement));
    if (props.alias) { this.addAlias(props.alias); }
    Completion.of(this).own(this.cfnReplica);
    refuseLockOutAtSynth(this.cfnReplica);
  }

  /** How other constructs refer to the key. */
  public get keyRef(): kms.KeyReference {
    return { keyArn: this.keyArn, keyId: this.keyId };
  }

  /** The grants of this class by the CDK's newer names: `key.grants.decrypt(role)` is `key.grantDecrypt(role)`. */
  public get grants(): kms.KeyGrants {
    return grantsOf(this);
  }

  /** Adds an alias in the replica's Region. */
  public addAlias(aliasName: string): kms.Alias {
    checkArgument(this.node.path, 'aliasName', aliasName, TEXT);
    const id = this.node.tryFindChild('Alias') ? `Alias${aliasName}` : 'Alias';
    return new kms.Alias(this, id, { aliasName, targetKey: this });
  }

  /** Adds a statement to the policy: the primary's where the primary was made with it, so that all Regions agree. */
  public addToResourcePolicy(statement: iam.PolicyStatement, _allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    if (this.followed) { return this.followed.add(statement); }
    this.keyPolicy.add(statement);
    return { statementAdded: true, policyDependable: this.keyPolicy.document };
  }

  /** Allows an AWS service to use the key. */
  public addServiceAccess(access: ServiceAccess): void {
    checkArgument(this.node.path, 'access', access, SERVICE_ACCESS);
    for (const statement of access.statements(this.followed?.scope ?? this)) {
      checkServiceStatement(this, this.node.path, statement);
      this.addToResourcePolicy(statement);
    }
  }

  /** Allows a principal to do `actions` with the replica. See `EncryptionKey.grant`. */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    checkGrant(this.node.path, grantee, actions);
    return grantOnKey({
      key: this,
      grantee,
      actions,
      trustAccountIdentities: this.trusts,
      arnsFor: (elsewhere) => [this.primaryBeside(elsewhere)?.replicaArn ?? (elsewhere ? weakly(this.keyArn) : this.keyArn)],
      nearTo: (elsewhere) => this.primaryBeside(elsewhere)?.scope ?? this,
    });
  }

  /** Allows a principal to manage the replica, and never to use it. */
  public grantAdmin(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ADMINISTRATOR_ACTIONS);
  }

  /** Allows a principal to decrypt. */
  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt');
  }

  /** Allows a principal to encrypt. */
  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*');
  }

  /** Allows a principal to encrypt and decrypt. */
  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*');
  }

  /** Allows a principal to sign, where the primary is a signing key. */
  public grantSign(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign');
  }

  /** Allows a principal to verify, where the primary is a signing key. */
  public grantVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Verify');
  }

  /** Allows a principal to sign and verify, where the primary is a signing key. */
  public grantSignVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign', 'kms:Verify');
  }

  /** Allows a principal to generate message authentication codes, where the primary is a MAC key. */
  public grantGenerateMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GenerateMac');
  }

  /** Allows a principal to verify message authentication codes, where the primary is a MAC key. */
  public grantVerifyMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:VerifyMac');
  }

  /**
   * As `ManagedKey._allow`.
   *
   * @internal
   */
  public _allow(grantee: iam.IGrantable, actions: string[], conditions: Record<string, unknown>): void {
    allowInKeyPolicy({ key: this, grantee, actions, trustAccountIdentities: this.trusts }, conditions);
  }

  /**
   * The key whose policy this one's is.
   *
   * @internal
   */
  public get _policyOwner(): kms.IKey {
    return this.followed?.scope ?? this;
  }

  /** The primary, where it is in the stack of a grantee: that stack cannot wait for the replica's, and need not. */
  private primaryBeside(grantee: Construct | undefined): FollowedPolicy | undefined {
    return grantee && this.followed && deployedStack(this.followed.scope) === deployedStack(grantee) ? this.followed : undefined;
  }

  private get trusts(): boolean {
    return this.followed?.trustAccountIdentities ?? this.trustAccountIdentities;
  }

  /**
   * From now on the policy is the primary's, as `render` gives it for this Region.
   *
   * @internal
   */
  public _mirrorPolicy(primary: FollowedPolicy, render: (resolvedPolicy: unknown) => unknown): void {
    this.followed = primary;
    this.cfnReplica.keyPolicy = Lazy.uncachedAny({ produce: (context) => render(context.resolve(primary.document)) });
  }
}

/**
 * The policy of a primary, which its replicas follow.
 *
 * @internal
 */
export interface FollowedPolicy {
  readonly scope: kms.IKey;
  /** The ARN of the replica by the primary's id, which is the same. */
  readonly replicaArn: string;
  readonly document: iam.PolicyDocument;
  readonly trustAccountIdentities: boolean;
  add(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;
}

function checkPrimary(scope: Construct, path: string, primaryKeyArn: string): void {
  const arn = knownAtSynth(primaryKeyArn);
  if (arn === undefined) { return; }
  const [, region] = /^arn:[a-z0-9-]+:kms:([a-z0-9-]+):\d{12}:key\/mrk-[0-9a-f]+$/.exec(arn) ?? [];
  if (!region) {
    throw new EncryptionError(path, 'PrimaryKeyArnMalformed',
      `'primaryKeyArn' must be the ARN of a multi-Region key (arn:aws:kms:…:key/mrk-…), got '${arn}'. Give the ARN of the primary, not its alias.`);
  }
  if (region === knownAtSynth(Stack.of(scope).region)) {
    throw new EncryptionError(path, 'ReplicaInPrimaryRegion',
      `'primaryKeyArn' is in ${region}, the Region of this stack: a replica must be in another one. Make it in a stack of another Region.`);
  }
}
