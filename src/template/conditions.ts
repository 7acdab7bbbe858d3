import { Opaque, Reference } from './values';

/** Thrown inside when a template has more independent conditions than can be gone through. */
class TooManyScenarios extends Error {}

/** 64 combinations: six conditions that a single rule depends on. */
const MOST_SCENARIOS = 64;

/** Combinations under which a resource would not be made are passed over without a look at it. */
const MOST_TRIES = 1000;

type Resolve = (value: unknown) => unknown;

/** What came of something, and what was assumed. */
interface InScenario<T> {
  readonly result: T;
  readonly scenario: ReadonlyMap<string, boolean>;
}

/** A comparison of which only the deployment knows the outcome. */
interface Open {
  /** The same for comparisons of the same two values. */
  readonly key: string;
  /** What is compared with a value that is known, and that value. */
  readonly of?: string;
  readonly with?: string;
}

/**
 * The conditions of a template. What parameters' defaults decide holds or does not; what only the deployment decides is assumed both
 * ways, one scenario after the other. What is assumed are the comparisons: so a condition and its opposite never both hold, and one
 * parameter never has two values.
 */
export class Conditions {
  private readonly evaluated = new Map<string, boolean | undefined>();
  private readonly evaluating = new Set<string>();
  /** What was assumed of comparisons, in the order in which they were asked about. */
  private assumed = new Map<string, boolean>();
  private readonly open = new Map<string, Open>();
  /** The conditions that were asked about, with what is assumed of them. */
  private scenario = new Map<string, boolean>();
  /** The condition of the resource that is judged, where defaults would leave the resource out. */
  private given: string | undefined;
  private choosing = false;
  private asked = false;

  constructor(
    private readonly definitions: Record<string, unknown>,
    private readonly resolve: Resolve,
    /** Whether nothing in the template depends on one: then it has one scenario. */
    public readonly areNone: boolean,
    /** All values that a parameter can have, where the template lists them. */
    private readonly allowedValues: (parameter: string) => readonly string[] | undefined = () => undefined,
  ) {}

  /** Whether a condition holds in the present scenario; true where nothing can be said. */
  public holds(name: string): boolean {
    return this.tryHolds(name) ?? true;
  }

  /** The same; `undefined` where it is not known and no scenario is being chosen. */
  public tryHolds(name: string): boolean | undefined {
    if (!this.choosing) { return this.evaluate(name); }
    this.asked = true;
    const known = this.given === undefined ? this.evaluate(name) : undefined;
    if (known !== undefined) { return known; }
    const holds = this.assume(name);
    this.scenario.set(name, holds);
    return holds;
  }

  /** Runs something in every scenario that it asks about, given that `condition` holds; gives what came of each. */
  public inEveryScenario<T>(condition: string | undefined, work: () => T): Array<InScenario<T>> | undefined {
    const results: Array<InScenario<T>> = [];
    this.choosing = true;
    this.given = condition !== undefined && this.evaluate(condition) === false ? condition : undefined;
    this.assumed = new Map();
    try {
      for (let tries = 0; ; tries++) {
        if (results.length >= MOST_SCENARIOS || tries >= MOST_TRIES) { throw new TooManyScenarios(); }
        this.scenario = new Map();
        if (condition === undefined || this.holds(condition)) {
          this.asked = false;
          results.push({ result: work(), scenario: new Map(this.scenario) });
          if (!this.asked) { return results; }
        }
        const next = nextAfter(this.assumed);
        if (!next) { return results; }
        this.assumed = next;
      }
    } catch (error) {
      if (error instanceof TooManyScenarios) { return undefined; }
      throw error;
    } finally {
      this.choosing = false;
      this.given = undefined;
      this.assumed = new Map();
      this.scenario = new Map();
    }
  }

  /** Runs something that must be the same in every scenario. */
  public withoutChoosing<T>(work: () => T): T {
    const before = this.choosing;
    this.choosing = false;
    try {
      return work();
    } finally {
      this.choosing = before;
    }
  }

  private evaluate(name: string): boolean | undefined {
    if (this.evaluated.has(name)) { return this.evaluated.get(name); }
    if (this.evaluating.has(name)) { return undefined; }
    this.evaluating.add(name);
    const result = truth(this.definitions[name], (other) => this.evaluate(other), (argument) => this.equals(argument));
    this.evaluating.delete(name);
    this.evaluated.set(name, result);
    return result;
  }

  /** Whether a condition holds, given what is assumed, and what is assumed from now on. */
  private assume(name: string): boolean {
    if (name === this.given) { return true; }
    if (this.evaluating.has(name)) { return this.choose({ key: name }); }
    this.evaluating.add(name);
    try {
      const equals = (argument: unknown) => this.equals(argument) ?? this.choose(openIn(argument, this.resolve));
      return truth(this.definitions[name], (other) => this.assume(other), equals) ?? this.choose({ key: name });
    } finally {
      this.evaluating.delete(name);
    }
  }

