/** Thrown inside when a template has more independent conditions than can be gone through. */
class TooManyScenarios extends Error {}

/** 64 combinations: six conditions that a single rule depends on. */
const MOST_SCENARIOS = 64;

type Resolve = (value: unknown) => unknown;

/** What came of something, and what was assumed. */
interface InScenario<T> {
  readonly result: T;
  readonly scenario: ReadonlyMap<string, boolean>;
}

/**
 * The conditions of a template. What parameters' defaults decide holds or does not; what only the deployment decides is assumed both
 * ways, one scenario after the other.
 */
export class Conditions {
  private readonly evaluated = new Map<string, boolean | undefined>();
  private readonly evaluating = new Set<string>();
  private scenario = new Map<string, boolean>();
  private choosing = false;

  constructor(
    private readonly definitions: Record<string, unknown>,
    private readonly resolve: Resolve,
    /** Whether nothing in the template depends on one: then it has one scenario. */
    public readonly areNone: boolean,
  ) {}

  /** Whether a condition holds in the present scenario; true where nothing can be said. */
  public holds(name: string): boolean {
    return this.tryHolds(name) ?? true;
  }

  /** The same; `undefined` where it is not known and no scenario is being chosen. */
  public tryHolds(name: string): boolean | undefined {
    const assumed = this.scenario.get(name);
    if (assumed !== undefined) { return assumed; }
    const known = this.evaluate(name);
    if (known !== undefined || !this.choosing) { return known; }
    this.scenario.set(name, true);
    return true;
  }

  /** Runs something in every scenario that it asks about, given that `condition` holds; gives what came of each. */
  public inEveryScenario<T>(condition: string | undefined, work: () => T): Array<InScenario<T>> | undefined {
    const given: Array<[string, boolean]> = condition === undefined ? [] : [[condition, true]];
    const results: Array<InScenario<T>> = [];
    this.choosing = true;
    this.scenario = new Map(given);
    try {
      for (;;) {
        if (results.length >= MOST_SCENARIOS) { throw new TooManyScenarios(); }
        results.push({ result: work(), scenario: new Map(this.scenario) });
        const choices = [...this.scenario].slice(given.length);
        while (choices.length > 0 && choices[choices.length - 1][1] === false) { choices.pop(); }
        if (choices.length === 0) { return results; }
        choices[choices.length - 1] = [choices[choices.length - 1][0], false];
        this.scenario = new Map([...given, ...choices]);
      }
    } catch (error) {
      if (error instanceof TooManyScenarios) { return undefined; }
      throw error;
    } finally {
      this.choosing = false;
      this.scenario = new Map();
    }
  }

  /** Runs something that must be the same in every scenario. */
  public withoutChoosing<T>(work: () => T): T {
    const before = [this.choosing, this.scenario] as const;
    this.choosing = false;
    this.scenario = new Map();
    try {
      return work();
    } finally {
      [this.choosing, this.scenario] = before;
    }
  }

  private evaluate(name: string): boolean | undefined {
    if (this.evaluated.has(name)) { return this.evaluated.get(name); }
    if (this.evaluating.has(name)) { return undefined; }
    this.evaluating.add(name);
    const result = this.truth(this.definitions[name]);
    this.evaluating.delete(name);
    this.evaluated.set(name, result);
    return result;
  }

  /** True, false, or `undefined` where it is not known. */
  private truth(condition: unknown): boolean | undefined {
    if (typeof condition !== 'object' || condition === null) { return undefined; }
    const [[name, argument] = []] = Object.entries(condition);
    const all = () => (Array.isArray(argument) ? argument.map((item) => this.truth(item)) : [undefined]);
    switch (name) {
      case 'Condition': return typeof argument === 'string' ? this.evaluate(argument) : undefined;
      case 'Fn::Not': return negate(all()[0]);
      case 'Fn::And': return all().includes(false) ? false : all().includes(undefined) ? undefined : true;
      case 'Fn::Or': return all().includes(true) ? true : all().includes(undefined) ? undefined : false;
      case 'Fn::Equals': return this.equals(argument);
      default: return undefined;
    }
  }

  private equals(argument: unknown): boolean | undefined {
    const [a, b] = Array.isArray(argument) ? argument.map((item) => this.resolve(item)) : [];
    return isPlain(a) && isPlain(b) ? String(a) === String(b) : undefined;
  }
}

function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

/** Text with a part that is not known is `${…}` inside. */
function isPlain(value: unknown): boolean {
  return (typeof value === 'string' && !value.includes('${')) || typeof value === 'number' || typeof value === 'boolean';
}
