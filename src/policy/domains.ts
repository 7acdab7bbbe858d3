import { ConditionKey, conditionKey, Shape } from './condition-keys';
import { Glob, glob, Token } from './glob';
import { OWN_ORGANIZATION } from './physical-names';
import type { Named, Who } from './who';

/** What a key may hold in a request of somebody. */
export interface Domain {
  /** Whether a request may be without it. */
  readonly mayMiss: boolean;
  /** Whether a request may have it. */
  readonly mayBe: boolean;
  /** The only values that it may have, one of them. */
  readonly only?: readonly string[];
  /** The values that it has, all of them. */
  readonly exactly?: readonly string[];
  /** Of texts: patterns, of which a value matches one. */
  readonly shapes?: readonly Glob[];
  /** Of texts: what a value does not match, because only somebody who is named has it. */
  readonly except?: readonly Glob[];
  /** Of times: the earliest, in seconds since 1970. */
  readonly since?: number;
  /** Of addresses: whether a narrow range counts as a limit. */
  readonly isLimitedByAddress?: boolean;
}

const FREE: Domain = { mayMiss: true, mayBe: true };
const MISSING: Domain = { mayMiss: true, mayBe: false };

const DIGITS = '0123456789';
/** What names are made of; nothing that parts an ARN. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_+=.@-';

const one = (only: string): Token => ({ only, many: false });
const text = (literal: string): Token[] => [...literal].map(one);
const many = (only?: string): Token => ({ ...(only ? { only } : {}), many: true });
const TWELVE_DIGITS: Token[] = Array.from({ length: 12 }, () => one(DIGITS));
const NO_COLON: Token = { except: ':', many: true };

/** A pattern made of tokens. */
function shape(...tokens: Token[]): Glob {
  const expression = new RegExp(`^${tokens.map(({ only, except, many: repeated }) => `${only ? `[${only.replace(/[\\\]^-]/g, '\\$&')}]` : except ? `[^${except}]` : '[^]'}${repeated ? '*' : ''}`).join('')}$`);
  return { source: expression.source, tokens, hasHole: false, matches: (value) => expression.test(value) };
}

const arn = (service: Token[], account: Token[], ...resource: Token[]) => shape(...text('arn:'), NO_COLON, one(':'), ...service, one(':'), NO_COLON, one(':'), ...account, one(':'), ...resource);
const ANY_NAME: Token[] = [one(LETTERS), many(LETTERS)];

/** The ARN of something in an account, for which a service acts. */
const sourceIn = (account: string) => arn([one(LETTERS), NO_COLON], text(account), one(LETTERS), many());

const SHAPES: Readonly<Record<Exclude<Shape, 'principal type'>, readonly Glob[]>> = {
  'account': [shape(...TWELVE_DIGITS)],
  'organization': [shape(...text('o-'), ...ANY_NAME)],
  'organization path': [shape(...text('o-'), ...ANY_NAME, ...text('/r-'), many())],
  'organization path of resource': [shape(...text('o-'), ...ANY_NAME, one('/'), many())],
  'vpc': [shape(...text('vpc-'), ...ANY_NAME)],
  'vpc arn': [arn(text('ec2'), TWELVE_DIGITS, ...text('vpc/'), many())],
  'endpoint': [shape(...text('vpce-'), ...ANY_NAME)],
  'user id': [shape(one('A'), many(), one(':'), many()), shape(one('A'), many(LETTERS))],
  'arn of own account': [arn([NO_COLON], TWELVE_DIGITS, one(LETTERS), many())],
  'source arn': [arn([one(LETTERS), NO_COLON], TWELVE_DIGITS, one(LETTERS), many()), arn([one(LETTERS), NO_COLON], [], one(LETTERS), many())],
  'service': [shape(...ANY_NAME, ...text('.amazonaws.com'))],
  'via service': [shape(...ANY_NAME, ...text('.amazonaws.com'))],
  'calling service': [shape(...ANY_NAME, ...text('.amazonaws.com'))],
  'key arn': [arn(text('kms'), TWELVE_DIGITS, ...text('key/'), many())],
  'identity arn': [arn(text('iam'), TWELVE_DIGITS, one(LETTERS), many())],
};

