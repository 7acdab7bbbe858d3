import { bindVariables, Context, globKindOf, inOrder, timeOf, variablesOf } from './compare';
import { conditionKey } from './condition-keys';
import { holds } from './conditions';
import type { Domain } from './domains';
import { Glob, glob } from './glob';
import { Addresses, addressesOf, complement, EVERY_ADDRESS, intersection, isBroad, isEmpty, someAddress, union } from './ip-ranges';
import { findText } from './search';
import type { Condition } from './statement';
import { not } from './truth';

/** A condition that must hold, or must not. */
export interface Constraint {
  readonly condition: Condition;
  readonly wanted: boolean;
}

/** Whether what is not known counts as granting access: once so and once otherwise, and the answers bound the truth. */
export type Mode = 'for sure' | 'at best';

/** What one key may hold so that its constraints are met. */
export type Solved =
  /** `undefined`: the request is without it. */
  | { readonly value: readonly string[] | undefined }
  | 'none'
  /** Nothing was found, and it is not sure that there is nothing. */
  | 'open';

/** Whether a constraint is met. */
export function isMet({ condition, wanted }: Constraint, context: Context, mode: Mode): boolean {
  const truth = holds(condition, context);
  const met = wanted ? truth : not(truth);
  return met === 'yes' || (met === 'maybe' && mode === 'at best');
}

/** Finds what one key may hold; the context has what it depends on already. */
export function solveKey(
  name: string, constraints: readonly Constraint[], domain: Domain, context: Context, mode: Mode, preferPresent = false,
): Solved {
  const tried = new Map(context);
  const fits = (value: readonly string[] | undefined) => {
    if (value) { tried.set(name, value); } else { tried.delete(name); }
    return constraints.every((constraint) => isMet(constraint, tried, mode));
  };
  const missing = (): Solved | undefined => (domain.mayMiss && fits(undefined) ? { value: undefined } : undefined);
  const found = (preferPresent ? undefined : missing()) ?? (domain.mayBe ? present(name, constraints, domain, context, mode, fits) : undefined);
  return found === undefined || found === 'none' || found === 'open' ? missing() ?? found ?? 'none' : found;
}

type Fits = (value: readonly string[]) => boolean;

function present(name: string, constraints: readonly Constraint[], domain: Domain, context: Context, mode: Mode, fits: Fits): Solved {
  if (domain.exactly) { return fits(domain.exactly) ? { value: domain.exactly } : 'none'; }
  if (domain.only) {
    const value = domain.only.find((each) => fits([each]));
    return value === undefined ? 'none' : { value: [value] };
  }
  const key = conditionKey(name);
  const families = new Set(constraints.map(({ condition }) => condition.operator.family).filter((family) => family !== 'null' && family !== 'unknown'));
  if (families.has('address') || key?.type === 'address') { return inRanges(constraints, domain, context, mode, fits); }
  const isText = families.size === 0 ? key?.type === 'text' || key?.type === 'arn' || key === undefined : [...families].every((family) => family === 'text' || family === 'arn');
  return isText ? texts(key?.many === true, constraints, domain, context, mode, fits) : steps(constraints, domain, context, fits);
}

/**
 * Numbers, dates, truths: nothing changes but at the values that the policies name. An organization that is compared as a truth is an organization all the
 * same, and nobody else's.
 */
