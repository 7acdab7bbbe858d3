import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { LONGEST_PENDING_WINDOW_DAYS, SHORTEST_PENDING_WINDOW_DAYS } from './defaults';
import { grantOnKey } from './grants';
import { initialStatements, KeyPolicy } from './key-policy';
import { KeyRotation } from './mixins';
import { checkRotationPeriod } from './rotation-period';
import type { ServiceAccess } from './service-access';
import { ADMINISTRATOR_ACTIONS, ENCRYPT_DECRYPT_ACTIONS } from '../policy/actions';
import { users, usersGrants } from '../policy/key-statements';
import { EncryptionError, pathOf, Refusal, refuse } from '../private/errors';
import { literal, literalDays } from '../private/tokens';

/** Where a key's material comes from. */
export enum KeyOrigin {
  /** KMS makes the material, in its HSMs, and rotates it. */
  AWS_KMS = 'AWS_KMS',
  /**
   * You import the material after the key is made; until then the key cannot be used. KMS cannot rotate it by itself.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html
   */
  EXTERNAL = 'EXTERNAL',
}

/** Properties of `EncryptionKey`. */
export interface EncryptionKeyProps extends kms.KeyProps {
  /**
   * Who manages the key and never uses it: changes its policy, disables it, schedules its deletion.
   *
   * IAM roles, users or accounts; a service is an error.
   *
   * @default - nobody beside those whom the account's IAM policies allow
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Who encrypts and decrypts with the key and never manages it: in this account, in another one, or a whole organization
   * (`new iam.OrganizationPrincipal('o-…')`). A role in the key's own account needs no entry while account identities are
   * trusted: `key.grantDecrypt(role)` gives it permission in its own policy.
   *
   * @default - nobody beside those whom the account's IAM policies allow
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-users
   */
  readonly users?: iam.IPrincipal[];

  /**
   * AWS services that use the key with a service principal of their own.
   *
   * @default - none
   */
  readonly services?: ServiceAccess[];

  /**
   * Whether the account's IAM policies may give access to the key.
   *
   * With `false` only the principals in this policy have access; `administrators` are then needed, and must include the
   * role that CloudFormation deploys with, or KMS refuses the policy.
   *
   * @default true
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
   */
  readonly trustAccountIdentities?: boolean;

  /**
   * The only principals who may schedule the key's deletion, disable it or delete its imported material; everybody else,
   * administrators and the account root included, is denied. Also the role that CloudFormation deploys with, so such a
   * stack cannot disable its key unless that role is named.
   *
   * IAM roles or users, recognized by `aws:PrincipalArn`.
   *
   * @default - no such guard
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];

  /**
   * Principals who may create grants for others than AWS services. Each is a way to hand out the key that no policy shows;
   * AWS Control Tower's CT.KMS.PR.3 fails with any.
   *
   * @default - grants only for AWS services
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
   */
  readonly grantCreators?: iam.IPrincipal[];

  /**
   * Where the key material comes from. Cannot be changed for a key that exists: CloudFormation refuses the update.
   *
   * With `EXTERNAL` there is no automatic rotation and `rotationPeriod` is an error.
   *
   * @default KeyOrigin.AWS_KMS
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html#cfn-kms-key-origin
   */
  readonly origin?: KeyOrigin;

  /**
   * Lets KMS accept a policy that its own lock-out check refuses (the deploying role could not change it any more). This
   * library's check stays. Say it only for a policy that another account manages.
   *
   * @default false
   * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#KMS-CreateKey-request-BypassPolicyLockoutSafetyCheck
   */
  readonly bypassPolicyLockoutSafetyCheck?: boolean;
}

/** What a symmetric, rotating key in one Region cannot be. */
const REFUSED: ReadonlyArray<Refusal<EncryptionKeyProps>> = [
  {
    prop: 'enableKeyRotation',
    code: 'KeyMustRotate',
    refuses: (value) => value === false,
    because: 'an EncryptionKey always rotates (AWS FSBP KMS.4)',
    remedy: 'Leave it out; choose how often with `rotationPeriod`',
  },
  {
    prop: 'policy',
    code: 'KeyPolicyIsBuilt',
    refuses: () => true,
    because: 'EncryptionKey builds its least-privilege policy itself',
    remedy: 'Use `administrators`, `users` and `services`, and addToResourcePolicy() for what they do not cover',
  },
  {
    prop: 'keySpec',
    code: 'KeySpecNotSymmetric',
    refuses: (value) => value !== kms.KeySpec.SYMMETRIC_DEFAULT,
    because: 'an EncryptionKey is symmetric',
    remedy: 'Use AsymmetricEncryptionKey, SigningKey, MacKey or KeyAgreementKey',
  },
  {
    prop: 'keyUsage',
    code: 'KeyUsageNotEncryptDecrypt',
    refuses: (value) => value !== kms.KeyUsage.ENCRYPT_DECRYPT,
    because: 'an EncryptionKey encrypts and decrypts',
    remedy: 'Use SigningKey, MacKey or KeyAgreementKey',
  },
  {
    prop: 'multiRegion',
    code: 'KeyIsSingleRegion',
    refuses: (value) => value === true,
    because: 'an EncryptionKey lives in one Region',
    remedy: 'Use MultiRegionKey, which makes the replicas too',
  },
];

