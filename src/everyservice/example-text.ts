import { stepsOf } from '../table/places';
import type { AtRestRow, InTransitRow, Scalar, Values } from '../table/row';

type Tree = Scalar | { [name: string]: Tree } | Tree[];

/** `!GetAtt Key.Arn`: written as it is. */
const GET_ATT = '!GetAtt Key.Arn';

/** What stands in an example: properties by their paths. */
export type Properties = Readonly<Record<string, Scalar | readonly (Scalar | null)[]>>;

/** The properties that a row asks to be there before it applies. */
export function applying({ when, where = {} }: AtRestRow | InTransitRow): Properties {
  // What a condition names as a whole is there as true: a switch, or something with nothing in it.
  return { ...(when === undefined ? {} : { [when]: true }), ...below({ when }, firstOf(where)) };
}

/** The first of the values of each property, lists as they are. */
export function firstOf(values: Values): Properties {
  const first = (value: Values[string]) => [value].flat().find((each) => each !== null)!;
  return Object.fromEntries(Object.entries(values).map(([path, value]) => [path, first(value)]));
}

/** Paths that begin with a dot stand below what the row is for. */
export function below({ when }: { readonly when?: string }, properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([path, value]) => [path.startsWith('.') ? `${when}${path}` : path, value]));
}

/** A template with one resource, and a key where it names one. */
export function exampleOf(type: string, properties: Properties, key?: string): string {
  const tree: { [name: string]: Tree } = {};
  for (const [path, value] of Object.entries(properties)) { put(tree, path, value as Scalar); }
  const resource: Tree = { Type: `AWS::${type}`, ...(Object.keys(tree).length > 0 ? { Properties: tree } : {}) };
  const keys = JSON.stringify(tree).includes(GET_ATT) ? ['Key:', '  Type: AWS::KMS::Key', ...(key === undefined ? [] : [`  Properties: ${key}`])] : [];
  return ['Resources:', '  Resource:', ...yaml(resource, 4), ...keys.map((line) => `  ${line}`)].join('\n');
}

export const KEY_OF_TEMPLATE = GET_ATT;

/** Puts a value at a path, through lists of one item. */
function put(tree: { [name: string]: Tree }, path: string, value: Scalar): void {
  const steps = stepsOf(path);
  let at: { [name: string]: Tree } = tree;
  steps.forEach(({ name, isList, selector }, index) => {
    const isLast = index === steps.length - 1;
    if (isLast && !isList) { at[name] = isObject(at[name]) && value === true ? at[name] : value; return; }
    if (isList) {
      const list = (Array.isArray(at[name]) ? at[name] : at[name] = [{}]) as Tree[];
      const item = isObject(list[0]) ? list[0] : list[0] = {};
      if (isLast && value !== true) { list[0] = value; return; }
      at = item;
      if (selector) { at[selector[0]] = selector[1]; }
      return;
    }
    at = (isObject(at[name]) ? at[name] : at[name] = {}) as { [name: string]: Tree };
  });
}

const isObject = (tree: Tree | undefined): tree is { [name: string]: Tree } => typeof tree === 'object' && !Array.isArray(tree);

function yaml(tree: { [name: string]: Tree }, indent: number): string[] {
  const space = ' '.repeat(indent);
  return Object.entries(tree).flatMap(([name, value]) => {
    if (isObject(value) && Object.keys(value).length > 0) { return [`${space}${name}:`, ...yaml(value, indent + 2)]; }
    if (!Array.isArray(value)) { return [`${space}${name}: ${scalar(value)}`]; }
    return [`${space}${name}:`, ...value.flatMap((item) => {
      if (!isObject(item)) { return [`${space}  - ${scalar(item)}`]; }
      const [first = '{}', ...rest] = yaml(item, indent + 4);
      return [`${space}  - ${first.trim()}`, ...rest];
    })];
  });
}

function scalar(value: Tree): string {
  if (typeof value !== 'string') { return JSON.stringify(value); }
  // What YAML would read as something else, or not at all.
  return value === GET_ATT || (/^[A-Za-z][\w./-]*$/.test(value) && !/^(true|false|yes|no|on|off|null)$/i.test(value)) ? value : `'${value.replace(/'/g, '\'\'')}'`;
}
