import { accountOf, Caller, contextOf, named, Named as NamedBy } from './caller';
import type { Context } from './compare';
import type { Mode } from './constraints';
import { Policies, sparesNobodyWithBoundary } from './decide';
import type { Question } from './question';
import type { Statement } from './statement';
import type { Truth } from './truth';
import { callerOf, Named, Who } from './who';

/** A kind of caller, and how the statements name it: by their places among all. */
export interface Side {
  readonly who: Who;
  readonly caller: Caller;
  readonly context: Context;
  /** What policies of its own account allow it. */
  readonly identity: 'everything' | 'nothing';
  /** The statements by which it could be allowed; `NO_STATEMENT` where nothing but its own policies is needed. */
  readonly allows: readonly number[];
  /** The statements by which it could be denied. */
  readonly denies: readonly number[];
}

export const NO_STATEMENT = -1;

/** What of a question and its policies says how callers are named. */
export interface Setting extends Pick<Question, 'account' | 'identity'> {
  readonly policies: Policies;
  readonly mode: Mode;
  readonly named: Named;
}

/** Whether what holds, or may hold, counts as granting access. */
export function countsFor(truth: Truth, mode: Mode): boolean {
  return truth === 'yes' || (truth === 'maybe' && mode === 'at best');
}

/** The same of what denies it. */
export function countsAgainst(truth: Truth, mode: Mode): boolean {
  return truth === 'yes' || (truth === 'maybe' && mode === 'for sure');
}

/** How the statements name kinds of callers; `named` is what they name themselves. Many questions are about the same statements and callers. */
export function sidesOf(statements: readonly Statement[], setting: Setting): (who: Who) => Side {
  const { account, identity, mode, policies: { isKey } } = setting;
  const key = `${account} ${identity} ${mode} ${isKey === true}`;
  const bySetting = known.get(statements) ?? new Map<string, Map<Who, Side>>();
  known.set(statements, bySetting);
  const sides = bySetting.get(key) ?? new Map<Who, Side>();
  bySetting.set(key, sides);
  return (who) => {
    const side = sides.get(who) ?? findSide(who, statements, setting);
    sides.set(who, side);
    return side;
  };
}

const known = new WeakMap<readonly Statement[], Map<string, Map<Who, Side>>>();

export function findSide(who: Who, statements: readonly Statement[], setting: Setting): Side {
  const caller = callerOf(who, setting.named);
  const isOwn = accountOf(caller) === setting.account;
  const identity = isOwn ? setting.identity : 'everything';
  const hasBoundary = setting.policies.boundary !== undefined;
  const names = statements.map((statement) => (hasBoundary && sparesNobodyWithBoundary(statement) ? NAMED : named(statement.principals, caller)));
  const denies: number[] = [];
  statements.forEach((statement, at) => { if (mayDeny(statement, names[at], setting.mode)) { denies.push(at); } });
  return { who, caller, identity, context: contextOf(caller), allows: allowsOf(caller, isOwn, identity, { names, statements, setting }), denies };
}

const NAMED: NamedBy = { itself: 'yes', account: 'no' };

interface Looked {
  readonly names: readonly NamedBy[];
  readonly statements: readonly Statement[];
  readonly setting: Setting;
}

function allowsOf(caller: Caller, isOwn: boolean, identity: Side['identity'], { names, statements, setting: { policies, mode } }: Looked): number[] {
  const alone = isOwn && !policies.isKey;
  if (alone && identity === 'everything') { return [NO_STATEMENT]; }
  const throughAccount = identity === 'everything' || (isOwn && caller.kind === 'identity' && caller.arn.endsWith(':root'));
  const [ofResource, ofIdentity] = [policies.resource?.length ?? 0, policies.identity?.length ?? 0];
  const allows: number[] = [];
  for (let at = 0; at < (alone ? ofResource + ofIdentity : ofResource); at++) {
    const { itself, account } = names[at];
    const isEnough = at >= ofResource || countsFor(itself, mode) || (throughAccount && countsFor(account, mode));
    if (isEnough && mayAllow(statements[at], mode)) { allows.push(at); }
  }
  return allows;
}

function mayAllow({ effect }: Statement, mode: Mode): boolean {
  return effect !== 'Deny' && countsFor(effect === 'unknown' ? 'maybe' : 'yes', mode);
}

function mayDeny({ effect }: Statement, { itself, account }: NamedBy, mode: Mode): boolean {
  return effect !== 'Allow' && countsAgainst(effect === 'unknown' ? 'maybe' : 'yes', mode) && (countsAgainst(itself, mode) || countsAgainst(account, mode));
}
