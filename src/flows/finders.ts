import { Estate } from './estate';
import type { Found, Kind, Party, ServiceParty } from './flow';
import { allowedByIdentityPolicies, IdentityPolicy, identityPolicies } from './identity-policies';
import { allowedByResourcePolicies, ResourcePolicy, resourcePolicies } from './resource-policies';
import { statementsIn } from './statements';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What the policies of an estate allow, worked out once. */
interface Allowed {
  readonly byResourcePolicies: readonly Found[];
  readonly byIdentityPolicies: readonly Found[];
  readonly identityPolicies: readonly IdentityPolicy[];
  /** The policies of buckets, queues and so on, by what they are for. */
  readonly resourcePoliciesOf: ReadonlyMap<TemplateResource, readonly ResourcePolicy[]>;
  /** Identity policies by role, user or group. */
  readonly policiesOf: ReadonlyMap<TemplateResource, readonly IdentityPolicy[]>;
}

const memory = new WeakMap<Estate, Allowed>();

export function allowedIn(estate: Estate): Allowed {
  let known = memory.get(estate);
  if (!known) {
    const policies = identityPolicies(estate);
    const policiesOf = new Map<TemplateResource, IdentityPolicy[]>();
    policies.forEach((policy) => policy.holders.forEach((holder) => policiesOf.set(holder, [...(policiesOf.get(holder) ?? []), policy])));
    const ofResources = resourcePolicies(estate);
    const resourcePoliciesOf = new Map<TemplateResource, ResourcePolicy[]>();
    for (const policy of ofResources) {
      policy.targets.forEach((target) => resourcePoliciesOf.set(target, [...(resourcePoliciesOf.get(target) ?? []), policy]));
    }
    known = {
      resourcePoliciesOf,
      identityPolicies: policies,
      policiesOf,
      byResourcePolicies: allowedByResourcePolicies(ofResources),
      byIdentityPolicies: allowedByIdentityPolicies(estate, policies),
    };
    memory.set(estate, known);
  }
  return known;
}

/** Flows of a service that resource policies allow. */
export function byPolicy(estate: Estate, service: string, ...kinds: Kind[]): Found[] {
  return allowedIn(estate).byResourcePolicies.filter(({ party, kind }) => kinds.includes(kind)
    && (party.kind === 'service' && (party.service === service || isRegionalFormOf(party.service, service))));
}

function isRegionalFormOf(regional: string, service: string): boolean {
  const [name, ...rest] = service.split('.amazonaws');
  return rest.length > 0 && regional.startsWith(`${name}.`) && /^[a-z0-9-]+\.amazonaws/.test(regional.slice(name.length + 1));
}

/** Flows that cannot be under a key, by what their name says. */
export function outsideByPolicy(estate: Estate, name: RegExp): Found[] {
  return allowedIn(estate).byResourcePolicies.filter(({ party }) => party.kind === 'outside' && name.test(party.name));
}

/** A flow by a property of the resource that sets it up. */
export function found(estate: Estate, by: TemplateResource, kind: Kind, value: Read, party: Party, more: Partial<Found> = {}): Found[] {
  return value.items().flatMap((read) => {
    const target = estate.one(kind, read, by.owner);
    return target ? [{ by, target, kind, direction: 'write' as const, party, ...more }] : [];
  });
}

/** A service that acts for a resource: in which account, where that is not the target's. */
export function actsFor(service: string, source: TemplateResource): ServiceParty {
  return { kind: 'service', service, account: source.owner.surroundings.account };
}

/** Those whose identity policies allow them to write to a target. */
export function writersOf(estate: Estate, target: TemplateResource): Found[] {
  return allowedIn(estate).byIdentityPolicies.filter((flow) => flow.target === target && flow.direction === 'write');
}

/** The flows of a role that a resource names, with what it sends. */
export function writersWithRole(estate: Estate, target: TemplateResource, role: Read): Found[] {
  const holder = role.kind === 'value' ? role.target : undefined;
  return holder ? writersAs(estate, target, holder) : [];
}

/** The same of a role that is known, and of nobody else who has its policy. */
export function writersAs(estate: Estate, target: TemplateResource, role: TemplateResource): Found[] {
  return writersOf(estate, target)
    .flatMap((flow) => (flow.party.kind === 'identity' && flow.party.holders.includes(role) ? [{ ...flow, party: { ...flow.party, holders: [role] } }] : []));
}

/** The roles that a service may assume: by them is found what only a call to the service sets up. */
export function rolesFor(estate: Estate, service: string): TemplateResource[] {
  return estate.ofType('AWS::IAM::Role').filter((role) => statementsIn(role.get('AssumeRolePolicyDocument'))
    .some(({ allows, principals }) => allows && principals.some(({ type, name }) => type === 'Service' && name === service)));
}
