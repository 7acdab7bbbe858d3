import { isObject, Json } from '../template/values';

/** Logical id → construct path, as `Prod/Orders/Key`. */
export type ConstructPaths = ReadonlyMap<string, string>;

const LOGICAL_ID = 'aws:cdk:logicalId';
/** How the CDK names what stands for a nested stack in its parent: the scope of its constructs is beside it. */
const NESTED = /^(.*\/([^/]+))\.NestedStack\/\2\.NestedStackResource$/;

/** What the metadata of a cloud assembly says of constructs, of one kind. */
export function entriesOf(metadata: Json, kind: string): Array<{ readonly path: string; readonly data: unknown }> {
  return Object.entries(metadata).flatMap(([path, list]) => (Array.isArray(list) ? list : []).filter(isObject)
    .filter(({ type }) => type === kind).map(({ data }) => ({ path: path.replace(/^\//, ''), data })));
}

/**
 * The constructs of each template of a stack: under the path of a nested stack those of its own template, and under the empty path
 * those of the stack's. A template has them itself only where the CDK's command line asked for it.
 */
export function pathsByScope(metadata: Json): (scope: string) => ConstructPaths {
  const constructs = entriesOf(metadata, LOGICAL_ID).filter(({ data }) => typeof data === 'string');
  // The innermost first.
  const scopes = constructs.flatMap(({ path }) => NESTED.exec(path)?.[1] ?? []).sort((a, b) => b.length - a.length);
  const found = new Map<string, Map<string, string>>();
  for (const { path, data } of constructs) {
    const scope = scopes.find((each) => path.startsWith(`${each}/`)) ?? '';
    found.set(scope, (found.get(scope) ?? new Map<string, string>()).set(String(data), path));
  }
  return (scope) => found.get(scope) ?? new Map();
}

/** The path below which the constructs of a nested stack are, by its resource among the constructs of its parent. */
export function scopeOfNested(logicalId: string, parent: ConstructPaths): string {
  return NESTED.exec(parent.get(logicalId) ?? '')?.[1] ?? `(${logicalId})`;
}
