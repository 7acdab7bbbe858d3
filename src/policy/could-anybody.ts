import { accountOf, Caller, completeContext, contextOf, named } from './caller';
import { bindVariables, Context, covers, globKindOf, variablesIn } from './compare';
import { conditionKey } from './condition-keys';
import { Constraint, isMet, Mode, solveKey } from './constraints';
import { decide, fits, Policies, Request } from './decide';
import { Domain, domainOf, liftAccount, principalShape } from './domains';
import { glob, HOLE } from './glob';
import { findText } from './search';
import { Condition, nameOf, Statement } from './statement';
import type { Truth } from './truth';
import { callerOf, Named, namedIn, Who } from './who';

/** What a request has for sure of condition keys in lower case; `undefined` where it is for sure without one. */
export type Given = ReadonlyMap<string, readonly string[] | undefined>;

/** Whether somebody could do something. */
export interface Question {
  /** Any of them. */
  readonly who: readonly Who[];
  /** Any of them, as `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** Any of these ARNs. */
  readonly resources: readonly string[];
  /** The account that owns the resources. */
  readonly account: string;
  readonly given?: Given;
  /** What policies of the own account allow the caller: everything, as its administrators could, or nothing. Those of other accounts may allow everything. */
  readonly identity: 'everything' | 'nothing';
  /** Condition keys, in lower case, for which nothing counts that a policy names exactly. */
  readonly fresh?: RegExp;
  /** Policies that do not allow the same: what one allows and another does not. */
  readonly notBy?: Policies;
}

export type Answer =
  | { readonly answer: 'yes'; readonly witness: Request; readonly who: Who; readonly statement?: Statement }
  | { readonly answer: 'no'; readonly reason: string; readonly statement?: Statement }
  | { readonly answer: 'unknown'; readonly reason: string; readonly statement?: Statement; readonly witness?: Request; readonly who?: Who };

const EVERYTHING: Statement = {
  position: 1, effect: 'Allow', actions: { negated: false, items: ['*'] }, resources: { negated: false, items: ['*'] }, conditions: [],
};

/**
 * Whether anybody whom a question means could do what it asks, as far as these policies tell: with a request that would be allowed, or why
 * there is none. What the policies leave unknown is taken once against access and once for it; where the answers differ, it is unknown.
 */
export function couldAnybody(question: Question, policies: Policies): Answer {
  const search = new Search(question, policies);
  const sure = search.run('for sure');
  if (sure.found) { return { answer: 'yes', ...sure.found }; }
  const best = search.isKnown && !sure.isOpen ? sure : search.run('at best');
  if (best.found) { return { answer: 'unknown', reason: reasonOf(best.found), ...best.found }; }
  if (sure.isOpen || best.isOpen) { return { answer: 'unknown', reason: search.unknownKey ?? 'the conditions depend on one another in too many ways' }; }
  return { answer: 'no', reason: best.reason, statement: best.blocker };
}

function reasonOf({ statement, unknown }: Found): string {
  return unknown?.unknown ?? statement?.unknown ?? 'a condition cannot be judged';
}

interface Found {
  readonly witness: Request;
  readonly who: Who;
  readonly statement?: Statement;
  /** A statement that is not known in full. */
  readonly unknown?: Statement;
}

interface Outcome {
  readonly found?: Found;
  readonly isOpen: boolean;
  readonly reason: string;
  readonly blocker?: Statement;
}

/** More ways to get past the denials of one policy than anybody writes. */
const MOST_WAYS = 3000;

function allOf({ resource = [], identity, boundary }: Policies): readonly Statement[] {
  return !identity && !boundary ? resource : [...resource, ...identity ?? [], ...boundary ?? []];
}

class Search {
  public readonly isKnown: boolean;
  /** A condition key that no table has, in words. */
  public readonly unknownKey?: string;
  private readonly named: Named;
  private readonly statements: readonly Statement[];
  private mode: Mode = 'for sure';
  private isOpen = false;
  private ways = 0;
  private blocker?: Statement;
  private nearest?: Statement;

