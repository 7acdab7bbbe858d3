import type { AtRestRow, InTransitRow, Scalar, Values } from './row';
import { Absent, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Something of a resource to which a row applies: the resource itself, or an item of a list in it. */
export interface Place {
  /** Why it is not known whether the row applies, where it is not. */
  readonly unknown?: Unknown;
  /** The property at `path`; below the place where the path begins with a dot. Through lists there may be several. */
  read(path: string): Read[];
}

/** One step of a path: a name, whether it is a list, and which of its items are meant. */
interface Step {
  readonly name: string;
  readonly isList: boolean;
  readonly selector?: readonly [property: string, value: string];
}

/** The steps of `Parameters[ParameterName=require_ssl].ParameterValue`. */
export function stepsOf(path: string): Step[] {
  return path.split('.').filter(Boolean).map((step) => {
    const [, name, inner] = /^([^[]*)(?:\[(.*)\])?$/.exec(step)!;
    const [property, value] = inner ? inner.split('=') : [];
    return { name, isList: inner !== undefined, selector: property === undefined ? undefined : [property, value] };
  });
}

/** The places of a resource to which a row applies. */
export function placesOf(resource: TemplateResource, { when, where }: AtRestRow | InTransitRow): Place[] {
  const root = { get: (name: string) => resource.get(name) };
  return (when === undefined ? [{ kind: 'root' as const, get: root.get }] : follow(root, stepsOf(when))).flatMap((base): Place[] => {
    if (base.kind === 'absent') { return []; }
    if (base.kind === 'value' && !base.isObject && !base.isList && /^(false|no|off|0)$/i.test(base.text)) { return []; }
    const read = (path: string) => follow(path.startsWith('.') ? base : root, stepsOf(path));
    const match = matches(read, where);
    return match === false ? [] : [{ read, unknown: base.kind === 'unknown' ? base : match === true ? undefined : match }];
  });
}

/** Whether properties have the values that a row asks for: not, or not known. */
function matches(read: (path: string) => Read[], where: Values = {}): boolean | Unknown {
  let unknown: Unknown | undefined;
  for (const [path, value] of Object.entries(where)) {
    const wanted: readonly (Scalar | null)[] = Array.isArray(value) ? value : [value as Scalar];
    for (const found of read(path)) {
      const given = found.literal();
      if (given.kind === 'unknown') { unknown = given; } else if (given.kind === 'absent' ? !wanted.includes(null) : !isOneOf(given.text, wanted)) { return false; }
    }
  }
  return unknown ?? true;
}

/** Whether a text is one of some values; `*` stands for any run of characters, and CloudFormation takes true in any case. */
export function isOneOf(text: string, values: Scalar | readonly (Scalar | null)[]): boolean {
  return [values].flat().some((value) => value !== null && (typeof value === 'boolean' ? /^(true|yes|on|1)$/i.test(text) === value
    : String(value).includes('*') ? text.startsWith(String(value).split('*')[0]) : text.toLowerCase() === String(value).toLowerCase()));
}

type Base = { get(name: string): Read };

function follow(base: Base, [step, ...rest]: readonly Step[]): Read[] {
  if (step === undefined) { return [base as Read]; }
  const found = parsed(base.get(step.name));
  if (!step.isList) { return rest.length === 0 ? [found] : follow(found, rest); }
  const items = found.kind === 'absent' ? [] : found.items();
  const chosen = step.selector ? items.filter((item) => isChosen(item, step.selector!)) : items;
  // What is not there at all has no such property either.
  return chosen.length === 0 ? [new Absent([found.where, ...rest.map(({ name }) => name)].join('.'))] : chosen.flatMap((item) => (rest.length === 0 ? [item] : follow(item, rest)));
}

/** Some properties may be written as JSON in a text. */
const parsed = (read: Read): Read => (read.kind === 'value' && read.isText && /^\s*[{[]/.test(read.text) ? read.parsed() : read);

function isChosen(item: Read, [property, value]: readonly [string, string]): boolean {
  return item.get(property).literal().match({ value: (given) => given.is(value), absent: () => false, unknown: () => true });
}
