import type { Property, PropertyType } from '@aws-cdk/service-spec-types';
import { resources, spec } from '../../scripts/encryption-table/harvest';
import { stepsOf } from '../../src/table/places';
import type { AtRestRow } from '../../src/table/row';

type Json = Record<string, unknown>;

const RESOURCES = new Map(resources().map((resource) => [resource.cloudFormationType, resource]));

/** The smallest properties that CloudFormation takes for a type, with what the rows of the table are about: as badly encrypted as the type can be. */
export function smallestProperties(type: string, rows: readonly AtRestRow[] = []): Json {
  const resource = RESOURCES.get(type)!;
  const properties = requiredOf(resource.properties, []);
  for (const { when, where = {}, unencrypted = {} } of rows) {
    if (when !== undefined) { put(properties, resource.properties, when, undefined); }
    for (const [path, values] of Object.entries({ ...where, ...unencrypted })) {
      put(properties, resource.properties, path.startsWith('.') ? `${when}${path}` : path, [values].flat().find((value) => value !== null));
    }
  }
  return properties;
}

function requiredOf(properties: Record<string, Property>, parents: readonly string[]): Json {
  return Object.fromEntries(Object.entries(properties).filter(([, { required }]) => required).map(([name, { type }]) =>
    [name, type.type === 'string' && /key|kms/i.test(name) && type.allowedValues === undefined ? 'alias/aws/service' : smallest(type, parents)]));
}

function smallest(type: PropertyType, parents: readonly string[]): unknown {
  switch (type.type) {
    case 'string': return type.allowedValues?.[0] ?? 'text';
    case 'integer': case 'number': return 1;
    case 'boolean': return false;
    case 'array': return [smallest(type.element, parents)];
    case 'map': return { key: smallest(type.element, parents) };
    case 'union': return smallest(type.types.find((each) => each.type !== 'json') ?? type.types[0], parents);
    case 'ref': {
      const definition = spec().get('typeDefinition', type.reference.$ref);
      return parents.includes(definition.name) ? {} : requiredOf(definition.properties, [...parents, definition.name]);
    }
    default: return {};
  }
}

/** Puts a property there, and what CloudFormation asks for beside it on the way. */
function put(tree: Json, properties: Record<string, Property>, path: string, value: unknown): void {
  let [at, known] = [tree, properties];
  stepsOf(path).forEach(({ name, isList }, index, all) => {
    const type = known[name]?.type;
    const inner = type?.type === 'array' ? type.element : type;
    const definition = inner?.type === 'ref' ? spec().get('typeDefinition', inner.reference.$ref) : undefined;
    const isLast = index === all.length - 1;
    const made = isLast && value !== undefined ? value : definition ? requiredOf(definition.properties, []) : inner ? (inner.type === 'boolean' ? true : smallest(inner, [])) : {};
    if (isLast && value !== undefined) { at[name] = made; return; }
    // What has nothing in it is not there.
    const now = (isList ? (at[name] as Json[] | undefined)?.[0] : at[name]) as Json | undefined ?? made as Json;
    const some = isLast && definition && Object.keys(now).length === 0 ? Object.entries(definition.properties).find(([each]) => !/Snapshot|Kms|Encrypt/.test(each)) : undefined;
    if (some) { now[some[0]] = smallest(some[1].type, [definition!.name]); }
    at[name] ??= isList ? [made] : made;
    at = (isList ? (at[name] as Json[])[0] : at[name]) as Json;
    known = definition?.properties ?? {};
  });
}
