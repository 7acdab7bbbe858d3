import { About, aboutOf, couldBeAbout, dependsOnCaller, isAbout } from './about';
import { accountOf, Caller, contextOf, named } from './caller';
import { Context, variablesIn, variablesOf } from './compare';
import { conditionKey } from './condition-keys';
import type { Constraint, Mode } from './constraints';
import { decide, Policies, Request } from './decide';
import type { Answer, Question } from './question';
import { remembering } from './remembering';
import { aboutResource } from './resource-variables';
import { countsAgainst, countsFor, findSide, NO_STATEMENT, Side, sidesOf } from './sides';
import { Ask, Solution, Solver } from './solver';
import { Condition, nameOf, Statement } from './statement';
import type { Truth } from './truth';
import { Named, namedIn, Who } from './who';

const EVERYTHING: Statement = {
  position: 1, effect: 'Allow', actions: { negated: false, items: ['*'] }, resources: { negated: false, items: ['*'] }, conditions: [],
};

/**
 * Whether anybody whom a question means could do what it asks, as far as these policies tell: with a request that would be allowed, or why
 * there is none. What the policies leave unknown is taken once against access and once for it; where the answers differ, it is unknown.
 */
export function couldAnybody(question: Question, policies: Policies): Answer {
  const statements = allOf(policies);
  if (isNeverAllowed(question, policies, statements)) { return { answer: 'no', reason: NOT_ALLOWED }; }
  const { isKnown, unknownKey } = knowledgeOf(question.notBy ? [...statements, ...allOf(question.notBy)] : statements);
  const sure = new Search(question, policies, 'for sure').run();
  if (sure.found) { return { answer: 'yes', ...sure.found }; }
  const best = isKnown && !sure.isOpen ? sure : new Search(question, policies, 'at best').run();
  if (best.found) { return { answer: 'unknown', reason: reasonOf(best.found), ...best.found }; }
  if (sure.isOpen || best.isOpen) { return { answer: 'unknown', reason: unknownKey ?? 'the conditions depend on one another in too many ways' }; }
  return { answer: 'no', reason: best.reason, statement: best.blocker };
}

const NOT_ALLOWED = 'no statement allows it';

