import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { overriddenProperties } from '../private/overrides';
import { knownAtSynth } from '../private/tokens';
import { stepsOf } from '../table/places';
import type { Scalar } from '../table/row';
import { Template, TemplateResource } from '../template/template';
import { isObject, Json } from '../template/values';

/** What every L1 has and does not show: its props, and how they are written in a template. */
interface L1 {
  readonly cfnProperties: Json;
  renderProperties(properties: Json): Json;
}

/**
 * What an L1 is going to have at some paths in its template. Nothing else is resolved: a policy would be kept as it is now, and tags that come later be lost.
 *
 * An L1 translates the names of props after they are resolved.
 */
export function propertiesNow(resource: CfnResource, paths: readonly string[]): TemplateResource {
  const l1 = resource as unknown as L1;
  const stack = Stack.of(resource);
  const ways = paths.filter((path) => path !== '').map((path) => stepsOf(path).map(({ name }) => name));
  const names = new Set(ways.map(([top]) => top));
  const resolved = resolvedAt(l1.cfnProperties, ways, (value) => stack.resolve(value));
  const written = l1.renderProperties(resolved) ?? {};
  const there = Object.fromEntries(Object.entries(only(written, names)).map(([name, value]) => [name, withoutEmpty(value)]));
  const all = merged(there, overridesOf(resource, names));
  const Properties = Object.fromEntries(Object.entries(all as Json).map(([name, value]) => [name, theOnly(value).value]));
  return new Template({ Resources: { It: { Type: resource.cfnResourceType, Properties } } }).resource('It')!;
}

/** Some top properties of an L1 as its template has them, with the conditions that choose between values. */
export function writtenProperties(resource: CfnResource, names: readonly string[]): Json {
  const l1 = resource as unknown as L1;
  const stack = Stack.of(resource);
  const tops = new Set(names);
  const written = l1.renderProperties(resolvedAt(l1.cfnProperties, [...tops].map((name) => [name]), (value) => stack.resolve(value))) ?? {};
  return merged(only(written, tops), overridesOf(resource, tops)) as Json;
}

const overridesOf = (resource: CfnResource, names: ReadonlySet<string>) =>
  resolvedOverrides(only(overriddenProperties(resource), names), (value) => Stack.of(resource).resolve(value));

/** What an override takes out is `undefined`, which resolving would pass over. */
function resolvedOverrides(written: unknown, resolve: (value: unknown) => unknown): unknown {
  // Of what `addPropertyOverride` makes on the way there is no prototype.
  const isPlain = isObject(written) && [Object.prototype, null].includes(Object.getPrototypeOf(written)) && !Token.isUnresolved(written);
  return isPlain ? Object.fromEntries(Object.entries(written).map(([name, value]) => [name, resolvedOverrides(value, resolve)])) : resolve(written);
}

/** Stands for what nobody asks about: an L1 looks at values that are there, but not into intrinsic functions. */
const OTHER = { Ref: 'AWS::NoValue' };

/** Props in which only what stands at the ends of some ways is resolved, or where a token or list is on the way. */
function resolvedAt(props: Json, ways: ReadonlyArray<readonly string[]>, resolve: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(props).map(([name, value]) => {
    const further = ways.filter(([first]) => first.toLowerCase() === name.toLowerCase()).map(([, ...rest]) => rest);
    if (further.length === 0) { return [name, value === undefined ? undefined : OTHER]; }
    const isPlain = isObject(value) && Object.getPrototypeOf(value) === Object.prototype && !Token.isUnresolved(value);
    return [name, isPlain && further.every(({ length }) => length > 0) ? resolvedAt(value, further, resolve) : resolve(value)];
  }));
}

/**
 * A value that a condition leaves out elsewhere: `Fn::If` with `AWS::NoValue`, as the CDK writes the encryption of a stream for Regions that have none. With
 * the way to it.
 */
function theOnly(value: unknown): { readonly value: unknown; readonly choice?: readonly unknown[]; readonly index?: number } {
  const choice = isObject(value) ? value['Fn::If'] : undefined;
  if (!Array.isArray(choice)) { return { value }; }
  const kept = [1, 2].filter((index) => !isObject(choice[index]) || choice[index].Ref !== 'AWS::NoValue');
  return kept.length === 1 ? { value: choice[kept[0]], choice, index: kept[0] } : { value };
}

const only = (tree: Json = {}, names: ReadonlySet<string>) => Object.fromEntries(Object.entries(tree).filter(([name]) => names.has(name)));

/** The CDK writes nothing of a property that comes to nothing. */
const withoutEmpty = (value: unknown) => (isObject(value) && Object.values(value).every((each) => each === undefined) ? undefined : value);

/** An override goes into what is there, and into a list by the number of an item. */
function merged(target: unknown, source: unknown): unknown {
  if (!isObject(source) || typeof target !== 'object' || target === null) { return source ?? target; }
  const result = (Array.isArray(target) ? [...target] : { ...target }) as Json;
  for (const [name, value] of Object.entries(source)) {
    if (value === undefined) { delete result[name]; } else { result[name] = merged((target as Json)[name], value); }
  }
  return result;
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
  whole.forEach((value, path) => override(resource, path, value));
}

/** Overrides a property; one that stands in an `Fn::If` with all that is in there: an override does not go into its list. */
function override(resource: CfnResource, path: string, value: Scalar | readonly unknown[]): void {
  const [top, ...rest] = path.split('.');
  const l1 = resource as unknown as L1;
  const given = Object.entries(l1.cfnProperties).find(([name]) => name.toLowerCase() === top.toLowerCase())?.[1];
  const written = overriddenProperties(resource)[top] ?? given;
  const { value: inside, choice, index } = rest.length > 0 ? theOnly(Stack.of(resource).resolve(written)) : { value: undefined };
  if (choice === undefined || index === undefined || typeof inside !== 'object' || inside === null) { return resource.addPropertyOverride(path, value); }
  const changed = (Array.isArray(inside) ? [...inside] : { ...inside }) as Json;
  put(changed, rest, value);
  if (choice[0] !== NO_STREAM_ENCRYPTION || (knownAtSynth(Stack.of(resource).region) ?? 'cn-').startsWith('cn-')) {
    return resource.addPropertyOverride(`${top}.Fn::If`, choice.map((each, at) => (at === index ? changed : each)));
  }
  resource.addPropertyOverride(`${top}.Fn::If`, undefined);
  Object.entries(changed).forEach(([name, each]) => resource.addPropertyOverride(`${top}.${name}`, each));
}

/** The condition of the CDK for Regions without encryption of streams, all of them in China: where the Region is known, there is no need to choose. */
export const NO_STREAM_ENCRYPTION = 'AwsCdkKinesisEncryptedStreamsUnsupportedRegions';

function put(tree: Json, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) { tree[name] = value; return; }
  const now = tree[name] ?? {};
  const below = (Array.isArray(now) ? [...now] : { ...now }) as Json;
  tree[name] = below;
  put(below, rest, value);
}
