import { askPastDenials } from '../policy/asked';
import { placeOf, statementOf } from '../policy/from-template';
import { remembering } from '../policy/remembering';
import { sayingOf } from '../policy/statement';
import type { Read } from '../template/read';
import type { Template } from '../template/template';

/** Properties of requests, each of which must be denied. */
export type Requests = ReadonlyArray<ReadonlyMap<string, readonly string[]>>;

export const OVER_PLAIN_HTTP: Requests = [new Map([['aws:securetransport', ['false']]])];

/** Requests over a TLS version below one. */
export function overTlsBelow(key: string, floor: number): Requests {
  return ['1.0', '1.1', '1.2', '1.3'].filter((version) => Number(version) < floor).map((version) => new Map([['aws:securetransport', ['true']], [key, [version]]]));
}

/** Whether a statement denies all such requests for each action, whoever makes them and whatever allows them, as far as its resources reach. */
export function deniesEvery(source: Read, template: Template, actions: readonly string[], requests: Requests): boolean {
  const effect = source.get('Effect');
  if (effect.kind !== 'value' || !effect.is('Deny')) { return false; }
  if (!template.conditions.areNone) { return denies(source, template, actions, requests); }
  const byRequests = ofStatements.get(source) ?? new Map<Requests, boolean>();
  ofStatements.set(source, byRequests);
  const known = byRequests.get(requests) ?? denies(source, template, actions, requests);
  byRequests.set(requests, known);
  return known;
}

/** A statement is about one kind of resource: which actions there are goes with it. */
const ofStatements = new WeakMap<Read, Map<Requests, boolean>>();

function denies(source: Read, template: Template, actions: readonly string[], requests: Requests): boolean {
  const statement = statementOf(source, template);
  const { account } = placeOf(template);
  const question = `${sayingOf(statement)} ${account} ${actions[0]} ${textOf(requests)}`;
  const known = judged.get(question);
  if (known !== undefined) { return known; }
  // Wherever it is about: that is judged apart.
  const { resources: _, ...anywhere } = statement;
  const guarded = { statements: [anywhere], account, actions, resources: ['arn:aws:any:::any'] };
  const answer = requests.every((given) => askPastDenials(guarded, given).answer === 'no');
  if (judged.size > MOST_REMEMBERED) { judged.clear(); }
  judged.set(question, answer);
  return answer;
}

const textOf = remembering((requests: Requests) => JSON.stringify(requests.map((given) => [...given])));

/** Most templates write the same few denials again and again. */
const judged = new Map<string, boolean>();
const MOST_REMEMBERED = 1000;