  constructor(private readonly question: Question, private readonly policies: Policies) {
    this.statements = allOf(policies);
    const involved = question.notBy ? [...this.statements, ...allOf(question.notBy)] : this.statements;
    this.named = namedIn(involved, question.account);
    const strange = involved.flatMap(({ conditions }) => conditions).find(({ key, operator }) => operator.family !== 'unknown' && !conditionKey(key));
    this.unknownKey = strange && `it is not known who sets the condition key ${strange.key}`;
    this.isKnown = !involved.some(({ unknown, conditions, effect, principals }) => unknown !== undefined || effect === 'unknown' || principals?.negated
      || conditions.some(({ key, operator }) => operator.family === 'unknown' || (!conditionKey(key)) || (conditionKey(key)?.many && operator.quantifier === undefined)));
  }

  public run(mode: Mode): Outcome {
    [this.mode, this.isOpen, this.ways, this.blocker, this.nearest] = [mode, false, 0, undefined, undefined];
    for (const who of this.question.who) {
      const caller = callerOf(who, this.named);
      if (this.allowsOf(caller, () => 'yes').length === 0) { continue; }
      const context = completeContext(caller, []);
      for (const action of this.question.actions) {
        for (const resource of this.question.resources) {
          const found = this.asked({ who, caller, action, resource }, context);
          if (found) { return { found, isOpen: this.isOpen, reason: '' }; }
        }
      }
    }
    return { isOpen: this.isOpen, ...this.whyNot() };
  }

  private whyNot(): { reason: string; blocker?: Statement } {
    if (this.blocker) { return { reason: `${nameOf(this.blocker)} denies it`, blocker: this.blocker }; }
    return this.nearest ? { reason: `nobody else meets the conditions of ${nameOf(this.nearest)}`, blocker: this.nearest } : { reason: 'no statement allows it' };
  }

  /** One kind of caller, one action, one resource. */
  private asked(request: Ask, context: Context): Found | undefined {
    const { who, caller, action, resource } = request;
    const isAbout = (statement: Statement) => this.fitsElements(statement, action, resource, context);
    const allows = this.allowsOf(caller, isAbout);
    if (allows.length === 0) { return undefined; }
    const denies = this.statements.filter((statement) => statement.effect !== 'Allow' && this.isDenied(statement, caller, isAbout));
    const final = denies.find(({ conditions }) => conditions.length === 0);
    if (final) { this.blocker = final; return undefined; }
    for (const allow of allows) {
      if (allow && allow.conditions.length > 0) { this.nearest = allow; }
      for (const other of this.waysNotToBeAllowed(caller, isAbout)) {
        const needed = [...allow?.conditions ?? [], ...other.holds].map((condition) => ({ condition, wanted: true }));
        const found = this.past([...denies, ...other.broken], needed, request);
        if (found) { return { witness: found, who, statement: allow, unknown: [allow, ...denies].find((each) => each?.unknown) }; }
      }
    }
    return undefined;
  }

  /** How the other policies, where there are any, do not allow the same: none of their statements does, or one denies it. */
  private waysNotToBeAllowed(caller: Caller, isAbout: (statement: Statement) => Truth): Way[] {
    const { notBy } = this.question;
    const identity = this.identityOf(caller);
    if (!notBy) { return [{ holds: [], broken: [] }]; }
    const relevant = (notBy.resource ?? []).filter((statement) => isAbout(statement) !== 'no');
    const isNamed = (statement: Statement, levels: ReadonlyArray<'itself' | 'account'>) => levels.some((level) => named(statement.principals, caller)[level] !== 'no');
    const allows = relevant.filter((statement) => statement.effect !== 'Deny' && isNamed(statement, identity === 'everything' ? ['itself', 'account'] : ['itself']));
    const denies = relevant.filter((statement) => statement.effect === 'Deny' && isNamed(statement, ['itself', 'account']));
    const byDenial = denies.map(({ conditions }) => ({ holds: conditions, broken: [] }));
    return allows.some(({ conditions }) => conditions.length === 0) ? byDenial : [{ holds: [], broken: allows }, ...byDenial];
  }

