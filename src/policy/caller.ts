import type { Context } from './compare';
import { HOLE } from './glob';
import type { Element, NamedPrincipal } from './statement';
import { not, Truth, truthOf } from './truth';

/** Who makes a request. */
export type Caller =
  /** A role, user, root user or session, by the ARN that policies name. */
  | { readonly kind: 'identity'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly name: string }
  | { readonly kind: 'canonical'; readonly name: string }
  /** Without credentials. */
  | { readonly kind: 'anonymous' };

/** The account of a caller, where it has one. */
export function accountOf(caller: Caller): string | undefined {
  if (caller.kind !== 'identity') { return undefined; }
  const { arn } = caller;
  // arn:aws:iam::111122223333:role/app: the fifth part.
  const start = arn.indexOf('::') + 2;
  return start > 1 ? arn.slice(start, arn.indexOf(':', start)) : arn.split(':')[4];
}

/** What an identity is, as `aws:PrincipalType` says it. */
type PrincipalType = 'Account' | 'User' | 'AssumedRole' | 'FederatedUser';

/** What AWS itself says of a caller in every request. */
export function contextOf(caller: Caller): Context {
  switch (caller.kind) {
    case 'identity': return contextOfIdentity(caller.arn);
    case 'service': return new Map([['aws:principalisawsservice', ['true']], ['aws:principalservicename', [caller.name]], ['aws:principalservicenameslist', [caller.name]]]);
    case 'anonymous': return OF_ANONYMOUS;
    default: return OF_OTHERS;
  }
}

const OF_ANONYMOUS: Context = new Map([['aws:principaltype', ['Anonymous']]]);
const OF_OTHERS: Context = new Map([['aws:principalisawsservice', ['false']]]);

/** The same few principals stand for everybody in each question. */
function contextOfIdentity(arn: string): Context {
  const known = ofIdentities.get(arn);
  if (known) { return known; }
  const account = accountOf({ kind: 'identity', arn })!;
  const context: Context = new Map([
    ['aws:principalarn', [principalArn(arn)]],
    ['aws:principalaccount', [account]],
    ['aws:principaltype', [typeOf(arn)]],
    ['aws:principalisawsservice', ['false']],
    ['kms:calleraccount', [account]],
  ]);
  if (ofIdentities.size > MOST_REMEMBERED) { ofIdentities.clear(); }
  ofIdentities.set(arn, context);
  return context;
}

const ofIdentities = new Map<string, Context>();
const MOST_REMEMBERED = 500;

const SESSION = /^arn:([^:]*):sts::([^:]*):assumed-role\/([^/]+)\/(.+)$/;

/** The ARN that conditions see: of the role, where a session of it asks. */
function principalArn(arn: string): string {
  const [, partition, account, role] = SESSION.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}

function typeOf(arn: string): PrincipalType {
  const resource = arn.split(':').slice(5).join(':');
  return resource === 'root' ? 'Account' : resource.startsWith('user/') ? 'User' : resource.startsWith('federated-user/') ? 'FederatedUser' : 'AssumedRole';
}

/** How a statement names a caller: itself, or only its account, whose administrators then decide. */
export interface Named {
  readonly itself: Truth;
  readonly account: Truth;
}

const NOT_NAMED: Named = { itself: 'no', account: 'no' };

function namedBy({ kind, name }: NamedPrincipal, caller: Caller): Named {
  if (kind === 'anybody') { return { itself: 'yes', account: 'no' }; }
  if (kind === 'unknown') { return { itself: 'maybe', account: 'maybe' }; }
  switch (caller.kind) {
    case 'identity':
      if (kind === 'account') { return { itself: 'no', account: same(name, accountOf(caller)!) }; }
      return kind === 'arn' ? { itself: isIdentity(name, caller.arn), account: 'no' } : NOT_NAMED;
    case 'anonymous': return NOT_NAMED;
    default: return kind === caller.kind ? { itself: same(name, caller.name), account: 'no' } : NOT_NAMED;
  }
}

/** Whether a name, of which parts may be unknown, is a text. */
function same(name: string, text: string): Truth {
  if (!name.includes(HOLE)) { return truthOf(name === text); }
  let from = 0;
  const parts = name.split(HOLE);
  const inOrder = parts.every((part) => { const at = text.indexOf(part, from); from = at + part.length; return at >= 0; });
  return inOrder && text.startsWith(parts[0]) && text.endsWith(parts[parts.length - 1]) ? 'maybe' : 'no';
}

/** A role is named by its own ARN, and by it each session of it; ARNs of sessions have no path. */
function isIdentity(name: string, arn: string): Truth {
  if (name === arn) { return 'yes'; }
  const [, partition, account, role] = SESSION.exec(arn) ?? [];
  if (role === undefined || name.includes(HOLE)) { return same(name, arn); }
  const [, roleName] = /:role\/(?:.*\/)?([^/]+)$/.exec(name) ?? [];
  return truthOf(name.startsWith(`arn:${partition}:iam::${account}:role/`) && roleName?.toLowerCase() === role.toLowerCase());
}

/** How the element `Principal` or `NotPrincipal` names a caller. */
export function named(principals: Element<NamedPrincipal> | undefined, caller: Caller): Named {
  if (!principals) { return { itself: 'yes', account: 'no' }; }
  const found = principals.items.map((item) => namedBy(item, caller));
  const strongest = (level: keyof Named): Truth => (found.some((each) => each[level] === 'yes') ? 'yes' : found.some((each) => each[level] === 'maybe') ? 'maybe' : 'no');
  const [itself, account] = [strongest('itself'), strongest('account')];
  if (!principals.negated) { return { itself, account }; }
  // Who is excepted by its own ARN must have its account excepted too, or may be denied all the same.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  const everybody = principals.items.some(({ kind }) => kind === 'anybody');
  const excepted: Truth = everybody ? 'yes' : account !== 'no' ? account : itself === 'yes' && caller.kind === 'identity' ? 'maybe' : itself;
  return { itself: not(excepted), account: 'no' };
}

/** A request's context, with what AWS says of the caller; what is given goes first. */
export function completeContext(caller: Caller, given: Iterable<readonly [string, readonly string[]]>): Context {
  const context = new Map<string, readonly string[]>(contextOf(caller));
  for (const [key, values] of given) { context.set(key.toLowerCase(), values); }
  return context;
}