/** What a key may hold in a request of somebody; `undefined` where nothing is known of the key. */
export function domainOf(name: string, who: Who, action: string, named: Named, ownAccount: string): Domain | undefined {
  const key = conditionKey(name);
  if (!key) { return undefined; }
  if (key.sentWith && !key.sentWith.includes(action.toLowerCase())) { return MISSING; }
  const domain = byOwner(key, name, who, named, ownAccount);
  const certain = key.always && domain.mayBe ? { ...domain, mayMiss: false } : domain;
  return IS_NOW.test(name) ? { ...certain, since: EARLIEST } : certain;
}

/** When a request is made: never again on a day that is past, so that a Deny since then is one for good. */
const IS_NOW = /^aws:(currenttime|epochtime)$/;
const EARLIEST = Date.UTC(2026, 0, 1) / 1000;

function byOwner(key: ConditionKey, name: string, who: Who, named: Named, ownAccount: string): Domain {
  switch (key.owner) {
    case 'account': return ofAccount(key, name, who, named);
    case 'service': return who.kind === 'service' ? ofService(key, name, who, named) : MISSING;
    case 'network': return ofNetwork(key, name, who, named);
    case 'request': return key.shape === 'account' ? { mayMiss: false, mayBe: true, only: [ownAccount] } : FREE;
    case 'caller':
      if (OF_IDENTITIES.test(name) && !isIdentity(who)) { return MISSING; }
      if (name === 'aws:username' && who.kind !== 'user') { return MISSING; }
      if (name === 'aws:federatedprovider' && who.isStranger) { return { ...FREE, except: [...named.accounts].flatMap((account) => ofAccountNumber(account, 'in its place')) }; }
      return isContextOfService(name, who) ? notNamed(FREE, name, named, reachOf(key, who)) : FREE;
  }
}

/** Keys that only requests of roles and users have. */
const OF_IDENTITIES = /^(aws:(principaltag\/|username|multifactorauth|sourceidentity|federatedprovider)|(ec2|glue):)/;

const isIdentity = ({ kind }: Who) => kind !== 'anonymous' && kind !== 'service';

/** A service names its own resource in the encryption context, and nobody who uses it chooses that. */
function isContextOfService(name: string, who: Who): boolean {
  return who.kind === 'service' && who.isStranger && name.startsWith('kms:encryptioncontext:');
}

function ofAccount(key: ConditionKey, name: string, who: Who, named: Named): Domain {
  if (name === 'aws:principalisawsservice') { return who.kind === 'anonymous' ? MISSING : { mayMiss: false, mayBe: true, only: [String(who.kind === 'service')] }; }
  if (key.shape === 'principal type') { return typeOf(who); }
  if (name === 'kms:calleraccount' && who.kind === 'service') { return who.isStranger ? notNamed(shaped(key), name, named) : FREE; }
  if (!isIdentity(who)) { return MISSING; }
  // A truth names nobody: it is a stranger's too.
  return who.isStranger && key.type !== 'boolean' ? notNamed(shaped(key), name, named, reachOf(key, who)) : FREE;
}

function typeOf({ kind }: Who): Domain {
  const type = { role: 'AssumedRole', user: 'User', root: 'Account', anonymous: 'Anonymous', service: undefined, canonical: undefined }[kind];
  return type === undefined ? MISSING : { mayMiss: false, mayBe: true, only: [type] };
}

function ofService(key: ConditionKey, name: string, who: Who, named: Named): Domain {
  if (who.account !== undefined && key.shape === 'account') { return { mayMiss: true, mayBe: true, only: [who.account] }; }
  if (who.account !== undefined && key.shape === 'source arn') { return { ...FREE, shapes: [sourceIn(who.account)] }; }
  if (key.shape === 'service') { return who.service === undefined ? shaped(key) : { mayMiss: false, mayBe: true, only: [who.service] }; }
  return who.isStranger ? notNamed(shaped(key), name, named, reachOf(key, who)) : FREE;
}

function ofNetwork(key: ConditionKey, name: string, who: Who, named: Named): Domain {
  if (!who.isStranger) { return FREE; }
  // Services come through no endpoint of anybody, and not from an address of the caller.
  if (who.kind === 'service' && key.shape !== 'key arn') { return MISSING; }
  // Whether it comes through what only the own network has.
  if (key.type === 'boolean') { return { ...FREE, only: ['false'] }; }
  return key.type === 'address' ? { ...FREE, isLimitedByAddress: true } : notNamed(shaped(key), name, named, reachOf(key, who));
}

function shaped({ shape: kind }: ConditionKey): Domain {
  return kind && kind !== 'principal type' ? { ...FREE, shapes: SHAPES[kind] } : FREE;
}

