import { Glob, glob, GlobKind, HOLE } from './glob';
import { addressesOf, contains } from './ip-ranges';
import type { Condition, Operator } from './statement';
import { Truth, truthOf } from './truth';

/** The values of a request's context, by key in lower case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** How a condition compares one value of a policy with one of a request; `maybe` where a part of the policy is not known. */
export function compare(operator: Operator, policyValue: string, requestValue: string, context: Context): Truth {
  const bound = bindVariables(policyValue, context);
  if (bound === undefined) { return 'no'; }
  const kind = globKindOf(operator);
  if (kind) {
    const pattern = glob(bound, kind);
    const matches = pattern?.matches(requestValue) ?? false;
    return matches && pattern!.hasHole ? 'maybe' : truthOf(matches);
  }
  if (bound.includes(HOLE)) { return 'maybe'; }
  return truthOf(comparePlain(operator, bound, requestValue));
}

/** How the values of a text operator are read; `undefined` for other operators. */
export function globKindOf({ family, comparison }: Operator): GlobKind | undefined {
  if (family === 'arn') { return 'arn'; }
  if (family !== 'text') { return undefined; }
  return comparison === 'like' ? 'text' : comparison === 'equals' ? 'literal' : 'ignoring case';
}

function comparePlain({ family, comparison }: Operator, policyValue: string, requestValue: string): boolean {
  switch (family) {
    case 'boolean': return /^(true|false)$/i.test(policyValue) && policyValue.toLowerCase() === requestValue.toLowerCase();
    case 'binary': return policyValue === requestValue;
    case 'number': return inOrder(comparison, Number(requestValue), Number(policyValue));
    case 'date': return inOrder(comparison, timeOf(requestValue), timeOf(policyValue));
    default: {
      const addresses = addressesOf(policyValue);
      return addresses !== undefined && contains(addresses, requestValue);
    }
  }
}

/** Whether the comparison holds of two numbers; false where one of them is not a number. */
export function inOrder(comparison: Operator['comparison'], left: number, right: number): boolean {
  switch (comparison) {
    case 'less': return left < right;
    case 'at most': return left <= right;
    case 'more': return left > right;
    case 'at least': return left >= right;
    default: return left === right;
  }
}

/** Seconds since 1970: a date of ISO 8601, or the number itself. */
export function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`: a policy variable, by key and default. Placeholders of CloudFormation have no colon, or two. */
const VARIABLE = /\$\{([\w.-]+:(?!:)[^},]*)(?:,\s*'([^']*)')?\s*\}/g;

/** The keys of the policy variables in a text, in lower case. */
export function variablesIn(text: string): readonly string[] {
  return text.includes('${') ? [...text.matchAll(VARIABLE)].map(([, key]) => key.trim().toLowerCase()) : NONE;
}

/** The same of all values of a condition. Few have one. */
export function variablesOf({ values }: Condition): readonly string[] {
  return values.some((value) => value.includes('${')) ? values.flatMap(variablesIn) : NONE;
}

const NONE: readonly string[] = [];

/** A policy variable: its key in lower case, and what stands for it where a request is without. */
interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

/** A text as its policy variables, and what stands between them. */
export function variableParts(text: string): Array<string | Variable> {
  const parts: Array<string | Variable> = [];
  let end = 0;
  for (const { 0: whole, 1: key, 2: fallback, index } of text.matchAll(VARIABLE)) {
    parts.push(text.slice(end, index), { key: key.trim().toLowerCase(), fallback });
    end = index + whole.length;
  }
  return [...parts, text.slice(end)];
}

/**
 * A text with its policy variables replaced by what the request has; `undefined` where one is missing and has no default: then nothing matches.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function bindVariables(text: string, context: Context): string | undefined {
  if (!text.includes('${')) { return text; }
  let missing = false;
  const bound = text.replace(VARIABLE, (_, key: string, fallback?: string) => {
    const values = context.get(key.trim().toLowerCase());
    if (values?.length !== 1 && fallback === undefined) { missing = true; }
    return (values?.length === 1 ? values[0] : fallback ?? '').replace(/[*?$]/g, (character) => `\${${character}}`);
  });
  return missing ? undefined : bound;
}

/** Whether a pattern of an action or a resource covers a text. */
export function covers(pattern: string, text: string, kind: GlobKind, context: Context): Truth {
  const bound = bindVariables(pattern, context);
  const compiled: Glob | undefined = bound === undefined ? undefined : glob(bound, kind);
  const matches = compiled?.matches(text) ?? false;
  return matches && compiled!.hasHole ? 'maybe' : truthOf(matches);
}
