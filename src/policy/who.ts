import type { Caller } from './caller';
import { HOLE } from './glob';
import type { Statement } from './statement';

/** A kind of caller, about whom a question asks: all of them at once. */
export interface Who {
  readonly kind: 'role' | 'user' | 'root' | 'anonymous' | 'service' | 'canonical';
  /** The account, of a service that for which it acts; `undefined` where it is any account that no policy names. */
  readonly account?: string;
  /** Of a principal that is meant by its ARN. */
  readonly arn?: string;
  /** Of a service. */
  readonly service?: string;
  /** The canonical user ID of an account, or the ARN of an origin access identity. */
  readonly canonicalId?: string;
  /**
   * Whether it is a stranger: in no account, organization, network and for no resource that a policy names exactly. What a policy leaves
   * open, a stranger has.
   */
  readonly isStranger: boolean;
}

/** An account number that stands for everybody else's. */
export function strangersAccount(named: Named): string {
  return ['999999999999', '888888888888', '777777777777', '666666666666', '555555555555'].find((account) => !named.accounts.has(account)) ?? '314159265358';
}

/** A caller as concrete as it can be before conditions are looked at. */
export function callerOf(who: Who, named: Named): Caller {
  const account = who.account ?? strangersAccount(named);
  switch (who.kind) {
    case 'anonymous': return { kind: 'anonymous' };
    case 'service': return { kind: 'service', name: who.service ?? 'any-service.amazonaws.com' };
    case 'canonical': return { kind: 'canonical', name: who.canonicalId! };
    case 'root': return { kind: 'identity', arn: `arn:aws:iam::${account}:root` };
    default: return { kind: 'identity', arn: who.arn ?? `arn:aws:iam::${account}:${who.kind}/any-${who.kind}` };
  }
}

/** Everybody who is no one in particular, with credentials and without; services call for the strangers who use them. */
export const STRANGERS: readonly Who[] = (['role', 'user', 'root', 'anonymous', 'service'] as const).map((kind) => ({ kind, isStranger: true }));

/** Everybody of an account, as far as no policy names them. */
export function everybodyIn(account: string): readonly Who[] {
  const known = ofAccounts.get(account) ?? (['role', 'user', 'root'] as const).map((kind): Who => ({ kind, account, isStranger: false }));
  if (ofAccounts.size > MOST_ACCOUNTS) { ofAccounts.clear(); }
  ofAccounts.set(account, known);
  return known;
}

/** The same object for the same callers: what is found out about them is found out once. */
const ofAccounts = new Map<string, readonly Who[]>();
const MOST_ACCOUNTS = 500;

/** A principal by its ARN. */
export function principalWho(arn: string): Who {
  const [, , , , account, resource] = arn.split(':');
  return { kind: resource === 'root' ? 'root' : resource?.startsWith('user/') ? 'user' : 'role', account, arn, isStranger: false };
}

/** What policies name exactly: whoever is none of it is a stranger. */
export interface Named {
  readonly accounts: ReadonlySet<string>;
  /** ARNs of principals. */
  readonly principals: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly canonicalIds: ReadonlySet<string>;
  /** Key in lower case → the values that stand there without a wildcard. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those of the values that are compared without case. */
  readonly anyCase: ReadonlySet<string>;
}

/** Account numbers in a text, where they stand for themselves: not as a part of a longer number. */
const ACCOUNT = /(?<![\w-])\d{12}(?![\w-])/g;

/** An organization or the unique id of a role or user, before what belongs to it. */
const OWNER = /^(o-[a-z0-9]+\/|A[A-Z0-9]{7,}(?=:))/;

/** What names one thing all the same: a bucket, whose ARN has neither Region nor account; a service in each Region. */
const ONE_OF_ALL = /^arn:[^:]*:s3:\*?:\*?:[^*?/]+$|^[a-z0-9-]+\.\*\.amazonaws\.com$/;

export function namedIn(statements: readonly Statement[], ownAccount: string): Named {
  const known = remembered.get(statements);
  if (known?.ownAccount === ownAccount) { return known.named; }
  const named = findNamed(statements, ownAccount);
  remembered.set(statements, { ownAccount, named });
  return named;
}

/** Many questions are asked about the same statements. */
const remembered = new WeakMap<readonly Statement[], { readonly ownAccount: string; readonly named: Named }>();

function findNamed(statements: readonly Statement[], ownAccount: string): Named {
  const accounts = new Set([ownAccount]);
  const [principals, services, canonicalIds] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [values, anyCase] = [new Map<string, Set<string>>(), new Set<string>()];
  const addAccounts = (text: string) => { for (const [account] of text.matchAll(ACCOUNT)) { accounts.add(account); } };
  for (const { principals: element, conditions } of statements) {
    for (const { kind, name } of element?.items ?? []) {
      addAccounts(name);
      if (kind === 'arn' && !name.includes(HOLE)) { principals.add(name); }
      if (kind === 'service' && !name.includes(HOLE)) { services.add(name); }
      if (kind === 'canonical') { canonicalIds.add(name); }
    }
    for (const { key, operator, values: written } of conditions) {
      for (const value of written) {
        addAccounts(value);
        if (operator.comparison === 'ignoring case') { anyCase.add(value); }
        if (/[*?]|\$\{/.test(value) || value.includes(HOLE)) {
          // All of an organization, all sessions of a role: whose they are is named.
          const [owner] = ONE_OF_ALL.exec(value) ?? OWNER.exec(value) ?? [];
          if (owner !== undefined) { values.set(key, (values.get(key) ?? new Set()).add(owner)); }
          continue;
        }
        values.set(key, (values.get(key) ?? new Set()).add(value));
        if (key === 'aws:principalarn' && /^arn:[^:]*:(iam|sts)::\d{12}:./.test(value)) { principals.add(value); }
      }
    }
  }
  return { accounts, principals, services, canonicalIds, values, anyCase };
}
