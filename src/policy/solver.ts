import { Caller, contextOf } from './caller';
import { bindVariables, Context, globKindOf, variablesIn, variablesOf } from './compare';
import { Constraint, isMet, Mode, solveKey } from './constraints';
import { Domain, domainOf, exactly, liftAccount, principalShape } from './domains';
import { glob, HOLE } from './glob';
import { isOpen, prepare, Prepared } from './named-exactly';
import type { Given } from './question';
import { findText } from './search';
import type { Named, Who } from './who';

/** One kind of caller, one action, one resource. */
export interface Ask {
  readonly who: Who;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
}

/** A caller and a context that meet what was asked for. */
export interface Solution {
  readonly caller: Caller;
  readonly context: Context;
}

/** What a solver knows of the question. */
interface Setting {
  readonly named: Named;
  readonly account: string;
  readonly given?: Given;
  readonly fresh?: RegExp;
  readonly mode: Mode;
}

/** Finds what a request may hold so that conditions hold, or do not. */
export class Solver {
  /** Whether something was not found, and it is not sure that it is not there. */
  public isOpen = false;

  constructor(private readonly setting: Setting) {}

  /** Finds a context that meets all constraints, key by key: first who calls, then what other values refer to. */
  public solve(given: readonly Constraint[], ask: Ask): Solution | undefined {
    if (given.length === 0) { return { caller: ask.caller, context: contextOf(ask.caller) }; }
    const { constraints, ofResource = [] }: Prepared = isOpen(given) ? prepare(given, ask.who, this.setting) : { constraints: given };
    const isLater = (each: Constraint) => refersToWhatIsChosen(each) && (ask.caller.kind === 'identity' || !OF_CALLER.has(each.condition.key));
    const [later, sooner] = [constraints.filter(isLater), constraints.filter((each) => !isLater(each))];
    const ofCaller = sooner.filter(({ condition: { key } }) => OF_CALLER.has(key));
    const caller = ask.caller.kind === 'identity' && ofCaller.length > 0 ? this.solveCaller(ofCaller, ask) : ask.caller;
    if (!caller) { return undefined; }
    const byKey = new Map<string, Constraint[]>();
    const referred = new Set<string>();
    for (const { condition } of constraints) {
      const { key } = condition;
      for (const variable of variablesOf(condition)) { referred.add(variable); }
      if (later.some((each) => each.condition.key === key) && !OF_CALLER.has(key) && !byKey.has(key)) { byKey.set(key, []); }
    }
    for (const constraint of sooner) {
      const { key } = constraint.condition;
      if (!(caller.kind === 'identity' && OF_CALLER.has(key))) { byKey.set(key, [...(byKey.get(key) ?? []), constraint]); }
    }
    const known = ofResource.length > 0 ? new Map([...contextOf(caller), ...ofResource]) : contextOf(caller);
    for (const variable of referred) { if (!byKey.has(variable) && !known.has(variable)) { byKey.set(variable, []); } }
    const order = [...byKey.keys()].sort((a, b) => Number(referred.has(b)) - Number(referred.has(a)));
    const context = this.fill({ byKey, referred, later, ask, ofCaller: [...known.values()].flat() }, order, known);
    return context && { caller: calledBy(caller, context), context };
  }

  private fill(task: Task, order: readonly string[], context: Context): Context | undefined {
    const { byKey, referred, later, ask } = task;
    const [key, ...rest] = order;
    if (key === undefined) {
      if (later.every((constraint) => isMet(constraint, context, this.setting.mode))) { return context; }
      this.isOpen = true;
      return undefined;
    }
    const constraints = byKey.get(key)!;
    const domain = this.domain(key, ask);
    if (!domain) {
      // No table has this key: whether it limits anybody is not known.
      return this.setting.mode === 'at best' ? this.fill(task, rest, context) : undefined;
    }
    const solved = solveKey(key, constraints, domain, context, this.setting.mode, referred.has(key));
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
      return constraints.every((constraint) => isMet(constraint, tried, this.setting.mode));
    });
  }

  private domain(key: string, { who, action }: Ask): Domain | undefined {
    const { given, fresh, account, named } = this.setting;
    if (given?.has(key)) {
      const value = given.get(key);
      return value === undefined ? { mayMiss: true, mayBe: false } : { mayMiss: false, mayBe: true, exactly: value };
    }
    const domain = domainOf(key, who, action, named, account);
    if (!domain || !fresh?.test(key)) { return domain; }
    return { ...domain, except: [...domain.except ?? [], ...[...named.values.get(key) ?? []].map((value) => exactly(value, named))] };
  }

  /** A principal whose ARN and account meet their conditions. */
  private solveCaller(constraints: readonly Constraint[], { who, caller }: Ask): Caller | undefined {
    const meets = (each: Caller) => constraints.every((constraint) => isMet(constraint, contextOf(each), this.setting.mode));
    if (meets(caller)) { return caller; }
    if (who.arn !== undefined) { return undefined; }
    const context = contextOf(caller);
    const { shapes = [], except = [] } = principalShape(who, this.setting.named);
    const [all, none] = [[shapes], [...except]];
    for (const { condition: { key, operator, values }, wanted } of constraints) {
      const kind = globKindOf(operator);
      if (!kind) { continue; }
      const isAmong = wanted !== operator.negated;
      const globs = values.flatMap((value) => {
        const bound = bindVariables(value, context);
        const pattern = bound === undefined ? undefined : glob(bound, kind);
        if (!pattern || (pattern.hasHole && isAmong !== (this.setting.mode === 'at best'))) { return []; }
        return [key === 'aws:principalarn' ? pattern : liftAccount(pattern)];
      });
      if (isAmong) { all.push(globs); } else { none.push(...globs); }
    }
    const found = findText({ all, none });
    if (found === 'too hard') { this.isOpen = true; }
    if (found === undefined || found === 'too hard') { return undefined; }
    const solved: Caller = { kind: 'identity', arn: found.text };
    if (meets(solved)) { return solved; }
    // An account that is compared as a number: AWS warns of the type, and does not say what comes of it.
    if (constraints.some(({ condition: { operator } }) => operator.family === 'number')) { this.isOpen = true; }
    return undefined;
  }
}

/** A service of which only the conditions say which one it is. */
function calledBy(caller: Caller, context: Context): Caller {
  const [name] = context.get('aws:principalservicename') ?? [];
  return caller.kind === 'service' && name !== undefined ? { kind: 'service', name } : caller;
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
function refersToWhatIsChosen({ condition }: Constraint): boolean {
  const { key } = condition;
  const variables = variablesOf(condition);
  return variables.includes(key) ? !OF_CALLER.has(key) : OF_CALLER.has(key) && variables.some((variable) => !FROM_CALLER.has(variable));
}

/** The keys that AWS derives from the ARN of a principal. */
const OF_CALLER = new Set(['aws:principalarn', 'aws:principalaccount', 'kms:calleraccount']);
/** The same, and what else is known as soon as it is known who calls. */
const FROM_CALLER = new Set([...OF_CALLER, 'aws:principaltype', 'aws:principalisawsservice', 'aws:principalservicename']);
