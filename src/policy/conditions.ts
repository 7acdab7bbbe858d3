import { compare, Context } from './compare';
import { conditionKey } from './condition-keys';
import type { Condition } from './statement';
import { every, not, some, Truth, truthOf } from './truth';

/** Whether a condition holds for a request. */
export function holds(condition: Condition, context: Context): Truth {
  const { operator, key, values } = condition;
  if (operator.family === 'unknown') { return 'maybe'; }
  const present = context.get(key);
  if (operator.family === 'null') { return some(values, (value) => wantsMissing(value, present === undefined)); }
  if (present === undefined) { return truthOf(holdsWithout(condition)); }
  // AWS asks for ForAnyValue or ForAllValues here, and does not say what happens without.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (operator.quantifier === undefined && (present.length !== 1 || conditionKey(key)?.many)) { return 'maybe'; }
  const one = (value: string) => holdsFor(condition, value, context);
  return operator.quantifier === 'any' ? some(present, one) : every(present, one);
}

/** Whether a condition holds where the request does not have its key. `ForAnyValue` wants one, with `IfExists` too. */
export function holdsWithout({ operator: { quantifier, ifExists, negated } }: Condition): boolean {
  return quantifier === undefined ? ifExists || negated : quantifier === 'all';
}

/** `Null` with `true` wants the key to be missing. */
function wantsMissing(value: string, missing: boolean): Truth {
  const wanted = value.toLowerCase();
  return wanted === 'true' ? truthOf(missing) : wanted === 'false' ? truthOf(!missing) : /^[\w]*$/.test(wanted) ? 'no' : 'maybe';
}

/** Whether one value is among those of the policy; with a negated operator, whether it is not. */
function holdsFor({ operator, values }: Condition, value: string, context: Context): Truth {
  const among = some(values, (each) => compare(operator, each, value, context));
  return operator.negated ? not(among) : among;
}
