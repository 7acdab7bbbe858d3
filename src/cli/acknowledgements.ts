import { ConstructPaths, entriesOf } from './construct-paths';
import type { TemplateResource } from '../template/template';
import { isObject, Json } from '../template/values';

/** Logical id → rule id → reason. */
export type Acknowledgements = ReadonlyMap<string, ReadonlyMap<string, string>>;

const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

/** What `Validations.of(x).acknowledge(…)` wrote into a cloud assembly: it holds for a construct and all below it. */
export function acknowledgementsIn(metadata: Json, paths: ConstructPaths): Acknowledgements {
  const reasons = entriesOf(metadata, ACKNOWLEDGED).filter(({ data }) => isObject(data))
    .map(({ path, data }) => ({ path, rules: Object.entries(data as Json).map(([id, reason]): [string, string] => [id.replace(/^.*::/, ''), String(reason)]) }));
  const found = new Map<string, Map<string, string>>();
  if (reasons.length === 0) { return found; }
  for (const [logicalId, path] of paths) {
    const own = reasons.filter((reason) => path === reason.path || path.startsWith(`${reason.path}/`)).flatMap(({ rules }) => rules);
    if (own.length > 0) { found.set(logicalId, new Map(own)); }
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
