import { CfnResource, Stack } from 'aws-cdk-lib';
import { stepsOf } from '../table/places';
import type { Scalar } from '../table/row';
import { Template, TemplateResource } from '../template/template';
import { isObject, Json } from '../template/values';

/** What every L1 has and does not show: its props, and how they are written in a template. */
interface L1 {
  readonly cfnProperties: Json;
  readonly rawOverrides?: { readonly Properties?: Json };
  renderProperties(properties: Json): Json;
}

/**
 * Some properties of an L1 as its template is going to have them. Nothing else is resolved: a policy would be kept as it is now.
 *
 * An L1 translates the names of props after they are resolved.
 */
export function propertiesNow(resource: CfnResource, names: ReadonlySet<string>): TemplateResource {
  const l1 = resource as unknown as L1;
  const stack = Stack.of(resource);
  const wanted = new Set([...names].map((name) => name.toLowerCase()));
  const resolved = Object.fromEntries(Object.entries(l1.cfnProperties)
    .map(([name, value]) => [name, wanted.has(name.toLowerCase()) ? stack.resolve(value) : value]));
  const written = l1.renderProperties(resolved) ?? {};
  const overrides = stack.resolve(only(l1.rawOverrides?.Properties, names));
  const Properties = merged(Object.fromEntries(Object.entries(only(written, names)).map(([name, value]) => [name, withoutEmpty(value)])), overrides);
  return new Template({ Resources: { It: { Type: resource.cfnResourceType, Properties } } }).resource('It')!;
}

const only = (tree: Json = {}, names: ReadonlySet<string>) => Object.fromEntries(Object.entries(tree).filter(([name]) => names.has(name)));

/** The CDK writes nothing of a property that comes to nothing. */
const withoutEmpty = (value: unknown) => (isObject(value) && Object.values(value).every((each) => each === undefined) ? undefined : value);

/** An override goes into what is there, and into a list by the number of an item. */
function merged(target: unknown, source: unknown): unknown {
  if (!isObject(source) || typeof target !== 'object' || target === null) { return source ?? target; }
  const result = (Array.isArray(target) ? [...target] : { ...target }) as Json;
  for (const [name, value] of Object.entries(source)) { result[name] = merged((target as Json)[name], value); }
  return result;
}

/** The names of the properties at the top of some paths. */
export function topsOf(paths: readonly string[]): Set<string> {
  return new Set(paths.filter((path) => path !== '').map((path) => stepsOf(path)[0].name));
}

/** A value to be written, at a path in which the items of lists that are there have their numbers. */
export type Writes = Map<string, Scalar | readonly unknown[]>;

/** Writes values at paths. A list that is not there gets one item, with everything that is written into it. */
export function write(resource: CfnResource, writes: Writes): void {
  const lists = new Map<string, Json>();
  const whole: Writes = new Map();
  for (const [path, value] of writes) {
    const at = path.indexOf('[]');
    if (at < 0) { whole.set(path, value); continue; }
    const list = path.slice(0, at);
    const item = lists.get(list) ?? {};
    lists.set(list, item);
    put(item, path.slice(at + 3).split('.'), value);
  }
  lists.forEach((item, path) => whole.set(path, [item]));
  whole.forEach((value, path) => resource.addPropertyOverride(path, value));
}

function put(tree: Json, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) { tree[name] = value; return; }
  const below = (tree[name] ?? {}) as Json;
  tree[name] = below;
  put(below, rest, value);
}
