import type { Operator } from './statement';

type Base = Pick<Operator, 'family' | 'negated' | 'comparison'>;

const base = (family: Operator['family'], comparison: Operator['comparison'] = 'equals', negated = false): Base => ({ family, comparison, negated });

/**
 * Every condition operator of IAM, in lower case.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: Readonly<Record<string, Base>> = {
  stringequals: base('text'),
  stringnotequals: base('text', 'equals', true),
  stringequalsignorecase: base('text', 'ignoring case'),
  stringnotequalsignorecase: base('text', 'ignoring case', true),
  stringlike: base('text', 'like'),
  stringnotlike: base('text', 'like', true),
  arnequals: base('arn', 'like'),
  arnlike: base('arn', 'like'),
  arnnotequals: base('arn', 'like', true),
  arnnotlike: base('arn', 'like', true),
  numericequals: base('number'),
  numericnotequals: base('number', 'equals', true),
  numericlessthan: base('number', 'less'),
  numericlessthanequals: base('number', 'at most'),
  numericgreaterthan: base('number', 'more'),
  numericgreaterthanequals: base('number', 'at least'),
  dateequals: base('date'),
  datenotequals: base('date', 'equals', true),
  datelessthan: base('date', 'less'),
  datelessthanequals: base('date', 'at most'),
  dategreaterthan: base('date', 'more'),
  dategreaterthanequals: base('date', 'at least'),
  bool: base('boolean'),
  binaryequals: base('binary'),
  ipaddress: base('address'),
  notipaddress: base('address', 'equals', true),
  null: base('null'),
};

/** The names of all operators, without prefix and suffix. */
export const OPERATOR_NAMES = Object.keys(OPERATORS);

/** An operator as it is written: `ForAnyValue:StringLikeIfExists`. */
export function parseOperator(written: string): Operator {
  const known = parsed.get(written) ?? parse(written);
  if (parsed.size < MOST_PARSED) { parsed.set(written, known); }
  return known;
}

const parsed = new Map<string, Operator>();
const MOST_PARSED = 500;

function parse(written: string): Operator {
  const [, prefix, rest] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/i.exec(written)!;
  const ifExists = /.IfExists$/i.test(rest);
  const name = (ifExists ? rest.slice(0, -'IfExists'.length) : rest).toLowerCase();
  const quantifier = prefix === undefined ? undefined : /any/i.test(prefix) ? 'any' : 'all';
  // Object.hasOwn: `constructor` is not an operator.
  return { ...(Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : base('unknown')), quantifier, ifExists };
}