  private choose(open: Open): boolean {
    const known = this.assumed.get(open.key) ?? this.follows(open);
    if (known !== undefined) { return known; }
    this.open.set(open.key, open);
    this.assumed.set(open.key, true);
    return true;
  }

  /** A parameter has one value, and one of those that it may have. */
  private follows({ of, with: value }: Open): boolean | undefined {
    if (of === undefined) { return undefined; }
    const others = [...this.assumed].map(([key, holds]) => ({ ...this.open.get(key)!, holds })).filter((other) => other.of === of);
    if (others.some(({ holds }) => holds)) { return false; }
    const allowed = this.allowedValues(of);
    if (!allowed) { return undefined; }
    if (!allowed.includes(value!)) { return false; }
    return allowed.every((each) => each === value || others.some((other) => other.with === each)) ? true : undefined;
  }

  private equals(argument: unknown): boolean | undefined {
    const [a, b] = operandsOf(argument, this.resolve);
    return isPlain(a) && isPlain(b) ? areEqual(String(a), String(b)) : symbolOf(a) === symbolOf(b) && !symbolOf(a).includes('${?}') ? true : undefined;
  }
}

/** The next combination, in which the last assumption that can be turned round is. */
function nextAfter(assumed: ReadonlyMap<string, boolean>): Map<string, boolean> | undefined {
  const choices = [...assumed];
  while (choices.length > 0 && choices[choices.length - 1][1] === false) { choices.pop(); }
  const last = choices.pop();
  return last && new Map([...choices, [last[0], false]]);
}

/** True, false, or `undefined` where it is not known. */
type Truth = boolean | undefined;

function truth(condition: unknown, byName: (name: string) => Truth, equals: (argument: unknown) => Truth): Truth {
  if (typeof condition !== 'object' || condition === null) { return undefined; }
  const [[name, argument] = []] = Object.entries(condition);
  const items: unknown[] = Array.isArray(argument) ? argument : [undefined];
  const of = (item: unknown) => truth(item, byName, equals);
  switch (name) {
    case 'Condition': return typeof argument === 'string' ? byName(argument) : undefined;
    case 'Fn::Not': return negate(of(items[0]));
    case 'Fn::And': return firstThatDecides(items, of, false);
    case 'Fn::Or': return firstThatDecides(items, of, true);
    case 'Fn::Equals': return equals(argument);
    default: return undefined;
  }
}

/** What one of some decides; else the opposite, where all are known. */
function firstThatDecides(items: readonly unknown[], of: (item: unknown) => Truth, deciding: boolean): Truth {
  let known: Truth = !deciding;
  for (const item of items) {
    const answer = of(item);
    if (answer === deciding) { return deciding; }
    if (answer === undefined) { known = undefined; }
  }
  return known;
}

/** Also of a list with holes, as code may make one: those are absent. */
const operandsOf = (argument: unknown, resolve: Resolve): unknown[] => (Array.isArray(argument) ? Array.from(argument, (item) => resolve(item)) : []);

/** A comparison as it is assumed: what is written alike is the same one. */
function openIn(argument: unknown, resolve: Resolve): Open {
  const symbols = operandsOf(argument, resolve).map((operand) => ({ symbol: symbolOf(operand), isKnown: isPlain(operand) }));
  if (symbols.some(({ symbol }) => symbol.includes('${?}'))) { return { key: JSON.stringify(argument) ?? '' }; }
  const [known, unknown] = [symbols.find(({ isKnown }) => isKnown), symbols.find(({ isKnown }) => !isKnown)];
  const key = symbols.map(({ symbol }) => symbol).sort().join(' = ');
  return known && unknown ? { key, of: unknown.symbol, with: known.symbol } : { key };
}

const symbolOf = (value: unknown): string => (value instanceof Opaque ? value.symbol : value instanceof Reference ? value.toString()
  : typeof value === 'object' ? '${?}' : String(value));

function negate(value: Truth): Truth {
  return value === undefined ? undefined : !value;
}

/** YAML 1.1 has these for true and false, unless they are in quotes: then they are texts. */
const SPELLINGS: readonly RegExp[] = [/^(true|yes|on)$/i, /^(false|no|off)$/i];
const OF_YAML_1_1 = /^(yes|no|on|off)$/i;

/** Whether two texts are the same; `undefined` where one may be another spelling of the other. */
function areEqual(a: string, b: string): boolean | undefined {
  const mayBe = (OF_YAML_1_1.test(a) || OF_YAML_1_1.test(b)) && SPELLINGS.some((spelling) => spelling.test(a) && spelling.test(b));
  return a === b ? true : mayBe ? undefined : false;
}

/** Text with a part that is not known is `${…}` inside. */
function isPlain(value: unknown): boolean {
  return (typeof value === 'string' && !value.includes('${')) || typeof value === 'number' || typeof value === 'boolean';
}
