import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { LONGEST_PENDING_WINDOW_DAYS, SHORTEST_PENDING_WINDOW_DAYS } from './defaults';
import { allowInKeyPolicy, grantOnKey } from './grants';
import type { KeyAccessProps } from './key-access-props';
import { grantsOf } from './key-grants';
import { initialStatements, KeyPolicy } from './key-policy';
import { impossibleActions, KeyUsageActions } from './key-usages';
import { refuseLockOutAtSynth } from './lock-out';
import { weakly } from './other-stack';
import { checkGrant } from './prop-shapes';
import type { ServiceAccess } from './service-access';
import { Completion } from '../completion/registry';
import { STATEMENT } from '../private/common-kinds';
import { EncryptionError, pathOf } from '../private/errors';
import { checkAccountId, checkOrganizationId } from '../private/ids';
import { markManaged } from '../private/injector';
import { checkArgument } from '../private/props';
import { knownDays } from '../private/tokens';
import { ADMINISTRATOR_ACTIONS } from '../statements/actions';
import { users, usersGrants } from '../statements/key-statements';

export interface ManagedKeyOptions {
  readonly props: kms.KeyProps & KeyAccessProps;
  readonly usage: KeyUsageActions;
  readonly services?: ServiceAccess[];
}

/**
 * What every kind of key has: a least-privilege policy of one purpose a statement, a guarded life cycle, honest grants.
 *
 * @internal
 */
export abstract class ManagedKey extends kms.Key {
  protected readonly trustAccountIdentities: boolean;
  private readonly usage: KeyUsageActions;
  private readonly keyPolicy?: KeyPolicy;

  constructor(scope: Construct, id: string, { props, usage, services }: ManagedKeyOptions) {
    const path = pathOf(scope, id);
    checkPendingWindow(path, props.pendingWindow);
    const statements = initialStatements(scope, path, {
      trustAccountIdentities: props.trustAccountIdentities ?? true,
      administrators: [...(props.administrators ?? []), ...(props.admins ?? [])],
      users: props.users ?? [],
      userActions: usage.userActions,
      services: services ?? [],
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
      grantCreators: props.grantCreators ?? [],
    });
    super(scope, id, markManaged({
      description: props.description,
      alias: props.alias,
      enabled: props.enabled,
      keySpec: props.keySpec,
      keyUsage: props.keyUsage,
      removalPolicy: props.removalPolicy,
      pendingWindow: props.pendingWindow ?? Duration.days(LONGEST_PENDING_WINDOW_DAYS),
    }));
    this.usage = usage;
    this.trustAccountIdentities = props.trustAccountIdentities ?? true;
    this.keyPolicy = new KeyPolicy(this, this.trustAccountIdentities);
    this.cfnKey.keyPolicy = this.keyPolicy.document;
    this.cfnKey.bypassPolicyLockoutSafetyCheck = props.bypassPolicyLockoutSafetyCheck;
    statements.forEach((statement) => this.keyPolicy!.add(statement));
    Completion.of(this).own(this.cfnKey);
    refuseLockOutAtSynth(this.cfnKey);
  }

  /**
   * Allows another account to use the key; its own IAM policies then decide which of its principals do.
   *
   * @param accountId 12 digits
   */
  public allowAccount(accountId: string): void {
    checkAccountId(this.node.path, accountId);
    this.addUser(new iam.AccountPrincipal(accountId));
  }

  /**
   * Allows every account of an organization to use the key; their own IAM policies then decide which of their principals do.
   *
   * @param organizationId for example `o-a1b2c3d4e5`
   */
  public allowOrganization(organizationId: string): void {
    checkOrganizationId(this.node.path, organizationId);
    this.addUser(new iam.OrganizationPrincipal(organizationId));
  }

  /** Adds a statement to the key's policy; what the policy says already is not said twice. */
  public addToResourcePolicy(statement: iam.PolicyStatement, _allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    // The base class adds its default policy from its own constructor; this key's policy, made later, replaces it.
    this.keyPolicy?.add(statement);
    return { statementAdded: true, policyDependable: this.keyPolicy?.document };
  }

  /** The grants of this class by the CDK's newer names: `key.grants.decrypt(role)` is `key.grantDecrypt(role)`. */
  public get grants(): kms.KeyGrants {
    return grantsOf(this);
  }