  private fitsElements({ actions, resources }: Statement, action: string, resource: string, context: Context): Truth {
    const about = fits(actions, (pattern) => covers(pattern, action.toLowerCase(), 'text', context));
    if (about === 'no' || !resources) { return about; }
    // Which variables a resource has is found out with the rest of the request.
    const open = (pattern: string) => (variablesIn(pattern).length > 0 ? pattern.replace(/\$\{[^}]*:[^}]*\}/g, HOLE) : pattern);
    const where = fits(resources, (pattern) => covers(open(pattern), resource, 'resource', context));
    return where === 'no' || about === 'yes' ? where : about;
  }

  private isOwn(caller: Caller): boolean {
    return accountOf(caller) === this.question.account;
  }

  private identityOf(caller: Caller): 'everything' | 'nothing' {
    return this.isOwn(caller) ? this.question.identity : 'everything';
  }

  private counts(truth: Truth): boolean {
    return truth === 'yes' || (truth === 'maybe' && this.mode === 'at best');
  }

  /** The statements by which a caller could be allowed; `undefined` where nothing but its own policies is needed. */
  private allowsOf(caller: Caller, isAbout: (statement: Statement) => Truth): Array<Statement | undefined> {
    const isOwn = this.isOwn(caller);
    const identity = this.identityOf(caller);
    const byPolicy = (this.policies.resource ?? []).filter((statement) => {
      if (statement.effect === 'Deny' || !this.counts(statement.effect === 'unknown' ? 'maybe' : 'yes')) { return false; }
      const who = named(statement.principals, caller);
      const isEnough = this.counts(who.itself) || (this.counts(who.account) && (identity === 'everything' || (isOwn && caller.kind === 'identity' && caller.arn.endsWith(':root'))));
      return isEnough && this.counts(isAbout(statement));
    });
    const alone = isOwn && !this.policies.isKey;
    if (alone && identity === 'everything') { return [undefined]; }
    const byIdentity = alone ? (this.policies.identity ?? []).filter((statement) => statement.effect !== 'Deny' && this.counts(statement.effect === 'unknown' ? 'maybe' : 'yes') && this.counts(isAbout(statement))) : [];
    return [...byPolicy, ...byIdentity];
  }

  private isDenied(statement: Statement, caller: Caller, isAbout: (statement: Statement) => Truth): boolean {
    const holdsFor = (truth: Truth) => truth === 'yes' || (truth === 'maybe' && this.mode === 'for sure');
    const { itself, account } = named(statement.principals, caller);
    return holdsFor(statement.effect === 'unknown' ? 'maybe' : 'yes') && (holdsFor(itself) || holdsFor(account)) && holdsFor(isAbout(statement));
  }

  /** Breaks one condition of each Deny, in every combination until one can be met. */
  private past(denies: readonly Statement[], needed: readonly Constraint[], ask: Ask): Request | undefined {
    if (++this.ways > MOST_WAYS) { this.isOpen = true; return undefined; }
    const [deny, ...rest] = denies;
    if (!deny) { return this.solve(needed, ask); }
    for (const condition of deny.conditions) {
      const found = this.past(rest, [...needed, { condition, wanted: false }], ask);
      if (found) { return found; }
    }
    this.blocker = deny;
    return undefined;
  }

  /** Finds a context that meets all constraints, key by key: first who calls, then what other values refer to. */
  private solve(constraints: readonly Constraint[], ask: Ask): Request | undefined {
    const isLater = (each: Constraint) => refersToWhatIsChosen(each) && (ask.caller.kind === 'identity' || !OF_CALLER.has(each.condition.key));
    const [later, sooner] = [constraints.filter(isLater), constraints.filter((each) => !isLater(each))];
    const ofCaller = sooner.filter(({ condition: { key } }) => OF_CALLER.has(key));
    const caller = ask.caller.kind === 'identity' && ofCaller.length > 0 ? this.solveCaller(ofCaller, ask) : ask.caller;
    if (!caller) { return undefined; }
    const byKey = new Map<string, Constraint[]>();
    const referred = new Set<string>();
    for (const { condition: { key, values } } of constraints) {
      values.flatMap(variablesIn).forEach((variable) => referred.add(variable));
      if (later.some(({ condition }) => condition.key === key) && !OF_CALLER.has(key) && !byKey.has(key)) { byKey.set(key, []); }
    }
    for (const constraint of sooner) {
      const { key } = constraint.condition;
      if (!(caller.kind === 'identity' && OF_CALLER.has(key))) { byKey.set(key, [...(byKey.get(key) ?? []), constraint]); }
    }
    const known = new Map(contextOf(caller));
    for (const variable of referred) { if (!byKey.has(variable) && !known.has(variable)) { byKey.set(variable, []); } }
    const order = [...byKey.keys()].sort((a, b) => Number(referred.has(b)) - Number(referred.has(a)));
    const context = this.fill({ byKey, referred, later, ask, ofCaller: [...known.values()].flat() }, order, completeContext(caller, []));
    const { action, resource } = ask;
    return context && this.confirmed({ caller: calledBy(caller, context), action, resource, account: this.question.account, context });
  }

  private fill(task: Task, order: readonly string[], context: Context): Context | undefined {
    const { byKey, referred, later, ask } = task;
    const [key, ...rest] = order;
    if (key === undefined) {
      if (later.every((constraint) => isMet(constraint, context, this.mode))) { return context; }
      this.isOpen = true;
      return undefined;
    }
    const constraints = byKey.get(key)!;
    const domain = this.domain(key, ask);
    if (!domain) {
      // No table has this key: whether it limits anybody is not known.
      return this.mode === 'at best' ? this.fill(task, rest, context) : undefined;
    }
    const solved = solveKey(key, constraints, domain, context, this.mode, referred.has(key));
    if (solved === 'open') { this.isOpen = true; }
    const first = typeof solved === 'object' ? [solved.value] : [];
    for (const value of referred.has(key) ? [...first, ...this.others(key, constraints, domain, task, context)] : first) {
      const next = new Map(context);
      if (value) { next.set(key, value); } else { next.delete(key); }
      const found = this.fill(task, rest, next);
      if (found) { return found; }
    }
    if (referred.has(key) && first.length > 0 && domain.only === undefined && domain.mayBe) { this.isOpen = true; }
    return undefined;
  }

  /** Other values to try for a key to which values of other keys refer: those that are named anywhere, and none at all. */
  private others(key: string, constraints: readonly Constraint[], domain: Domain, task: Task, context: Context): Array<string[] | undefined> {
    if (!domain.mayBe) { return []; }
    const inPolicies = [...task.byKey.values()].flat().flatMap(({ condition }) => condition.values);
    const written = task.later.length > 0 ? [...inPolicies, ...task.ofCaller] : inPolicies;
    const plain = written.filter((value) => variablesIn(value).length === 0 && !value.includes(HOLE));
    const values = domain.only ?? [...new Set(plain)].filter((value) => {
      const matches = (pattern: { matches(text: string): boolean }) => pattern.matches(value);
      return (!domain.shapes || domain.shapes.some(matches)) && !domain.except?.some(matches);
    });
    const candidates = [...values.map((value) => [value]), ...(domain.mayMiss ? [undefined] : [])];
    return candidates.filter((value) => {
      const tried = new Map(context);
      if (value) { tried.set(key, value); } else { tried.delete(key); }
      return constraints.every((constraint) => isMet(constraint, tried, this.mode));
    });
  }

  private domain(key: string, { who, action }: Ask): Domain | undefined {
    const { given, fresh, account } = this.question;
    if (given?.has(key)) {
      const value = given.get(key);
      return value === undefined ? { mayMiss: true, mayBe: false } : { mayMiss: false, mayBe: true, exactly: value };
    }
    const domain = domainOf(key, who, action, this.named, account);
    if (!domain || !fresh?.test(key)) { return domain; }
    return { ...domain, except: [...domain.except ?? [], ...[...this.named.values.get(key) ?? []].map((value) => glob(value, 'literal')!)] };
  }

  /** A principal whose ARN and account meet their conditions. */
  private solveCaller(constraints: readonly Constraint[], { who, caller }: Ask): Caller | undefined {
    const meets = (each: Caller) => constraints.every((constraint) => isMet(constraint, completeContext(each, []), this.mode));
    if (meets(caller)) { return caller; }
    if (who.arn !== undefined) { return undefined; }
    const context = completeContext(caller, []);
    const { shapes = [], except = [] } = principalShape(who, this.named);
    const [all, none] = [[shapes], [...except]];
    for (const { condition: { key, operator, values }, wanted } of constraints) {
      const kind = globKindOf(operator);
      if (!kind) { continue; }
      const isAmong = wanted !== operator.negated;
      const globs = values.flatMap((value) => {
        const bound = bindVariables(value, context);
        const pattern = bound === undefined ? undefined : glob(bound, kind);
        if (!pattern || (pattern.hasHole && isAmong !== (this.mode === 'at best'))) { return []; }
        return [key === 'aws:principalarn' ? pattern : liftAccount(pattern)];
      });
      if (isAmong) { all.push(globs); } else { none.push(...globs); }
    }
    const found = findText({ all, none });
    if (found === 'too hard') { this.isOpen = true; }
    if (found === undefined || found === 'too hard') { return undefined; }
    const solved: Caller = { kind: 'identity', arn: found.text };
    return meets(solved) ? solved : undefined;
  }

  /** A witness is believed only if the policies allow it when they are asked about it alone. */
  private confirmed(request: Omit<Request, 'context'> & { readonly context: Context }): Request | undefined {
    const given = new Map(request.context);
    for (const [key] of contextOf(request.caller)) { given.delete(key); }
    for (const [key, value] of this.question.given ?? []) { if (value) { given.set(key, value); } else { given.delete(key); } }
    const witness = { ...request, context: given };
    const identity = this.identityOf(request.caller) === 'everything' ? [EVERYTHING, ...this.policies.identity ?? []] : this.policies.identity;
    const { verdict } = decide(witness, { ...this.policies, identity });
    const { notBy } = this.question;
    if (notBy && decide(witness, { ...notBy, identity }).verdict === 'allowed') { return undefined; }
    if (verdict === 'allowed' || (verdict === 'unknown' && this.mode === 'at best')) { return witness; }
    this.isOpen = true;
    return undefined;
  }
}

