import { asSimulated, CAUSES, Generated } from './causes';
import { pick, Random, randomOf } from './mutations';
import { keysSentWith, simulate } from './policy-simulation';
import { IDENTITIES, Owned, OWN, PolicyMaker, RESOURCES, SERVICES } from './random-policies';
import { actionsOn } from '../../src/policy/actions';
import type { Caller } from '../../src/policy/caller';
import { decide, Request } from '../../src/policy/decide';
import { normalize } from '../../src/policy/normal-form';

export interface Comparison {
  /** `allowed / denied`: ours and the simulator's → how often. */
  readonly counts: Record<string, number>;
  /** Why pairs could not be compared → how often. */
  readonly skipped: Record<string, number>;
  /** In lower case: what the generated policies were made of. */
  readonly reached: ReadonlySet<string>;
  /** Differences that no class explains, as text. */
  readonly unexplained: string[];
}

/** Decides pairs of generated policies and requests by the engine and by iam-simulate. */
export async function comparePairs(pairs: number, seed: number): Promise<Comparison> {
  const random = randomOf(seed);
  const comparison: Comparison & { readonly reached: Set<string> } = { counts: {}, skipped: {}, reached: new Set(), unexplained: [] };
  const count = (into: Record<string, number>, what: string) => { into[what] = (into[what] ?? 0) + 1; };
  for (let pair = 0; pair < pairs; pair++) {
    const owned = pick(random, RESOURCES);
    const maker = new PolicyMaker(random, owned, (what) => comparison.reached.add(what.toLowerCase()));
    const policies = { resource: maker.policy(), identity: random() < 0.6 ? [maker.identityPolicy()] : [] };
    const request = await randomRequest(random, maker, owned, policies);
    const identity = request.caller.kind === 'identity' ? policies.identity : [];
    const isKey = owned.on === 'key';
    const decided = ({ resource, identity: own }: Generated) =>
      decide(request, { resource: normalize(resource), identity: own.flatMap(normalize), isKey }).verdict;
    const asked = { resource: policies.resource, identity };
    const ours = decided(asked);
    const theirs = await simulate(request, { resource: policies.resource, identity });
    if (typeof theirs !== 'string') { count(comparison.skipped, theirs.skipped); continue; }
    const kind = ours === theirs ? undefined : causeOf((causes) => decided(asSimulated(causes, asked, request)) === theirs);
    count(comparison.counts, ours === theirs ? `${ours} by both` : `${ours}, not ${theirs}: ${kind ?? 'unexplained'}`);
    if (ours !== theirs && !kind) { comparison.unexplained.push(`pair ${pair} of seed ${seed}: ${ours}, not ${theirs}: ${shown({ request, policies })}`); }
  }
  return comparison;
}

const shown = (value: unknown) => JSON.stringify(value, (_, inner) => (inner instanceof Map ? Object.fromEntries(inner) : inner));

async function randomRequest(random: Random, maker: PolicyMaker, { on, arn }: Owned, policies: Generated): Promise<Request> {
  const who = random();
  const caller: Caller = who < 0.75 ? { kind: 'identity', arn: pick(random, IDENTITIES) } : who < 0.9 ? { kind: 'service', name: pick(random, SERVICES) } : { kind: 'anonymous' };
  const action = pick(random, actionsOn(on));
  const isSent = await sentWith(action);
  return { caller, action, resource: arn, account: OWN, context: maker.context([policies.resource, ...policies.identity], isSent) };
}

/** Whether an action sends a condition key, by AWS's reference; requests to buckets without ABAC have no tags of the bucket. */
export async function sentWith(action: string): Promise<(name: string) => boolean> {
  const keys = await keysSentWith(action);
  const prefixes = [...keys].filter((key) => /[/:]$/.test(key));
  return (name) => {
    const key = name.toLowerCase();
    if (keys.has(key)) { return true; }
    return !(action.startsWith('s3:') && /^(aws:resourcetag|s3:buckettag)\//.test(key)) && prefixes.some((prefix) => key.startsWith(prefix));
  };
}

/**
 * Why the engine decides otherwise, where AWS's pages say so: docs/proof.md has each. A difference has a cause only if the engine decides as the
 * simulator does once the policies say what the simulator takes them for: by that alone, or by two of them together.
 */
function causeOf(agrees: (causes: typeof CAUSES) => boolean): string | undefined {
  const one = CAUSES.find((cause) => agrees([cause]));
  if (one) { return one.name; }
  return CAUSES.some((first) => CAUSES.some((second) => agrees([first, second]))) ? 'two of them' : undefined;
}

/** The conditions of policies, key by key. */
export function conditionsIn(policies: unknown): Array<{ readonly operator: string; readonly key: string; readonly values: string[] }> {
  const found: Array<{ operator: string; key: string; values: string[] }> = [];
  JSON.stringify(policies, (_, value) => {
    for (const [operator, keys] of Object.entries((value?.Condition ?? {}) as Record<string, Record<string, string | string[]>>)) {
      for (const [key, values] of Object.entries(keys)) { found.push({ operator, key, values: [values].flat() }); }
    }
    return value;
  });
  return found;
}