  /** Allows a principal to manage the key, and never to use it. */
  public grantAdmin(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ADMINISTRATOR_ACTIONS);
  }

  /**
   * Allows a principal to do `actions` with the key. An operation that KMS refuses for this kind of key is an error.
   *
   * A role in the key's account gets permission in its own policy, and the key policy does not grow. The policy of a role in another
   * account or Region names the key by an output of the key's stack, or by an alias where its stack cannot wait for the key's: then
   * whoever may change aliases in the key's account may widen it. A role in another
   * account, or of a key that does not trust account identities, is named in the key policy by its ARN in a condition,
   * so that no two stacks need each other: it needs a `roleName` of its own, else it is an error.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    checkGrant(this.node.path, grantee, actions);
    const impossible = impossibleActions(this.usage, actions);
    if (impossible.length > 0) {
      throw new EncryptionError(this.node.path, 'GrantMakesNoSense',
        `cannot grant ${impossible.join(', ')}: this key ${this.usage.verb} and does nothing else. Grant on a key made for it.`);
    }
    return grantOnKey({
      key: this,
      grantee,
      actions,
      trustAccountIdentities: this.trustAccountIdentities,
      arnsFor: (elsewhere) => this.arnsFor(elsewhere),
      nearTo: (elsewhere) => this.nearTo(elsewhere),
    });
  }

  /** Allows a principal to decrypt. */
  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt');
  }

  /** Allows a principal to encrypt. */
  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Encrypt', 'kms:ReEncrypt*', ...this.dataKeyActions());
  }

  /** Allows a principal to encrypt and decrypt. */
  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', ...this.dataKeyActions());
  }

  /** Allows a principal to sign. */
  public grantSign(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign');
  }

  /** Allows a principal to verify signatures. */
  public grantVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Verify');
  }

  /** Allows a principal to sign and verify. */
  public grantSignVerify(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Sign', 'kms:Verify');
  }

  /** Allows a principal to generate message authentication codes. */
  public grantGenerateMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:GenerateMac');
  }

  /** Allows a principal to verify message authentication codes. */
  public grantVerifyMac(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:VerifyMac');
  }

  /**
   * Adds to the key policy what it must say of a role whose own policy allows `actions` already.
   *
   * @internal
   */
  public _allow(grantee: iam.IGrantable, actions: string[], conditions: Record<string, unknown>): void {
    allowInKeyPolicy({ key: this, grantee, actions, trustAccountIdentities: this.trustAccountIdentities }, conditions);
  }

  /** @internal */
  public get _policy(): KeyPolicy {
    return this.keyPolicy!;
  }

  protected get cfnKey(): kms.CfnKey {
    return this.node.defaultChild as kms.CfnKey;
  }

  /** How the policy of a grantee names the key; `elsewhere` is a grantee in a stack of another account or Region. */
  protected arnsFor(elsewhere: Construct | undefined): string[] {
    return [elsewhere ? weakly(this.keyArn) : this.keyArn];
  }

  /** The key that a grantee of another account or Region uses. */
  protected nearTo(_elsewhere: Construct): kms.IKey {
    return this;
  }

  private dataKeyActions(): string[] {
    return this.usage.operations.includes('GenerateDataKey') ? ['kms:GenerateDataKey*'] : [];
  }

  private addUser(principal: iam.IPrincipal): void {
    [...users([principal], this.usage.userActions), ...usersGrants([principal])].forEach((statement) => this.addToResourcePolicy(statement));
  }
}

/** KMS refuses less and more. */
export function checkPendingWindow(path: string, pendingWindow: Duration | undefined): void {
  const days = knownDays(pendingWindow);
  if (days !== undefined && (days < SHORTEST_PENDING_WINDOW_DAYS || days > LONGEST_PENDING_WINDOW_DAYS || !Number.isInteger(days))) {
    throw new EncryptionError(path, 'PendingWindowOutOfRange',
      `'pendingWindow' must be between ${SHORTEST_PENDING_WINDOW_DAYS} and ${LONGEST_PENDING_WINDOW_DAYS} whole days, got ${days} days. `
      + 'Use 30: that is the time to notice a mistake.');
  }
}
