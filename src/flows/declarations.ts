import type { Estate } from './estate';
import { allowedIn } from './finders';
import type { Flow, FlowDeclaration, Found, Party } from './flow';
import { KIND } from './kind';
import { isDocumented } from './needs';
import { POLICY_TYPES } from './resource-policies';
import { SERVICE_FLOWS } from './service-flows';

/** Services that a resource policy allows, and of which AWS does not document what they need of a key. */
const OTHER_SERVICES: FlowDeclaration = {
  id: 'OtherServices',
  service: 'Other AWS services',
  what: 'whatever a resource policy allows an AWS service to write or read',
  kind: 'bucket',
  direction: 'write',
  types: [],
  foundBy: 'a bucket, queue or topic policy that names a service that is not in this table',
  principal: 'as in the policy',
  sends: 'not documented',
  needs: 'not documented: a warning shows a statement with `aws:SourceAccount` to try',
  becomes: 'warned',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention',
  find: (estate) => allowedIn(estate).byResourcePolicies.filter(({ party }) => party.kind === 'service' && !isDocumented(party)),
};

const { iam, ...services } = SERVICE_FLOWS;

/** Every flow that this library knows. What a service declares of a role goes before what any identity policy says: each flow counts once. */
export const FLOWS: readonly FlowDeclaration[] = [...Object.values(services).flat(), ...iam, OTHER_SERVICES];

/** The resource types that must be read to find all flows. */
export const FLOW_TYPES: ReadonlySet<string> = new Set([
  ...Object.values(KIND).flatMap(({ types }) => types), ...POLICY_TYPES, 'AWS::SecretsManager::SecretTargetAttachment', 'AWS::S3::AccessPoint', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias',
  ...FLOWS.flatMap(({ types }) => types),
]);

/** The services by whose roles flows are found: of roles for others nobody has to read whom they trust. */
export const TRUSTED_SERVICES: readonly string[] = FLOWS.flatMap(({ trusted }) => trusted ?? []);

/** All flows of an estate, each once. */
export function flowsOf(estate: Estate): Flow[] {
  const seen = new Set<string>();
  const ids = new Map<object, number>();
  const id = (object: object) => ids.get(object) ?? (ids.set(object, ids.size), ids.size - 1);
  return FLOWS.flatMap((declaration) => declaration.find(estate).map((found): Flow => ({ ...found, party: withoutOwnAccount(found), declaration })))
    .filter((flow) => {
      const key = [id(flow.target), flow.direction, partyKey(flow.party, id), flow.upload ? id(flow.by) : '', flow.replicates ? 'replicates' : ''].join(' ');
      return !seen.has(key) && seen.add(key);
    });
}

function withoutOwnAccount({ party, target }: Found): Party {
  return party.kind === 'service' && party.account === target.owner.surroundings.account ? { ...party, account: undefined } : party;
}

function partyKey(party: Party, id: (object: object) => number): string {
  switch (party.kind) {
    case 'service': return `${party.service} ${party.organization ?? party.account ?? ''}`;
    case 'identity': return `policy ${id(party.policy)} ${party.holders.map(id).join(',')}`;
    case 'principal': return `${party.arn} ${JSON.stringify(party.conditions)} ${party.limitedBy}`;
    case 'outside': return `outside ${party.name}`;
  }
}