/** The same without what is named: a stranger has none of it. */
function notNamed(domain: Domain, name: string, named: Named, reach: Reach = 'in its place'): Domain {
  const byReach = namedGlobs.get(named) ?? new Map<Reach, Map<string, readonly Glob[]>>();
  namedGlobs.set(named, byReach);
  const byName = byReach.get(reach) ?? new Map<string, readonly Glob[]>();
  byReach.set(reach, byName);
  const except = byName.get(name) ?? whatIsNamed(name, named, reach);
  byName.set(name, except);
  return { ...domain, except };
}

/** Many questions are asked about the same policies. */
const namedGlobs = new WeakMap<Named, Map<Reach, Map<string, readonly Glob[]>>>();

function whatIsNamed(name: string, named: Named, reach: Reach): Glob[] {
  return [
    ...[...named.values.get(name) ?? []].flatMap((value) => belongingTo(value, named)),
    ...[...named.accounts].flatMap((account) => ofAccountNumber(account, reach)),
    ...(name.endsWith('orgid') ? [glob(OWN_ORGANIZATION, 'literal')!] : []),
  ];
}

/** A value, and what belongs to whom it names: all sessions of a role, all units of an organization. */
function belongingTo(value: string, named: Named): Glob[] {
  const [organization] = /^o-[a-z0-9]+(?=\/)/.exec(value) ?? [];
  const [id] = /^A[A-Z0-9]{3,}(?=:|$)/.exec(value) ?? [];
  return [exactly(value, named), ...[...(organization ? [`${organization}/*`] : []), ...(id ? [`${id}:*`] : [])].map((pattern) => glob(pattern, 'text')!)];
}

/** What is meant by a value that names one thing. */
export function exactly(value: string, { anyCase }: Named): Glob {
  return glob(value, anyCase.has(value) ? 'ignoring case' : !value.includes('*') ? 'literal' : value.startsWith('arn:') ? 'arn' : 'text')!;
}

/** Where in an ARN the number of an account is found: a pattern that reaches over colons finds it in a name too, if names may have colons. */
type Reach = 'nowhere' | 'in its place' | 'anywhere' | 'anywhere, but for services whose names have colons';

/** Names of alarms may have colons: no other service passes an ARN with such a name. */
const NAMES_WITH_COLONS = 'cloudwatch.amazonaws.com';

function reachOf({ shape: kind, type }: ConditionKey, { service }: Who): Reach {
  // An account, an organization, an endpoint: no ARN.
  if (kind !== undefined && type === 'text') { return 'nowhere'; }
  if (kind === 'identity arn' || service === NAMES_WITH_COLONS) { return 'in its place'; }
  return kind === 'source arn' && service === undefined ? 'anywhere, but for services whose names have colons' : 'anywhere';
}

function ofAccountNumber(account: string, reach: Reach): Glob[] {
  const itself = glob(account, 'text')!;
  if (reach === 'nowhere') { return [itself]; }
  if (reach === 'anywhere') { return [itself, glob(`*:${account}:*`, 'text')!]; }
  const inPlace = glob(`arn:*:*:*:${account}:*`, 'arn')!;
  const otherService = shape(...text('arn:'), NO_COLON, one(':'), { except: `:${NAMES_WITH_COLONS[0]}`, many: false }, many(), ...text(`:${account}:`), many());
  return reach === 'in its place' ? [itself, inPlace] : [itself, inPlace, otherService];
}

/** The principal ARNs of somebody, as conditions see them. */
export function principalShape(who: Who, named: Named): Pick<Domain, 'shapes' | 'except'> {
  const account = who.account === undefined ? TWELVE_DIGITS : text(who.account);
  const kind = who.kind === 'root' ? text('root') : [...text(`${who.kind}/`), one(LETTERS), many()];
  const except = [...named.principals].map((each) => glob(each, 'literal')!);
  const accounts = who.account === undefined ? [...named.accounts].map((each) => glob(`arn:*:*:*:${each}:*`, 'arn')!) : [];
  return { shapes: [shape(...text('arn:aws:iam::'), ...account, one(':'), ...kind)], except: [...except, ...accounts] };
}

/** A pattern over account numbers as one over the principal ARNs of `principalShape`. */
export function liftAccount({ tokens, source, hasHole }: Glob): Glob {
  return { ...shape(...text('arn:aws:iam::'), ...tokens, one(':'), many()), source, hasHole };
}
