import { AccessChange, Concern, CONCERNS, concernsOf, DiffDocument } from '../../diff/document';

/** What a comparison comes to, in numbers and in a sentence. */
export interface DiffSummary extends Readonly<Record<Concern, number>> {
  readonly text: string;
  /** Resources that change. */
  readonly resources: number;
  /** Parties that gain access, and that lose it; one for each key. */
  readonly gains: number;
  readonly loses: number;
  /** Of those that gain it: in other accounts, or anybody. */
  readonly outside: number;
}

export function summaryOf(document: DiffDocument): DiffSummary {
  const concerns = concernsOf(document);
  const count = (concern: Concern) => concerns.filter((each) => each === concern).length;
  const counts = Object.fromEntries(CONCERNS.map((concern) => [concern, count(concern)])) as Record<Concern, number>;
  const { resources, keys } = document;
  const [gains, loses] = (['gains', 'loses'] as const).map((change) => keys.flatMap((key) => parties(key[change])));
  const outside = gains.filter((each) => each.outside).length;
  const numbers = { ...counts, resources: resources.length, gains: gains.length, loses: loses.length, outside };
  return { text: sentence(document, numbers), ...numbers };
}

/** Each party once, whatever it can do. */
function parties(changes: readonly AccessChange[]): AccessChange[] {
  return [...new Map(changes.map((change) => [`${change.kind} ${change.who}`, change])).values()];
}

/** `3 resources change (1 replaced, 2 in place), 1 loses access, 2 gain access (1 outside of the account): 2 lost, 1 weakened`. */
function sentence({ resources, keys }: DiffDocument, numbers: Omit<DiffSummary, 'text'>): string {
  const { gains, loses, outside } = numbers;
  const effects = EFFECTS.map((effect) => [resources.filter((each) => each.effect === effect).length, effect] as const).filter(([count]) => count > 0).map(([count, effect]) => `${count} ${effect}`);
  const changed = resources.length === 0 ? [] : [`${resources.length} ${resources.length === 1 ? 'resource changes' : 'resources change'} (${effects.join(', ')})`];
  const access = [
    ...(loses > 0 ? [`${loses} ${loses === 1 ? 'loses' : 'lose'} access`] : []),
    ...(gains > 0 ? [`${gains} ${gains === 1 ? 'gains' : 'gain'} access${outside > 0 ? ` (${outside} outside of the account)` : ''}`] : []),
    ...(loses + gains === 0 && keys.length > 0 ? ['access changes'] : []),
  ];
  const concerns = CONCERNS.filter((concern) => numbers[concern] > 0).map((concern) => `${numbers[concern]} ${concern.replace('-', ' ')}`);
  const what = [...changed, ...access];
  return `${what.length === 0 ? 'no encryption changes' : what.join(', ')}: ${concerns.length === 0 ? 'nothing is lost' : concerns.join(', ')}`;
}

const EFFECTS: ReadonlyArray<DiffDocument['resources'][number]['effect']> = ['removed', 'replaced', 'may be replaced', 'refused', 'in place'];
