import { Estate, shapeOf } from './estate';
import type { Found, Kind } from './flow';
import { KIND, KINDS } from './kind';
import { DIRECTIONS } from './resource-policies';
import { allowsAction, Statement, statementsIn, writesReplicas } from './statements';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A policy of roles, users or groups, with those who have it. */
export interface IdentityPolicy {
  /** The resource in which it stands. */
  readonly policy: TemplateResource;
  readonly statements: readonly Statement[];
  readonly holders: readonly TemplateResource[];
}

const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** All identity policies of the templates. */
export function identityPolicies(estate: Estate): IdentityPolicy[] {
  const holders = estate.ofType(...HOLDERS);
  const byName = new Map<string, TemplateResource[]>();
  for (const holder of holders) {
    const name = ['RoleName', 'UserName', 'GroupName'].map((property) => shapeOf(holder.get(property))).find(Boolean);
    if (name) { byName.set(name, [...(byName.get(name) ?? []), holder]); }
  }
  const attached = new Map<TemplateResource, TemplateResource[]>();
  for (const holder of holders) {
    for (const arn of holder.get('ManagedPolicyArns').items()) {
      if (arn.kind === 'value' && arn.target) { attached.set(arn.target, [...(attached.get(arn.target) ?? []), holder]); }
    }
  }
  const named = (read: Read) => read.items().flatMap((item) => {
    if (item.kind !== 'value') { return []; }
    const name = item.text;
    return item.target ? [item.target] : byName.get(name) ?? [];
  });
  const standalone = estate.ofType('AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy').map((policy) => ({
    policy,
    statements: statementsIn(policy.get('PolicyDocument')),
    holders: ['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'].flatMap((property) => named(policy.get(property))),
  }));
  const managed = estate.ofType('AWS::IAM::ManagedPolicy').map((policy) => ({
    policy,
    statements: statementsIn(policy.get('PolicyDocument')),
    holders: [
      ...['Roles', 'Users', 'Groups'].flatMap((property) => named(policy.get(property))),
      ...(attached.get(policy) ?? []),
    ],
  }));
  const inline = holders.flatMap((holder) => holder.get('Policies').items().map((each) => ({ policy: holder, statements: statementsIn(each.get('PolicyDocument')), holders: [holder] })));
  return [...standalone, ...managed, ...inline];
}

/** Whoever may write or read by an identity policy that names the target. */
export function allowedByIdentityPolicies(estate: Estate, policies: readonly IdentityPolicy[]): Found[] {
  return policies.flatMap(({ policy, statements, holders }) => statements.filter(({ actions }) => !actions.includes('*'))
    .flatMap((statement) => kindsOf(statement).flatMap((kind) => {
      const directions = DIRECTIONS.filter((direction) => KIND[kind][direction].some((action) => allowsAction(statement, action)));
      if (directions.length === 0) { return []; }
      const { resources, wide } = targetsOf(estate, statement, kind, policy);
      return resources.flatMap((target) => directions.map((direction): Found => ({ by: policy, target, kind, direction, replicates: direction === 'write' && writesReplicas(statement), party: { kind: 'identity', policy, holders, wide, byReference: refersTo(statement, target) } })));
    })));
}

/** The kinds whose actions a statement could allow, by the service before the colon: most statements are about other services. */
function kindsOf({ actions }: Statement): readonly Kind[] {
  const services = new Set(actions.map((action) => action.split(':')[0]));
  return [...services].some((service) => /[^a-z0-9-]/.test(service)) ? KINDS : KINDS.filter((kind) => services.has(KIND[kind].service));
}

/** What a statement names; where it names everything, all that is in its account. */
function targetsOf(estate: Estate, { resources }: Statement, kind: Kind, policy: TemplateResource): { resources: TemplateResource[]; wide: boolean } {
  const named = resources.map((resource) => estate.named(kind, resource, policy.owner));
  if (!named.some(({ everything }) => everything)) { return { resources: [...new Set(named.flatMap((each) => each.resources))], wide: false }; }
  const { account } = policy.owner.surroundings;
  return { resources: estate.ofKind(kind).filter(({ owner }) => owner.surroundings.account === account), wide: true };
}

function refersTo({ resources }: Statement, { logicalId }: TemplateResource): boolean {
  return resources.some((resource) => resource.includes(`\${${logicalId}.`) || resource.includes(`\${${logicalId}}`));
}
