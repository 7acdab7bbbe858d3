import { PACK_NAME, RULES } from './rule-table';
import { closest } from '../private/nearest';

const IDS = RULES.map(({ id }) => id);
/** With what the id ends of a finding about which nothing is known for sure. */
export const UNDETERMINED = '[undetermined]';

/**
 * The id of the rule that was meant by one that does not exist; `undefined` where the rule exists, or the id is of another pack.
 * It may lack the prefix, or be written in another case.
 */
export function meantRule(id: string): string | undefined {
  const undetermined = id.endsWith(UNDETERMINED);
  const base = undetermined ? id.slice(0, -UNDETERMINED.length) : id;
  if (IDS.includes(base)) { return undefined; }
  const prefix = `${PACK_NAME}-`;
  const isOurs = base.toLowerCase().startsWith(prefix.toLowerCase()) || IDS.includes(prefix + base);
  return isOurs ? closest(base.replace(new RegExp(`^(${prefix})?`, 'i'), prefix), IDS)! + (undetermined ? UNDETERMINED : '') : undefined;
}
