import { PACK_NAME, RULES } from './rule-table';
import { closest } from '../private/nearest';

const IDS = RULES.map(({ id }) => id);
const UNDETERMINED = '[undetermined]';

/** Whether a finding, by its id, is one of which nothing is known for sure. */
export const isUndetermined = (id: string) => id.endsWith(UNDETERMINED);

/** The id of a finding's rule. */
export const ruleIdOf = (id: string) => (isUndetermined(id) ? id.slice(0, -UNDETERMINED.length) : id);

/**
 * The id of the rule that was meant by one that does not exist; `undefined` where the rule exists, or the id is of another pack.
 * It may lack the prefix, or be written in another case.
 */
export function meantRule(id: string): string | undefined {
  const base = ruleIdOf(id);
  if (IDS.includes(base)) { return undefined; }
  const prefix = `${PACK_NAME}-`;
  const isOurs = base.toLowerCase().startsWith(prefix.toLowerCase()) || IDS.includes(prefix + base);
  return isOurs ? closest(base.replace(new RegExp(`^(${prefix})?`, 'i'), prefix), IDS)! + id.slice(base.length) : undefined;
}
