import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { accountIn } from './key-questions';
import { localPrincipal } from './local-principals';
import { guardIsVoid, nobodyAllowed, strangerAllowed, strangersServiceAllowed } from './principal-limits';
import { placeIn, readable, readStatements } from './read-statements';
import { OWN_ACCOUNT } from '../policy/physical-names';
import { EncryptionError } from '../private/errors';
import { administrators, breakGlass, denyOtherGrants, users, usersGrants } from '../statements/key-statements';
import { hasConditions, iamArns } from '../statements/principals';

/** A composite principal as its parts: each is judged by itself, and may have conditions of its own. */
export function parts(principals: readonly iam.IPrincipal[]): iam.IPrincipal[] {
  return principals.flatMap((principal) => {
    // The CDK has no public name for them.
    const { _principals: inner } = principal as { readonly _principals?: iam.IPrincipal[] };
    return principal instanceof iam.CompositePrincipal && Array.isArray(inner) ? parts(inner) : [principal];
  });
}

const NAME_THEM = 'Name the roles, or limit it to what you own: allowAccount(), allowOrganization(), or a principal with a condition on one organization or account.';

/** Throws where a user is somebody whom nothing limits, or nobody. */
export function checkUser(scope: IConstruct, path: string, user: iam.IPrincipal, actions: readonly string[]): void {
  const uses = users([user], actions);
  const statements = [...uses, ...usersGrants([user])];
  const everybody = strangerAllowed(scope, statements, ['key']);
  if (everybody) { throw new EncryptionError(path, 'KeyUserIsEverybody', `'users' cannot have ${everybody.value}: ${everybody.why}. ${NAME_THEM}`); }
  const service = strangersServiceAllowed(scope, statements, ['key']);
  if (service) { throw new EncryptionError(path, 'KeyUserIsService', `'users' cannot have ${service.value}: ${service.why}. Give a service access with \`services\`, which limits for whom it acts.`); }
  const nobody = nobodyAllowed(scope, uses, ['key']);
  if (nobody) { throw new EncryptionError(path, 'KeyUserIsNobody', `'users' cannot have ${nobody.value}: ${nobody.why}. Name each role, or the account with a condition on aws:PrincipalArn.`); }
}

/** Throws where an administrator is somebody whom nothing limits, nobody, or in an account from which nobody can manage the key. */
export function checkAdministrator(scope: IConstruct, path: string, administrator: iam.IPrincipal): void {
  const statements = administrators([administrator]);
  const everybody = strangerAllowed(scope, statements, ['key']);
  if (everybody) { throw new EncryptionError(path, 'KeyAdministratorIsEverybody', `'administrators' cannot have ${everybody.value}: ${everybody.why}. Name the roles that manage the key.`); }
  const nobody = nobodyAllowed(scope, statements, ['key']);
  if (nobody) { throw new EncryptionError(path, 'KeyAdministratorIsNobody', `'administrators' cannot have ${nobody.value}: ${nobody.why}. Name each role that manages the key.`); }
  const { account } = placeIn(scope);
  const named = readStatements(scope, statements).flatMap(({ principals }) => principals?.items ?? []);
  const foreign = named.find(({ name }) => ![undefined, account].includes(accountIn(name)));
  if (foreign && account !== OWN_ACCOUNT) {
    throw new EncryptionError(path, 'KeyAdministratorInOtherAccount',
      `'administrators' cannot have ${foreign.name}: the key is in account ${account}, and KMS allows no principal of another account to change a key or its policy, whatever the policy says. `
      + `Name a role of ${account}. See https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html`);
  }
}

/** Throws where a service could act for whoever uses it. */
export function checkServiceStatement(scope: IConstruct, path: string, statement: iam.PolicyStatement): void {
  const found = strangerAllowed(scope, [statement], ['key']) ?? strangersServiceAllowed(scope, [statement], ['key']);
  if (found) { throw new EncryptionError(path, 'ServiceActsForEverybody', `'services' cannot have ${found.value}: ${found.why}. Name the source: its ARN with the account, \`sourceAccount\`, or \`sourceOrganization\`.`); }
}

