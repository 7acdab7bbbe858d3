import { Arn, ArnFormat, Aws, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { checkGrantee } from './key-principals';
import { aliasOf, areApart, canReadOutputs, differ } from './other-stack';
import { EncryptionError } from '../private/errors';
import { knownAtSynth } from '../private/tokens';

export interface KeyGrant {
  readonly key: kms.IKey;
  readonly grantee: iam.IGrantable;
  readonly actions: string[];
  readonly trustAccountIdentities: boolean;
  /** How the policy of a grantee names the key; `elsewhere` is the grantee where its stack is in another account or Region. */
  readonly arnsFor: (elsewhere: Construct | undefined) => string[];
  /** The key of the set, or the key itself, that is nearest to the grantee. */
  readonly nearTo: (elsewhere: Construct) => kms.IKey;
}

/** A grant, and who is really behind the grantee. */
interface Resolved extends KeyGrant {
  readonly principal: iam.IPrincipal;
  readonly conditions: Conditions;
}

type Conditions = NonNullable<iam.PolicyStatementProps['conditions']>;

/**
 * A grant that never makes two stacks depend on each other in a circle, and never puts into the key policy what the
 * grantee's own policy can say.
 *
 * The CDK names the grantee's role in the key policy whenever it cannot prove that both are of one account, or the grant
 * is limited to a service; and the role's policy names the key: two stacks that need each other. Here the key policy
 * names a role of another stack only by a name that is known as text, in a condition on the account.
 */
export function grantOnKey(grant: KeyGrant): iam.Grant {
  const resolved = { ...grant, ...unwrapViaService(grant.grantee.grantPrincipal) };
  const { key, grantee, actions, principal, conditions } = resolved;
  const named = keyForIdentity(resolved);
  const inPrincipal = iam.Grant.addToPrincipal({
    grantee: { grantPrincipal: principal }, actions, resourceArns: named.arns, conditions: { ...conditions, ...named.conditions },
  });
  if (inPrincipal.success && identitiesDecide(resolved)) { return inPrincipal; }

  const statement = new iam.PolicyStatement({ actions, resources: ['*'], ...whoInKeyPolicy(resolved) });
  checkGrantee(key, statement);
  const inResource = iam.Grant.addStatementToResourcePolicy({
    grantee,
    actions,
    statement,
    resource: key as iam.IResourceWithPolicyV2 & kms.IKey,
    resourceArns: ['*'],
  });
  return inPrincipal.success ? inPrincipal.combine(inResource) : inResource;
}

/**
 * What the key policy must say beside a policy that the grantee has already: nothing, where the key trusts the identities
 * of the grantee's account.
 */
export function allowInKeyPolicy(grant: Omit<KeyGrant, 'arnsFor' | 'nearTo'>, conditions: Conditions): void {
  const resolved: Resolved = { ...grant, arnsFor: () => [], nearTo: () => grant.key, principal: grant.grantee.grantPrincipal, conditions };
  if (identitiesDecide(resolved)) { return; }
  grant.key.addToResourcePolicy(new iam.PolicyStatement({ actions: grant.actions, resources: ['*'], ...whoInKeyPolicy(resolved) }));
}

/** Whether an identity's own policy is enough. */
function identitiesDecide(grant: Resolved): boolean {
  return grant.trustAccountIdentities && !isForeign(grant);
}

/** `Secret.grantRead` and others wrap the grantee, which hides from the CDK that it has a policy of its own. */
function unwrapViaService(principal: iam.IPrincipal): Pick<Resolved, 'principal' | 'conditions'> {
  const wrapped = principal instanceof kms.ViaServicePrincipal
    ? (principal as unknown as { readonly basePrincipal?: iam.IPrincipal }).basePrincipal
    : undefined;
  return wrapped ? { principal: wrapped, conditions: principal.policyFragment.conditions } : { principal, conditions: {} };
}

/** Both accounts are known, and differ. */
function isForeign({ key, principal }: Resolved): boolean {
  const keyAccount = knownAtSynth(Stack.of(key).account);
  const account = knownAtSynth(principal.principalAccount);
  return keyAccount !== undefined && account !== undefined && keyAccount !== account;
}

/** The construct of the grantee where this app makes it, in another stack than the key. */
function granteeElsewhere({ key, principal }: Resolved): Construct | undefined {
  const construct: unknown = principal;
  return Construct.isConstruct(construct) && Resource.isOwnedResource(construct) && Stack.of(construct) !== Stack.of(key)
    ? construct
    : undefined;
}

/** How a policy names a key. */
interface NamedKey {
  readonly arns: string[];
  readonly conditions: Conditions;
}

/**
 * How the grantee's own policy names the key: by its ARN, which a stack of another account or Region reads from an output of the key's
 * stack, or, where it cannot, by an alias.
 */
function keyForIdentity(grant: Resolved): NamedKey {
  const elsewhere = granteeElsewhere(grant);
  if (!elsewhere || !areApart(elsewhere, grant.key)) { return { arns: grant.arnsFor(undefined), conditions: {} }; }
  const near = grant.nearTo(elsewhere);
  return canReadOutputs(elsewhere, near) ? { arns: grant.arnsFor(elsewhere), conditions: {} } : byAlias(near);
}

/**
 * The keys of one account and Region that have an alias: whoever may change aliases there may widen it.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
function byAlias(key: kms.IKey): NamedKey {
  const { region, account } = Stack.of(key);
  const everyKey = Arn.format({
    partition: Aws.PARTITION,
    service: 'kms',
    region: knownAtSynth(region) ?? '*',
    account: knownAtSynth(account) ?? '*',
    resource: 'key',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return { arns: [everyKey], conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliasOf(key) } } };
}

function whoInKeyPolicy(grant: Resolved): Pick<iam.PolicyStatementProps, 'principals' | 'conditions'> {
  const elsewhere = granteeElsewhere(grant);
  if (!elsewhere) { return { principals: [grant.principal], conditions: grant.conditions }; }
  const account = Stack.of(elsewhere).account;
  return {
    principals: [new iam.AccountPrincipal(account)],
    conditions: { ...grant.conditions, ArnEquals: { 'aws:PrincipalArn': nameKnownAsText(grant.key, elsewhere, account) } },
  };
}

function nameKnownAsText(key: kms.IKey, grantee: Construct, account: string): string {
  const resource: unknown = grantee.node.defaultChild;
  const [kind, name, path] = iam.CfnRole.isCfnRole(resource) ? ['role', resource.roleName, resource.path]
    : iam.CfnUser.isCfnUser(resource) ? ['user', resource.userName, resource.path] : [];
  const known = knownAtSynth(name);
  const generated = kind === 'role' && known === undefined ? generatedArn(key, grantee as unknown as iam.IRole) : undefined;
  if (generated) { return generated; }
  if (!kind || !known) {
    throw new EncryptionError(key.node.path, 'GranteeNeedsName',
      `cannot name ${grantee.node.path} in the key policy: it is in another stack, without a name that is known now, and its ARN `
      + "would make the two stacks depend on each other. Give it a 'roleName', make it in the key's stack, or use allowAccount().");
  }
  return `arn:${Aws.PARTITION}:iam::${account}:${kind}${path ?? '/'}${known}`;
}

/** The ARN of a role whose name the CDK makes as soon as another environment asks for it; none where it makes no name. */
function generatedArn(key: kms.IKey, role: iam.IRole): string | undefined {
  if (!differ(Stack.of(key).account, role.env.account)) { return undefined; }
  try {
    Stack.of(key).resolve(role.roleArn);
    return role.roleArn;
  } catch {
    return undefined;
  }
}