/** What KMS would refuse at deployment. */
function check(path: string, props: EncryptionKeyProps): void {
  checkRotationPeriod(path, props.rotationPeriod);
  if (props.origin === KeyOrigin.EXTERNAL && props.rotationPeriod) {
    throw new EncryptionError(path, 'ImportedKeyCannotRotate',
      "'rotationPeriod' cannot be set with 'origin' EXTERNAL: KMS rotates only material that it made itself. "
      + 'Leave it out, and rotate by importing new material.');
  }
  const days = literalDays(props.pendingWindow);
  if (days !== undefined && (days < SHORTEST_PENDING_WINDOW_DAYS || days > LONGEST_PENDING_WINDOW_DAYS || !Number.isInteger(days))) {
    throw new EncryptionError(path, 'PendingWindowOutOfRange',
      `'pendingWindow' must be between ${SHORTEST_PENDING_WINDOW_DAYS} and ${LONGEST_PENDING_WINDOW_DAYS} whole days, got ${days} days. `
      + 'Take 30: it is the time to notice a mistake.');
  }
}

/**
 * A symmetric KMS key that rotates, that nobody can be locked out of, whose policy names one purpose a statement, and that
 * stays when its stack goes.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/overview.html
 */
export class EncryptionKey extends kms.Key {
  protected readonly trustAccountIdentities: boolean;
  private readonly keyPolicy?: KeyPolicy;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps = {}) {
    const path = pathOf(scope, id);
    refuse(path, props, REFUSED);
    check(path, props);
    super(scope, id, {
      description: props.description ?? `Encrypts data of ${path}`,
      alias: props.alias,
      enabled: props.enabled,
      removalPolicy: props.removalPolicy,
      pendingWindow: props.pendingWindow ?? Duration.days(LONGEST_PENDING_WINDOW_DAYS),
    });
    const cfnKey = this.node.defaultChild as kms.CfnKey;
    cfnKey.origin = props.origin;
    cfnKey.bypassPolicyLockoutSafetyCheck = props.bypassPolicyLockoutSafetyCheck;
    this.with(new KeyRotation({ rotationPeriod: props.rotationPeriod }));

    this.trustAccountIdentities = props.trustAccountIdentities ?? true;
    this.keyPolicy = new KeyPolicy(this, this.trustAccountIdentities);
    cfnKey.keyPolicy = this.keyPolicy.document;
    initialStatements(this, path, {
      trustAccountIdentities: this.trustAccountIdentities,
      administrators: [...(props.administrators ?? []), ...(props.admins ?? [])],
      users: props.users ?? [],
      userActions: ENCRYPT_DECRYPT_ACTIONS,
      services: props.services ?? [],
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
      grantCreators: props.grantCreators ?? [],
    }).forEach((statement) => this.keyPolicy!.add(statement));
  }

  /** Lets an AWS service use the key, as `services` does at construction. */
  public addServiceAccess(access: ServiceAccess): void {
    access.statements(this).forEach((statement) => this.addToResourcePolicy(statement));
  }

  /**
   * Lets another account use the key; its own IAM policies then decide who of it does.
   *
   * @param accountId 12 digits
   */
  public allowAccount(accountId: string): void {
    if (literal(accountId) !== undefined && !/^\d{12}$/.test(accountId)) {
      throw new EncryptionError(this.node.path, 'AccountIdMalformed',
        `'accountId' must be 12 digits, got '${accountId}'. Give the account's id, not its name or ARN.`);
    }
    this.addUser(new iam.AccountPrincipal(accountId));
  }

  /**
   * Lets every account of an organization use the key; their own IAM policies then decide who of them does.
   *
   * @param organizationId for example `o-a1b2c3d4e5`
   */
  public allowOrganization(organizationId: string): void {
    if (literal(organizationId) !== undefined && !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
      throw new EncryptionError(this.node.path, 'OrganizationIdMalformed',
        `'organizationId' must look like o-a1b2c3d4e5, got '${organizationId}'. Give the id of the organization, not of its root or an account.`);
    }
    this.addUser(new iam.OrganizationPrincipal(organizationId));
  }

  /** Adds a statement to the key's policy; what the policy says already is not said twice. */
  public addToResourcePolicy(statement: iam.PolicyStatement, _allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    // The base class adds its default policy from its own constructor; this key's policy, made later, replaces it.
    this.keyPolicy?.add(statement);
    return { statementAdded: true, policyDependable: this.keyPolicy?.document };
  }

  /** Lets a principal manage the key and never use it. */
  public grantAdmin(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ADMINISTRATOR_ACTIONS);
  }

  /**
   * Lets a principal do `actions` with the key.
   *
   * A role in the key's account gets permission in its own policy, and the key policy does not grow. A role in another
   * account, or of a key that does not trust account identities, is named in the key policy by its ARN in a condition,
   * so that no two stacks need each other: it needs a `roleName` of its own, else it is an error.
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return grantOnKey({ key: this, grantee, actions, trustAccountIdentities: this.trustAccountIdentities, arns: [this.keyArn] });
  }

  /** Lets a principal decrypt. */
  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt');
  }

  /** Lets a principal encrypt. */
  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*');
  }

  /** Lets a principal encrypt and decrypt. */
  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*');
  }

  private addUser(principal: iam.IPrincipal): void {
    [...users([principal], ENCRYPT_DECRYPT_ACTIONS), ...usersGrants([principal])].forEach((statement) => this.addToResourcePolicy(statement));
  }
}
