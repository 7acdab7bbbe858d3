import type { Certainty } from './access';
import { shown } from '../policy/physical-names';

/** How somebody comes to something, where they do. */
export interface Outcome {
  readonly certainty: Certainty;
  readonly by: string;
  /** What a request must have beside what it has anyway. */
  readonly conditions: readonly string[];
  readonly through?: string;
  readonly note?: string;
}

type Context = ReadonlyMap<string, readonly string[] | undefined>;

const VIA = 'kms:viaservice';

/** An outcome for a request that would be allowed: certain where it has nothing but what such requests have anyway. */
export function outcomeOfRequest(context: Context, given: Context, by: string): Outcome {
  const own = [...context].filter(([key]) => !given.has(key));
  const through = own.find(([key]) => key === VIA)?.[1]?.[0];
  const conditions = own.filter(([key]) => key !== VIA).map(([key, values]) => `${key} = ${(values ?? []).map(shown).join(', ')}`);
  return { certainty: own.length === 0 ? 'yes' : 'conditional', by, conditions, ...(through === undefined ? {} : { through: shown(through) }) };
}

const ORDER: readonly Certainty[] = ['yes', 'conditional', 'unknown'];

/** The less certain of two. */
export const atMost = (a: Certainty, b: Certainty): Certainty => ORDER[Math.max(ORDER.indexOf(a), ORDER.indexOf(b))];

/** What both must allow. */
export function both(a: Outcome, b: Outcome): Outcome {
  return {
    certainty: atMost(a.certainty, b.certainty),
    by: a.by,
    conditions: [...a.conditions, ...b.conditions],
    through: a.through ?? b.through,
    note: a.note ?? b.note,
  };
}

/** The more certain of several; with fewer conditions where they are alike. */
export function best(outcomes: readonly Outcome[]): Outcome | undefined {
  const weight = ({ certainty, conditions, through }: Outcome) =>
    ORDER.indexOf(certainty) * 100 + conditions.length + (through === undefined ? 0 : 1);
  return [...outcomes].sort((a, b) => weight(a) - weight(b))[0];
}
