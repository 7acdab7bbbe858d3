import { judge } from './judge';
import { RULES } from './rule-table';
import type { Guards, Verdict } from '../rules/rule';
import type { ProtectedResource } from '../rules/service-declaration';
import { SERVICES } from '../services';
import { Template, TemplateResource } from '../template/template';

/** How one guarantee stands for a resource. */
export type Status = 'yes' | 'no' | 'unknown' | 'does not apply';

/** One protected resource of a template, as a person asks about it. */
export interface InventoryRow {
  /** The construct's path below its stack, or the logical id where the template has none. */
  readonly name: string;
  readonly kind: string;
  /** The key's name, in the same terms; `-` where there is none. */
  readonly key: string;
  readonly atRest: Status;
  readonly inTransit: Status;
}

/** What a person calls each resource, and where its key stands. */
const PROTECTED: Readonly<Record<string, ProtectedResource>> = Object.assign({}, ...SERVICES.map(({ protects }) => protects));

/** The protected resources of a template, in its order. */
export function inventory(template: Template): InventoryRow[] {
  // An instance of an Aurora cluster has nothing of its own: its cluster says it all.
  const resources = template.ofType(...Object.keys(PROTECTED))
    .filter((resource) => resource.type !== 'AWS::RDS::DBInstance' || resource.get('DBClusterIdentifier').kind === 'absent');
  return resources.map((resource) => ({
    name: nameOf(resource),
    kind: PROTECTED[resource.type].kind,
    key: keyOf(resource),
    atRest: resource.type === 'AWS::KMS::Key' ? status('key', resource) : status('at rest', resource),
    inTransit: status('in transit', resource),
  }));
}

function status(guards: Guards, resource: TemplateResource): Status {
  const verdicts = RULES
    // What would be good and is not needed does not make the answer no.
    .filter((rule) => rule.guards === guards && rule.severity !== 'info' && rule.resourceTypes.includes(resource.type))
    .map((rule) => judge(rule, resource).kind);
  const worst = (['fail', 'undetermined', 'pass'] as Array<Verdict['kind']>).find((kind) => verdicts.includes(kind));
  return worst === 'fail' ? 'no' : worst === 'undetermined' ? 'unknown' : worst === 'pass' ? 'yes' : 'does not apply';
}

function keyOf(resource: TemplateResource): string {
  const { key: path } = PROTECTED[resource.type];
  if (!path) { return '-'; }
  return resource.get(...path).match({
    value: ({ target, text }) => (!target ? text : target.owner === resource.owner ? nameOf(target) : `of ${target.owner.surroundings.stackName ?? 'another stack'}`),
    unknown: ({ stack }) => (stack === undefined ? '${?}' : `of ${stack}`),
    absent: () => (resource.type === 'AWS::S3::Bucket' && resource.get(...path.slice(0, -1)).kind === 'value' ? 'none: S3 managed' : '-'),
  });
}

function nameOf({ path, logicalId }: TemplateResource): string {
  return path?.split('/').slice(1).join('/').replace(/\/(Resource|Default)$/, '') ?? logicalId;
}