/** Throws where a grant would give the key to somebody whom nothing limits, or to nobody. */
export function checkGrantee(scope: IConstruct, statement: iam.PolicyStatement): void {
  const everybody = strangerAllowed(scope, [statement], ['key']);
  if (everybody) { throw new EncryptionError(scope.node.path, 'GranteeIsEverybody', `the grantee cannot have ${everybody.value}: ${everybody.why}. ${NAME_THEM}`); }
  const nobody = nobodyAllowed(scope, [statement], ['key']);
  if (nobody) { throw new EncryptionError(scope.node.path, 'GranteeIsNobody', `the grantee cannot have ${nobody.value}: ${nobody.why}. Grant the key to the role that is assumed.`); }
}

interface Guards {
  readonly grantCreators: iam.IPrincipal[];
  readonly breakGlassPrincipals: iam.IPrincipal[];
}

/** The statements that deny, each with its exceptions. Throws where an exception is so wide that nobody of some account is denied. */
export function guards(scope: IConstruct, path: string, { grantCreators, breakGlassPrincipals }: Guards): iam.PolicyStatement[] {
  const [creators, glass] = [parts(grantCreators), parts(breakGlassPrincipals)];
  checkCreators(scope, path, creators);
  const creatorArns = arnsOf(scope, path, 'grantCreators', creators);
  const glassArns = arnsOf(scope, path, 'breakGlassPrincipals', glass);
  const denial = denyOtherGrants(creatorArns);
  const creator = creatorArns.length > 0 ? guardIsVoid(scope, denial, creatorArns, new Map([['kms:grantisforawsresource', ['false']]])) : undefined;
  if (creator) {
    throw new EncryptionError(path, 'GrantCreatorIsEverybody', `'grantCreators' cannot have ${creator.value}: ${creator.why}. Name each role or user, or give a pattern for the names of certain roles of one account.`);
  }
  if (glass.length === 0) { return [denial]; }
  const broken = breakGlass(glass, glassArns);
  const breaker = guardIsVoid(scope, broken[broken.length - 1], glassArns);
  if (breaker) { throw new EncryptionError(path, 'BreakGlassIsEverybody', `'breakGlassPrincipals' cannot have ${breaker.value}: ${breaker.why}. Name each role or user.`); }
  return [denial, ...broken];
}

/** Throws for a creator of grants who is not whom the ARN names that the guard leaves out, or not always. */
function checkCreators(scope: IConstruct, path: string, creators: readonly iam.IPrincipal[]): void {
  for (const creator of creators) {
    const { principalJson, conditions } = creator.policyFragment;
    const value = readable(scope, principalJson);
    if (creator instanceof iam.AccountPrincipal && !(creator instanceof iam.AccountRootPrincipal)) {
      throw new EncryptionError(path, 'GrantCreatorIsAccount', `'grantCreators' cannot have ${value}: the policy compares aws:PrincipalArn, which this is for the root user and for nobody else of the account. `
        + 'Name each role or user; where the root user is meant, give `new iam.AccountRootPrincipal()`.');
    }
    if (hasConditions(creator)) {
      const condition = readable(scope, conditions);
      throw new EncryptionError(path, 'GrantCreatorHasConditions', `'grantCreators' cannot have ${value} under ${condition}: `
        + 'who is left out of the Deny is left out always, so the condition would not count. Name the role or user without conditions.');
    }
  }
}

function arnsOf(scope: IConstruct, path: string, prop: string, principals: readonly iam.IPrincipal[]): string[] {
  return principals.flatMap((principal) => {
    const arns = iamArns(localPrincipal(scope, principal));
    if (!arns) {
      throw new EncryptionError(path, 'PrincipalHasNoArn',
        `'${prop}' must be IAM roles or users, got ${JSON.stringify(principal.policyFragment.principalJson)}: `
        + 'the policy compares aws:PrincipalArn. Name the roles.');
    }
    return arns;
  });
}
