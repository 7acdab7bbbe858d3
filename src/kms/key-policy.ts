import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { serviceAccessFor } from './cdk-statements';
import { checkAdministrator, checkServiceStatement, checkUser, guards, parts } from './key-principals';
import { withLocalPrincipals } from './local-principals';
import type { ServiceAccess } from './service-access';
import { EncryptionError } from '../private/errors';
import { freeSid } from '../private/sids';
import { accountIdentities, administrators, users, usersGrants } from '../statements/key-statements';
import { KEY_POLICY_LIMIT_BYTES } from '../statements/policy-limits';
import { iamArns } from '../statements/principals';

export interface KeyPolicyOptions {
  readonly trustAccountIdentities: boolean;
  readonly administrators: iam.IPrincipal[];
  readonly users: iam.IPrincipal[];
  /** What users may do with this kind of key. */
  readonly userActions: readonly string[];
  readonly services: ServiceAccess[];
  readonly breakGlassPrincipals: iam.IPrincipal[];
  readonly grantCreators: iam.IPrincipal[];
}

/** The first statements of a key's policy, in the order in which a person reads them. */
export function initialStatements(scope: IConstruct, path: string, options: KeyPolicyOptions): iam.PolicyStatement[] {
  const given = { ...options, administrators: parts(options.administrators), users: parts(options.users) };
  refuseLockOut(path, given);
  given.administrators.forEach((administrator) => checkAdministrator(scope, path, administrator));
  given.users.forEach((user) => checkUser(scope, path, user, options.userActions));
  const services = options.services.flatMap((service) => service.statements(scope));
  services.forEach((statement) => checkServiceStatement(scope, path, statement));
  return [
    ...(options.trustAccountIdentities ? [accountIdentities()] : []),
    ...administrators(given.administrators),
    ...users(given.users, options.userActions),
    ...usersGrants(given.users),
    ...services,
    ...guards(scope, path, options),
  ];
}

/** A key whose policy nobody may change can be neither used nor deleted without AWS Support. */
function refuseLockOut(path: string, { trustAccountIdentities, administrators: admins }: KeyPolicyOptions): void {
  for (const admin of admins) {
    if (!iamArns(admin)) {
      throw new EncryptionError(path, 'KeyAdministratorIsNotAnIdentity',
        `'administrators' must be IAM roles, users or accounts, got ${JSON.stringify(admin.policyFragment.principalJson)}. `
        + 'Name the role that manages the key; give a service access with `services`.');
    }
  }
  if (!trustAccountIdentities && admins.length === 0) {
    throw new EncryptionError(path, 'KeyWithoutAdministrator',
      "'trustAccountIdentities' cannot be false without 'administrators': nobody could manage the key. "
      + 'Name at least one administrator that stays (the role that deploys this stack among them), or leave the prop out.');
  }
}

/** The policy of one key: keeps its statements few, named and small. */
export class KeyPolicy {
  public readonly document = new iam.PolicyDocument();
  private readonly statements: iam.PolicyStatement[] = [];

  constructor(private readonly scope: IConstruct, private readonly trustAccountIdentities: boolean) {
    scope.node.addValidation({ validate: () => this.validate() });
  }

  /** Adds a statement, unless the policy already says the same. */
  public add(statement: iam.PolicyStatement): void {
    (serviceAccessFor(statement, this.scope) ?? [withLocalPrincipals(this.scope, statement)]).forEach((exact) => this.addExact(exact));
  }

  private addExact(statement: iam.PolicyStatement): void {
    if (this.isDelegatedAlready(statement) || this.has(statement)) { return; }
    const twin = this.twinOf(statement);
    if (twin) {
      twin.addPrincipals(...statement.principals);
      return;
    }
    statement.sid = freeSid(statement.sid ?? sidFor(statement), new Set(this.statements.map(({ sid }) => sid)));
    this.statements.push(statement);
    this.document.addStatements(statement);
  }

  /**
   * Grants to the account itself add nothing once the account's identities are trusted: `kms:*` for the account root
   * already hands every decision to IAM. The CDK adds one such statement for every secret and every cross-service grant.
   */
  private isDelegatedAlready(statement: iam.PolicyStatement): boolean {
    const own = new iam.AccountPrincipal(Stack.of(this.scope).account).arn;
    const root = new iam.AccountRootPrincipal().arn;
    return this.trustAccountIdentities
      && statement.effect === iam.Effect.ALLOW
      && this.statements.length > 0
      && statement.principals.length > 0
      && statement.principals.every((principal) => this.sameText(iamArns(principal), [[own], [root]]));
  }

  private sameText(value: unknown, candidates: unknown[]): boolean {
    const text = this.render(value);
    return candidates.some((candidate) => this.render(candidate) === text);
  }

  private has(statement: iam.PolicyStatement): boolean {
    const text = this.render(withoutSid(statement));
    return this.statements.some((other) => this.render(withoutSid(other)) === text);
  }

  /** A statement without a name of its own joins the one that says the same of other principals. */
  private twinOf(statement: iam.PolicyStatement): iam.PolicyStatement | undefined {
    if (statement.sid) { return undefined; }
    const text = this.render(withoutPrincipal(statement));
    return this.statements.find((other) => other.sid === sidFor(statement) && this.render(withoutPrincipal(other)) === text);
  }

  private render(value: unknown): string {
    return JSON.stringify(Stack.of(this.scope).resolve(value));
  }

  private validate(): string[] {
    const sizes = this.statements
      .map((statement) => ({ sid: statement.sid, bytes: Buffer.byteLength(this.render(statement.toJSON())) }))
      .sort((a, b) => b.bytes - a.bytes);
    const total = Buffer.byteLength(this.render(this.document));
    // The base class validates the document that this one replaces.
    const errors = this.document.validateForResourcePolicy();
    if (total > KEY_POLICY_LIMIT_BYTES) {
      const largest = sizes.slice(0, 3).map(({ sid, bytes }) => `${sid} (${bytes} bytes)`).join(', ');
      errors.push(`the key policy has ${total} bytes, the limit of KMS is ${KEY_POLICY_LIMIT_BYTES}. Largest: ${largest}. `
        + 'Grant with IAM policies instead of naming principals here, or name an organization instead of its accounts. [KeyPolicyTooLarge]');
    }
    return errors;
  }
}

/** A name from what the statement allows: `kms:Decrypt` → `GrantDecrypt`. */
function sidFor(statement: iam.PolicyStatement): string {
  const actions = statement.actions.map((action) => action.replace(/^kms:/, '').replace(/[^A-Za-z0-9]/g, '')).sort();
  const verb = statement.effect === iam.Effect.DENY ? 'Deny' : 'Grant';
  return `${verb}${actions.slice(0, 3).join('')}${actions.length > 3 ? `And${actions.length - 3}More` : ''}`;
}

function withoutSid(statement: iam.PolicyStatement): unknown {
  const { Sid, ...rest } = statement.toJSON();
  return rest;
}

function withoutPrincipal(statement: iam.PolicyStatement): unknown {
  const { Sid, Principal, ...rest } = statement.toJSON();
  return rest;
}

