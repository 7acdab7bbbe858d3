import { judge } from './judge';
import { RULES } from './rule-table';
import type { Guards, Rule, Verdict } from '../rules/rule';
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

/** Whether a service's folder declares a type. */
export const isProtectedType = (type: string) => Object.hasOwn(PROTECTED, type);

/** What has nothing of its own: the cluster of an instance of Aurora says it all. */
export const isPartOfCluster = (resource: TemplateResource) => resource.type === 'AWS::RDS::DBInstance' && resource.get('DBClusterIdentifier').kind !== 'absent';

/** What a person calls a type: `S3 bucket`, `EFS FileSystem`. */
export const kindOf = (type: string) => (isProtectedType(type) ? PROTECTED[type].kind : type.split('::').slice(1).join(' ') || type);

/** The path of the property that names the key of a type. */
export function keyPathOf(type: string): readonly string[] | undefined {
  return isProtectedType(type) ? PROTECTED[type].key : undefined;
}

/** The same as rows for people. */
export function inventory(template: Template): InventoryRow[] {
  return template.ofType(...Object.keys(PROTECTED)).filter((resource) => !isPartOfCluster(resource)).map((resource) => {
    const rules = RULES.filter((rule) => rule.resourceTypes.includes(resource.type));
    const judged = rules.map((rule) => ({ rule, kind: judge(rule, resource).kind }));
    return {
      name: nameOf(resource),
      kind: PROTECTED[resource.type].kind,
      key: keysOf(resource, nameOf)[0] ?? '-',
      atRest: statusOf(resource.type === 'AWS::KMS::Key' ? 'key' : 'at rest', judged),
      inTransit: statusOf('in transit', judged),
    };
  });
}

/** What rules say of a resource. */
type Judged = ReadonlyArray<{ readonly rule: Rule; readonly kind: Verdict['kind'] }>;

/** How a guarantee stands: as the worst that a rule says. */
export function statusOf(guards: Guards, judged: Judged): Status {
  const verdicts = judged
    // What would be good and is not needed does not make the answer no.
    .filter(({ rule }) => rule.guards === guards && rule.severity !== 'info')
    .map(({ kind }) => kind);
  const worst = (['fail', 'undetermined', 'pass'] as Array<Verdict['kind']>).find((kind) => verdicts.includes(kind));
  return worst === 'fail' ? 'no' : worst === 'undetermined' ? 'unknown' : worst === 'pass' ? 'yes' : 'does not apply';
}

/** The name of the key of a resource that a service's folder declares; nothing where it has none. */
export function keysOf(resource: TemplateResource, named: (resource: TemplateResource) => string): string[] {
  const path = keyPathOf(resource.type);
  if (!path) { return []; }
  return resource.get(...path).match({
    value: ({ target, text }) => [!target ? text : target.owner === resource.owner || named !== nameOf ? named(target) : `of ${target.owner.surroundings.stackName ?? 'another stack'}`],
    unknown: ({ stack }) => [stack === undefined ? '${?}' : `of ${stack}`],
    absent: () => (resource.type === 'AWS::S3::Bucket' && resource.get(...path.slice(0, -1)).kind === 'value' ? ['none: S3 managed'] : []),
  });
}

function nameOf({ path, logicalId }: TemplateResource): string {
  return path?.split('/').slice(1).join('/').replace(/\/(Resource|Default)$/, '') ?? logicalId;
}