/** A service of which only the conditions say which one it is. */
function calledBy(caller: Caller, context: Context): Caller {
  const [name] = context.get('aws:principalservicename') ?? [];
  return caller.kind === 'service' && name !== undefined ? { kind: 'service', name } : caller;
}

/** What keeps other policies from allowing a request: conditions that hold, and statements of which a condition does not. */
interface Way {
  readonly holds: readonly Condition[];
  readonly broken: readonly Statement[];
}

type ByKey = ReadonlyMap<string, readonly Constraint[]>;

/** What is looked for: values of some keys. */
interface Task {
  readonly byKey: ByKey;
  /** Keys to which values of others refer. */
  readonly referred: ReadonlySet<string>;
  /** Constraints that are judged once all keys have their values. */
  readonly later: readonly Constraint[];
  readonly ask: Ask;
  /** What is known of the caller: tags may be chosen to be the same. */
  readonly ofCaller: readonly string[];
}

/** Whether who calls is compared with a tag that the caller chooses, or a key with itself: neither can be known first. */
function refersToWhatIsChosen({ condition: { key, values } }: Constraint): boolean {
  const variables = values.flatMap(variablesIn);
  return variables.includes(key) ? !OF_CALLER.has(key) : OF_CALLER.has(key) && variables.some((variable) => !FROM_CALLER.has(variable));
}

interface Ask {
  readonly who: Who;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
}

/** The keys that AWS derives from the ARN of a principal. */
const OF_CALLER = new Set(['aws:principalarn', 'aws:principalaccount', 'kms:calleraccount']);
/** The same, and what else is known as soon as it is known who calls. */
const FROM_CALLER = new Set([...OF_CALLER, 'aws:principaltype', 'aws:principalisawsservice', 'aws:principalservicename']);
