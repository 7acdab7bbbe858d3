import { accountOf, Caller, completeContext, named } from './caller';
import { Context, covers } from './compare';
import { holds } from './conditions';
import type { Element, Statement } from './statement';
import { every, not, some, Truth } from './truth';

/** One concrete call. */
export interface Request {
  readonly caller: Caller;
  /** As `kms:Decrypt`. */
  readonly action: string;
  /** The ARN of what is acted on. */
  readonly resource: string;
  /** The account that owns it. */
  readonly account: string;
  /** Condition keys and what the request has for them; who calls is added. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** The policies that have a say. What is left out is not known to exist. */
export interface Policies {
  /** Of the key, bucket, queue… */
  readonly resource?: readonly Statement[];
  /** Of the caller. */
  readonly identity?: readonly Statement[];
  /** The caller's permissions boundary, where it has one. */
  readonly boundary?: readonly Statement[];
  /** A key's own policy must allow what its account's policies allow. */
  readonly isKey?: boolean;
}

export interface Decision {
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** The statement that decides, where one does. */
  readonly statement?: Statement;
  /** What was not looked at, and could deny. */
  readonly notSeen: readonly string[];
}

/** Policies that no template shows to be there or not. */
const NOT_SEEN = ['service control policies', 'resource control policies', 'VPC endpoint policies', 'session policies', 'grants that exist already'];

/**
 * What the policies say of a request, in IAM's own order.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function decide(request: Request, policies: Policies): Decision {
  const context = completeContext(request.caller, request.context);
  const notSeen = policies.boundary ? NOT_SEEN : [...NOT_SEEN, 'permissions boundaries'];
  const all = [...policies.resource ?? [], ...policies.identity ?? [], ...policies.boundary ?? []];
  const denies = all.filter(({ effect }) => effect !== 'Allow').map((statement) => ({ statement, truth: denied(statement, request, context, policies.boundary !== undefined) }));
  const denying = denies.find(({ truth }) => truth === 'yes');
  if (denying) { return { verdict: 'denied', statement: denying.statement, notSeen }; }
  const allows = allowed(request, policies, context);
  if (allows.truth === 'no') { return { verdict: 'denied', notSeen }; }
  const open = denies.find(({ truth }) => truth === 'maybe');
  if (allows.truth === 'yes' && !open) { return { verdict: 'allowed', statement: allows.statement, notSeen }; }
  return { verdict: 'unknown', statement: open?.statement ?? allows.statement, notSeen };
}

function denied(statement: Statement, request: Request, context: Context, hasBoundary: boolean): Truth {
  const { itself, account } = named(statement.principals, request.caller);
  const who = hasBoundary && sparesNobodyWithBoundary(statement) ? 'yes' : some([itself, account], (truth) => truth);
  const truth = every([who, applies(statement, request, context)], (each) => each);
  return statement.effect === 'unknown' && truth === 'yes' ? 'maybe' : truth;
}

/**
 * "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary policy attached, regardless of the
 * values specified in the NotPrincipal element."
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function sparesNobodyWithBoundary({ effect, principals }: Statement): boolean {
  return effect === 'Deny' && principals?.negated === true;
}

/** Whether action, resource and conditions of a statement fit; who is another question. */
export function applies(statement: Statement, request: Pick<Request, 'action' | 'resource'>, context: Context): Truth {
  return every<() => Truth>([
    () => fitsAction(statement.actions, request.action, context),
    () => (statement.resources ? fits(statement.resources, (pattern) => covers(pattern, request.resource, 'resource', context)) : 'yes'),
    () => every(statement.conditions, (condition) => holds(condition, context)),
  ], (part) => part());
}

/** Whether an element, or its negation, fits. */
export function fits<T>({ negated, items }: Element<T>, fit: (item: T) => Truth): Truth {
  const found = some(items, fit);
  return negated ? not(found) : found;
}

/** Whether an element of actions fits one. */
export const fitsAction = (actions: Element<string>, action: string, context: Context = NOTHING): Truth =>
  fits(actions, (pattern) => covers(pattern, action.toLowerCase(), 'text', context));

/** Of nothing that a request has. */
export const NOTHING: Context = new Map();

interface Allowed {
  readonly truth: Truth;
  readonly statement?: Statement;
}

/** The better of two: what surely allows, else what may. */
function best(...ways: Allowed[]): Allowed {
  return ways.find(({ truth }) => truth === 'yes') ?? ways.find(({ truth }) => truth === 'maybe') ?? { truth: 'no' };
}

function both(a: Allowed, b: Allowed): Allowed {
  return { truth: every([a, b], ({ truth }) => truth), statement: a.statement };
}

/**
 * In the account of the resource one of the two policies is enough, but for keys; from another account both must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
function allowed(request: Request, policies: Policies, context: Context): Allowed {
  const { caller } = request;
  const allow = (statements: readonly Statement[] | undefined, level: 'itself' | 'account' | undefined): Allowed => best(...(statements ?? [])
    .filter(({ effect }) => effect !== 'Deny')
    .map((statement) => {
      const who = level === undefined ? 'yes' : named(statement.principals, caller)[level];
      const truth = who === 'no' ? 'no' : every([who, applies(statement, request, context)], (each) => each);
      return { truth: statement.effect === 'unknown' && truth === 'yes' ? 'maybe' as const : truth, statement };
    }));
  const [itself, account] = [allow(policies.resource, 'itself'), allow(policies.resource, 'account')];
  if (caller.kind !== 'identity') { return itself; }
  const boundary: Allowed = policies.boundary ? allow(policies.boundary, undefined) : { truth: 'yes' };
  const isOwn = accountOf(caller) === request.account;
  const identity = both(isRootUser(caller) && isOwn ? { truth: 'yes' } : allow(policies.identity, undefined), boundary);
  if (!isOwn) { return both(best(itself, account), identity); }
  // A boundary limits what a resource's policy gives a role by the role's ARN; not what it gives a user or a session that it names, or everybody.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
  const beyond = allow(policies.resource?.filter(({ principals }) => namesBeyondBoundary(principals, caller)), 'itself');
  const direct = best(beyond, both(itself, boundary));
  return policies.isKey ? best(direct, both(account, identity)) : best(direct, identity);
}

function namesBeyondBoundary(principals: Statement['principals'], { arn }: { readonly arn: string }): boolean {
  return principals?.negated === false && principals.items.some(({ kind, name }) => kind === 'anybody' || (name === arn && !/:role\//.test(arn)));
}

/** No policy of the account limits its root user. */
const isRootUser = ({ arn }: { readonly arn: string }) => arn.endsWith(':root');
