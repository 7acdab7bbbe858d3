import { covers, variableParts } from './compare';
import { conditionKey, Shape } from './condition-keys';
import { HOLE } from './glob';
import { parseOperator } from './operators';
import type { Condition, Statement } from './statement';

/** Conditions that all hold, in each of several ways. */
type Ways = ReadonlyArray<readonly Condition[]>;

/** More ways than any policy that somebody wrote has. */
const MOST_WAYS = 32;

/**
 * A statement whose resources have policy variables, as statements that are about one resource whoever asks: that `home/${aws:username}/*` is about
 * `home/alice/x` is the condition that `aws:username` is `alice`. The statement as it is where there are too many ways.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function aboutResource(statement: Statement, resource: string): readonly Statement[] {
  const { resources, conditions } = statement;
  if (!resources) { return [statement]; }
  const matching = resources.items.flatMap((pattern) => waysToMatch(pattern, resource));
  const ways = resources.negated ? opposite(matching) : matching;
  if (ways.length > MOST_WAYS) { return [statement]; }
  return ways.map((more) => ({ ...statement, resources: EVERYTHING, conditions: [...conditions, ...more] }));
}

const EVERYTHING = { negated: false, items: ['*'] };

/** What the variables of a pattern must be so that it matches a text; no way where it cannot, and one without conditions where it does anyway. */
function waysToMatch(pattern: string, text: string): Ways {
  const parts = variableParts(pattern);
  if (parts.length === 1) { return covers(pattern, text, 'resource', new Map()) === 'no' ? [] : [[]]; }
  const expression = parts.map((part) => (typeof part === 'string' ? wildcards(part) : '([^]*?)')).join('');
  const found = new RegExp(`^${expression}$`).exec(text);
  if (!found) { return []; }
  const variables = parts.filter((part) => typeof part !== 'string');
  return variables.reduce<Ways>((ways, { key, fallback }, index) => {
    const value = found[index + 1];
    const either = [condition('StringEquals', key, value), ...(fallback === value ? [condition('Null', key, 'true')] : [])];
    return ways.flatMap((way) => either.map((each) => [...way, each]));
  }, [[]]);
}

/** IAM's wildcards, and what stands for itself: `${*}`. */
function wildcards(text: string): string {
  return text.replace(/\$\{([*?$])\}|[^]/g, (piece, escaped?: string) => {
    if (piece === HOLE || (escaped === undefined && piece === '*')) { return '[^]*'; }
    return escaped === undefined && piece === '?' ? '[^]' : (escaped ?? piece).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
}

/** The ways in which none of these ways holds. */
function opposite(ways: Ways): Ways {
  return ways.reduce<Ways>((found, way) => found.slice(0, MOST_WAYS + 1).flatMap((each) => way.map((one) => [...each, negated(one)])), [[]]);
}

const condition = (written: string, key: string, value: string): Condition => ({ operator: parseOperator(written), written: `${written} ${key}`, key, values: [value] });

/** The same, where it does not hold. */
function negated({ operator, key, values: [value] }: Condition): Condition {
  return operator.family === 'null' ? condition('Null', key, 'false') : condition('StringNotEquals', key, value);
}

/** What AWS gives for variables whose values nobody chooses. */
const EXAMPLES: Partial<Record<Shape, string>> = { 'organization': 'o-any', 'user id': 'AROAANY:any', 'vpc': 'vpc-any', 'endpoint': 'vpce-any', 'service': 'any.amazonaws.com' };

/** Resources that a pattern matches, for somebody in each of some accounts; of what it leaves open, what no other statement names. */
export function examplesOf(pattern: string, accounts: readonly string[]): string[] {
  if (!pattern.includes('${')) { return [filled(pattern)]; }
  const parts = variableParts(pattern);
  const isOfAccount = (part: typeof parts[number]) => typeof part !== 'string' && conditionKey(part.key)?.shape === 'account';
  const owners = parts.some(isOfAccount) ? accounts : accounts.slice(0, 1);
  return owners.map((account) => parts.map((part) => {
    if (typeof part === 'string') { return filled(part); }
    const shape = conditionKey(part.key)?.shape;
    return shape === 'account' ? account : part.fallback ?? (shape && EXAMPLES[shape]) ?? 'any';
  }).join(''));
}

/** Wildcards and unknown parts, filled with something. */
function filled(text: string): string {
  return text.replace(OPEN, filling);
}

/** What stands for itself, a wildcard, a part that is not known. */
const OPEN = /\$\{([*?$])\}|[*?\uFFFF]/g;

const filling = (piece: string, escaped?: string) => escaped ?? (piece === '?' ? 'x' : 'any');