/** Whether no statement is about what is asked, whoever asks: most policies speak of other services. */
function isNeverAllowed({ actions, identity }: Question, { isKey }: Policies, statements: readonly Statement[]): boolean {
  return (identity === 'nothing' || isKey === true)
    && !statements.some((statement) => statement.effect !== 'Deny' && actions.some((action) => couldBeAbout(statement, action)));
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

/** What is known of policies as a whole. */
interface Knowledge {
  readonly isKnown: boolean;
  /** A condition key that no table has, in words. */
  readonly unknownKey?: string;
}

/** Many questions are asked about the same statements. */
const knowledgeOf = remembering(findKnowledge);

function findKnowledge(statements: readonly Statement[]): Knowledge {
  const strange = statements.flatMap(({ conditions }) => conditions).find(({ key, operator }) => operator.family !== 'unknown' && !conditionKey(key))?.key
    ?? statements.filter(hasVariables).flatMap(variablesInStatement).find((key) => !conditionKey(key));
  return {
    unknownKey: strange === undefined ? undefined : `it is not known who sets the condition key ${strange}`,
    isKnown: strange === undefined && !statements.some(({ unknown, conditions, effect, principals }) => unknown !== undefined || effect === 'unknown' || principals?.negated
      || conditions.some(({ key, operator }) => operator.family === 'unknown' || (conditionKey(key)?.many && operator.quantifier === undefined))),
  };
}

function hasVariables({ conditions, resources }: Statement): boolean {
  return resources?.items.some((pattern) => pattern.includes('${')) || conditions.some(({ values }) => values.some((value) => value.includes('${')));
}

/** The keys of the policy variables in a statement. */
function variablesInStatement({ conditions, resources }: Statement): readonly string[] {
  return [...conditions.flatMap(variablesOf), ...(resources?.items ?? []).flatMap(variablesIn)];
}

class Search {
  private readonly statements: readonly Statement[];
  private readonly solver: Solver;
  private readonly named: Named;
  private isOpen = false;
  private ways = 0;
  private blocker?: Statement;
  private nearest?: Statement;

  constructor(private readonly question: Question, private readonly policies: Policies, private readonly mode: Mode) {
    const { account, given, fresh, notBy } = question;
    this.statements = allOf(policies);
    this.named = namedIn(notBy ? [...this.statements, ...allOf(notBy)] : this.statements, account);
    this.solver = new Solver({ account, given, fresh, named: this.named, mode });
  }

  public run(): Outcome {
    const { who: everybody, actions, resources } = this.question;
    const sides = everybody.map(this.sides()).filter(({ allows }) => allows.length > 0);
    if (sides.length === 0) { return { isOpen: false, reason: NOT_ALLOWED }; }
    const abouts = actions.map((action) => resources.map((resource) => aboutOf(this.statements, action, resource)));
    for (const side of sides) {
      for (let place = 0; place < actions.length; place++) {
        for (let at = 0; at < resources.length; at++) {
          const found = this.asked(side, actions[place], resources[at], abouts[place][at]);
          if (found) { return { found, isOpen: this.hasGaps, reason: '' }; }
        }
      }
    }
    return { isOpen: this.hasGaps, ...this.whyNot() };
  }

  private get hasGaps(): boolean {
    return this.isOpen || this.solver.isOpen;
  }

  private whyNot(): { reason: string; blocker?: Statement } {
    if (this.blocker) { return { reason: `${nameOf(this.blocker)} denies it`, blocker: this.blocker }; }
    return this.nearest ? { reason: `nobody else meets the conditions of ${nameOf(this.nearest)}`, blocker: this.nearest } : { reason: NOT_ALLOWED };
  }

  private sides(): (who: Who) => Side {
    const { statements, policies, named: everybodyNamed, mode, question: { account, identity, notBy } } = this;
    const setting = { account, identity, policies, mode, named: everybodyNamed };
    return notBy ? (who) => findSide(who, statements, setting) : sidesOf(statements, setting);
  }

  /** One kind of caller, one action, one resource. */
  private asked(side: Side, action: string, resource: string, about: About): Found | undefined {
    const { who, caller, context } = side;
    const truth = (at: number): Truth => about[at] ?? this.findAbout(at, action, resource, context, about);
    const allows = this.statementsAt(side.allows.filter((at) => at === NO_STATEMENT || countsFor(truth(at), this.mode)), resource, about);
    if (allows.length === 0) { return undefined; }
    const denies = this.statementsAt(side.denies.filter((at) => countsAgainst(truth(at), this.mode)), resource, about) as readonly Statement[];
    const final = denies.find(({ conditions }) => conditions.length === 0);
    if (final) { this.blocker = final; return undefined; }
    for (const allow of allows) {
      if (allow && allow.conditions.length > 0) { this.nearest = allow; }
      for (const other of this.waysNotToBeAllowed(side, action, resource)) {
        const needed = [...allow?.conditions ?? [], ...other.holds].map((condition) => ({ condition, wanted: true }));
        const found = this.past([...denies, ...other.broken], needed, { who, caller, action, resource });
        if (found) { return { witness: found, who, statement: allow, unknown: [allow, ...denies].find((each) => each?.unknown) }; }
      }
    }
    return undefined;
  }

  /** The statements at some places, about one resource whoever asks; `undefined` for `NO_STATEMENT`. */
  private statementsAt(places: readonly number[], resource: string, about: About): ReadonlyArray<Statement | undefined> {
    const statements = places.map((at): Statement | undefined => this.statements[at]);
    // What differs from caller to caller is not among what is remembered.
    const isOpen = (at: number) => at !== NO_STATEMENT && about[at] === undefined;
    if (!places.some(isOpen)) { return statements; }
    const bound = (at: number, statement: Statement | undefined): ReadonlyArray<Statement | undefined> =>
      (isOpen(at) ? aboutResource(statement!, resource) : [statement]);
    return places.flatMap((at, index) => bound(at, statements[index]));
  }

  /** How the other policies, where there are any, do not allow the same: none of their statements does, or one denies it. */
  private waysNotToBeAllowed({ caller, identity, context }: Side, action: string, resource: string): readonly Way[] {
    const { notBy } = this.question;
    if (!notBy) { return ONE_WAY; }
    const relevant = (notBy.resource ?? []).filter((statement) => isAbout(statement, action, resource, context) !== 'no');
    const isNamed = ({ principals }: Statement, levels: ReadonlyArray<'itself' | 'account'>) =>
      levels.some((level) => named(principals, caller)[level] !== 'no');
    const allows = relevant.filter((statement) => statement.effect !== 'Deny' && isNamed(statement, identity === 'everything' ? ['itself', 'account'] : ['itself']));
    const denies = relevant.filter((statement) => statement.effect === 'Deny' && isNamed(statement, ['itself', 'account']));
    const byDenial = denies.map(({ conditions }) => ({ holds: conditions, broken: [] }));
    return allows.some(({ conditions }) => conditions.length === 0) ? byDenial : [{ holds: [], broken: allows }, ...byDenial];
  }

  private findAbout(at: number, action: string, resource: string, context: Context, about: About): Truth {
    const statement = this.statements[at];
    const truth = isAbout(statement, action, resource, context);
    if (!dependsOnCaller(statement)) { about[at] = truth; }
    return truth;
  }

  private identityOf(caller: Caller): 'everything' | 'nothing' {
    return accountOf(caller) === this.question.account ? this.question.identity : 'everything';
  }

  /** Breaks one condition of each Deny, in every combination until one can be met. */
  private past(denies: readonly Statement[], needed: readonly Constraint[], ask: Ask): Request | undefined {
    if (++this.ways > MOST_WAYS) { this.isOpen = true; return undefined; }
    const [deny, ...rest] = denies;
    if (!deny) {
      const solution = this.solver.solve(needed, ask);
      return solution && this.confirmed(solution, ask);
    }
    for (const condition of deny.conditions) {
      const found = this.past(rest, [...needed, { condition, wanted: false }], ask);
      if (found) { return found; }
    }
    this.blocker = deny;
    return undefined;
  }

  /** A witness is believed only if the policies allow it when they are asked about it alone. */
  private confirmed({ caller, context }: Solution, { action, resource }: Ask): Request | undefined {
    const { account, given: certain, notBy } = this.question;
    const given = new Map(context);
    for (const [key] of contextOf(caller)) { given.delete(key); }
    for (const [key, value] of certain ?? []) { if (value) { given.set(key, value); } else { given.delete(key); } }
    const witness = { caller, action, resource, account, context: given };
    const identity = this.identityOf(caller) === 'everything' ? [EVERYTHING, ...this.policies.identity ?? []] : this.policies.identity;
    const { verdict } = decide(witness, { ...this.policies, identity });
    if (notBy && decide(witness, { ...notBy, identity }).verdict === 'allowed') { return undefined; }
    if (verdict === 'allowed' || (verdict === 'unknown' && this.mode === 'at best')) { return witness; }
    this.isOpen = true;
    return undefined;
  }
}

/** What keeps other policies from allowing a request: conditions that hold, and statements of which a condition does not. */
interface Way {
  readonly holds: readonly Condition[];
  readonly broken: readonly Statement[];
}

/** Nothing has to be kept from it. */
const ONE_WAY: readonly Way[] = [{ holds: [], broken: [] }];