function steps(constraints: readonly Constraint[], { shapes, except, since }: Domain, context: Context, fits: Fits): Solved {
  const named = constraints.flatMap(({ condition }) => condition.values.flatMap((value) => bindVariables(value, context) ?? []));
  const numberOf = (value: string) => (/^\d{4}-/.test(value) ? timeOf(value) : Number(value));
  const numbers = named.map(numberOf).filter((value) => inOrder('equals', value, value));
  const isDate = constraints.some(({ condition }) => condition.operator.family === 'date');
  const written = (value: number) => (isDate ? new Date(value * 1000).toISOString().replace('.000Z', 'Z') : String(value));
  const around = numbers.flatMap((value) => [value, value - 1, value + 1, value - 0.001, value + 0.001])
    .filter((value) => Math.abs(value) < 8e12).map(written);
  const isTruth = !isDate && !constraints.some(({ condition }) => condition.operator.family === 'number');
  const candidates = isTruth ? ['true', 'false', ...named] : [...named, ...around, written(0), written(1767225600)];
  const isTheirs = (value: string) => (shapes?.some((shape) => shape.matches(value)) ?? true) && !except?.some((each) => each.matches(value))
    && (since === undefined || numberOf(value) >= since);
  const value = candidates.find((each) => isTheirs(each) && fits([each]));
  return value === undefined ? 'none' : { value: [value] };
}

function inRanges(constraints: readonly Constraint[], domain: Domain, context: Context, mode: Mode, fits: Fits): Solved {
  let open: Addresses = EVERY_ADDRESS;
  for (const { condition: { operator, values }, wanted } of constraints) {
    if (operator.family !== 'address') { continue; }
    const ranges = union(values.flatMap((value) => addressesOf(bindVariables(value, context) ?? '') ?? []));
    // What is not known may be every address.
    const isOpen = values.some((value) => value.includes('\uFFFF'));
    const isInside = wanted !== operator.negated;
    if (isOpen && isInside === (mode === 'at best')) { continue; }
    open = intersection(open, isOpen ? (isInside ? ranges : complement(EVERY_ADDRESS)) : isInside ? ranges : complement(ranges));
  }
  if (isEmpty(open) || (domain.isLimitedByAddress && !isBroad(open))) { return 'none'; }
  const address = someAddress(open)!;
  return fits([address]) ? { value: [address] } : 'open';
}

/** What a constraint says of a value: that it is among patterns, or is not; and of how many values. */
interface Membership {
  readonly globs: readonly Glob[];
  readonly isAmong: boolean;
  /** Whether one value must be so, and not each. */
  readonly ofOne: boolean;
}

function texts(many: boolean, constraints: readonly Constraint[], domain: Domain, context: Context, mode: Mode, fits: Fits): Solved {
  const memberships = constraints.flatMap((constraint) => membership(constraint, context, mode) ?? []);
  const each = memberships.filter(({ ofOne }) => !ofOne);
  // A key with one value has the same value for all constraints.
  const groups = many ? memberships.filter(({ ofOne }) => ofOne).map((one) => [...each, one]) : [memberships];
  const values: string[] = [];
  let isOpen = constraints.some(({ condition }) => variablesOf(condition).length > 0);
  for (const group of groups.length > 0 ? groups : [each]) {
    const found = findText({
      all: [...(domain.shapes ? [domain.shapes] : []), ...group.filter(({ isAmong }) => isAmong).map(({ globs }) => globs)],
      none: [...domain.except ?? [], ...group.filter(({ isAmong }) => !isAmong).flatMap(({ globs }) => globs)],
    });
    if (found === 'too hard') { isOpen = true; }
    if (found === undefined || found === 'too hard') { return isOpen ? 'open' : 'none'; }
    values.push(found.text === '' && !many ? 'x' : found.text);
  }
  const value = [...new Set(values)];
  return fits(value) ? { value } : isOpen ? 'open' : 'none';
}

function membership({ condition: { operator, values }, wanted }: Constraint, context: Context, mode: Mode): Membership | undefined {
  if (operator.family !== 'text' && operator.family !== 'arn') { return undefined; }
  const isAmong = wanted !== operator.negated;
  const globs = values.flatMap((value) => {
    const bound = bindVariables(value, context);
    const pattern = bound === undefined ? undefined : glob(bound, globKindOf(operator)!);
    return pattern && (!pattern.hasHole || isAmong === (mode === 'at best')) ? [pattern] : [];
  });
  const ofOne = operator.quantifier === 'any' ? wanted : operator.quantifier === 'all' ? !wanted : false;
  return { globs, isAmong, ofOne };
}
