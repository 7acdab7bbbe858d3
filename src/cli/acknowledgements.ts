import { LOGICAL_ID } from './construct-paths';
import { isObject, Json, TemplateResource } from '../checks/model/template';

/** Logical id → rule id → reason. */
export type Acknowledgements = ReadonlyMap<string, ReadonlyMap<string, string>>;

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** What `Validations.of(x).acknowledge(…)` wrote into a cloud assembly: it holds for a construct and all below it. `isHere` tells the template's own. */
export function acknowledgementsIn(metadata: Json, isHere: (path: string) => boolean): Acknowledgements {
  const entries = Object.entries(metadata).map(([path, list]) => ({ path, list: (Array.isArray(list) ? list : []).filter(isObject) }));
  const reasons = entries.flatMap(({ path, list }) => list.filter(({ type, data }) => type === ACKNOWLEDGED && isObject(data))
    .map(({ data }) => ({ path, rules: Object.entries(data as Json).map(([id, reason]): [string, string] => [id.replace(/^.*::/, ''), String(reason)]) })));
  const found = new Map<string, Map<string, string>>();
  if (reasons.length === 0) { return found; }
  for (const { path, list } of entries.filter((entry) => isHere(entry.path))) {
    const logicalId = list.find(({ type }) => type === LOGICAL_ID)?.data;
    const own = reasons.filter((reason) => path === reason.path || path.startsWith(`${reason.path}/`)).flatMap(({ rules }) => rules);
    if (typeof logicalId === 'string' && own.length > 0) { found.set(logicalId, new Map(own)); }
  }
  return found;
}

/** What cdk-nag wrote into a resource's own metadata. */
export function suppressedIn(resource: TemplateResource, rule: string): string | undefined {
  const nag = resource.metadata.cdk_nag;
  const rules = isObject(nag) && Array.isArray(nag.rules_to_suppress) ? nag.rules_to_suppress.filter(isObject) : [];
  const found = rules.find(({ id }) => id === rule);
  return found && String(found.reason ?? 'no reason given');
}
