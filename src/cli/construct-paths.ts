import { isObject, Json } from '../checks/model/template';

/** Where the metadata of a cloud assembly has the logical id of a construct. */
export const LOGICAL_ID = 'aws:cdk:logicalId';
/** How the CDK names what stands for a nested stack in its parent: the scope of its constructs is beside it. */
const NESTED = /^(.*\/([^/]+))\.NestedStack\/\2\.NestedStackResource$/;

/** Logical id → construct path; a template has it itself only where the CDK's command line asked for it. */
export function pathsIn(metadata: Json, isHere: (path: string) => boolean): ReadonlyMap<string, string> {
  return new Map(entriesOf(metadata).filter(([path]) => isHere(path)).map(([path, logicalId]) => [logicalId, path.replace(/^\//, '')]));
}

/** The nested stack that a construct belongs to, by its path; empty for those of the stack itself. */
export function nestedScope(path: string, metadata: Json): string {
  const scopes = nestedScopes(metadata).filter((scope) => path.startsWith(`${scope}/`));
  return scopes.sort((a, b) => b.length - a.length)[0] ?? '';
}

/** The path below which the constructs of a nested stack are, by its resource in its parent. */
export function scopeOfNested(logicalId: string, metadata: Json): string {
  const [path] = entriesOf(metadata).find(([each, id]) => id === logicalId && NESTED.test(each)) ?? [];
  return NESTED.exec(path ?? '')?.[1] ?? `(${logicalId})`;
}

const SCOPES = new WeakMap<Json, string[]>();

function nestedScopes(metadata: Json): string[] {
  const known = SCOPES.get(metadata) ?? Object.keys(metadata).flatMap((path) => NESTED.exec(path)?.[1] ?? []);
  SCOPES.set(metadata, known);
  return known;
}

function entriesOf(metadata: Json): Array<[path: string, logicalId: string]> {
  return Object.entries(metadata).flatMap(([path, list]) => (Array.isArray(list) ? list : []).filter(isObject)
    .filter(({ type, data }) => type === LOGICAL_ID && typeof data === 'string').map(({ data }): [string, string] => [path, String(data)]));
}
