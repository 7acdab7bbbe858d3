import { asText, isObject, isSymbolic, Json, Opaque, own, Reference, section, TRANSFORM } from './values';

/** The intrinsics that make a value of other values, as far as those are known. */

/** Resolves what stands inside of an intrinsic. */
export interface Resolver {
  readonly json: Json;
  value(written: unknown): unknown;
}

/** Text of parts; unknown as soon as one part is. What is only one part is that part: `${Key.Arn}` is the reference. */
function joined(written: readonly unknown[], separator: string): string | Reference | Opaque {
  const parts = separator === '' ? written.filter((part) => part !== '') : written;
  const [only] = parts;
  if (parts.length === 1 && (only instanceof Reference || only instanceof Opaque)) { return only; }
  const unknown = parts.find((part) => part instanceof Opaque) as Opaque | undefined;
  const text = parts.map(asText).join(separator);
  const symbol = parts.map((part) => (part instanceof Opaque ? part.symbol : asText(part))).join(separator);
  return unknown ? new Opaque(unknown.reason, unknown.source, text, undefined, undefined, symbol) : text;
}

export function join(template: Resolver, argument: unknown): unknown {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  const items = template.value(parts);
  // Joined it is not what it is as a list.
  if (items instanceof Opaque) { return items.named('${?}'); }
  if (!Array.isArray(items)) { return new Opaque(items instanceof Reference ? `${items.toString()} is known only when the stack is deployed` : 'Fn::Join has no list'); }
  return joined(items.map((part) => template.value(part)).filter((part) => part !== undefined), asText(separator));
}

export function sub(template: Resolver, argument: unknown): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (isObject(text)) { return new Opaque('Fn::Sub has no text'); }
  const parts = partsOf(asText(text));
  return joined(parts.map((part, index) => {
    if (index % 2 === 0) { return part; }
    const name = part.trim();
    // `${!name}` stands for `${name}` itself.
    if (name.startsWith('!')) { return `\${${name.slice(1)}}`; }
    const given = isObject(variables) ? own(variables, name) : undefined;
    if (given !== undefined) { return template.value(given); }
    const [logicalId, ...attribute] = name.split('.');
    return attribute.length > 0 ? template.value({ 'Fn::GetAtt': [logicalId, attribute.join('.')] }) : template.value({ Ref: logicalId });
  }), '');
}

/** Texts between variables, and variables, in turn. */
function partsOf(text: string): readonly string[] {
  const known = partsOfTexts.get(text);
  if (known) { return known; }
  const parts = text.split(/\$\{([^}]*)\}/);
  if (partsOfTexts.size > MOST_REMEMBERED) { partsOfTexts.clear(); }
  partsOfTexts.set(text, parts);
  return parts;
}

/** Templates write the same few texts again and again. */
const partsOfTexts = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 1000;

export function findInMap(template: Resolver, argument: unknown): unknown {
  const [map, first, second, options] = Array.isArray(argument) ? argument.map((part) => template.value(part)) : [];
  const fallback = isObject(options) ? template.value(options.DefaultValue) : undefined;
  if (isOpen(map)) { return new Opaque('which mapping Fn::FindInMap reads is known only when the stack is deployed'); }
  const mappings = section(template.json, 'Mappings');
  const entries = section(mappings, asText(map));
  if (isOpen(first) || isOpen(second)) {
    const values = Object.values(entries).map((entry) => (isObject(entry) && typeof second === 'string' ? own(entry, second) : undefined));
    return agreeing(fallback === undefined ? values : [...values, fallback]) ?? new Opaque('Fn::FindInMap depends on where the stack is deployed');
  }
  const entry = section(entries, asText(first));
  const found = own(entry, asText(second));
  if (found !== undefined) { return template.value(found); }
  if ([mappings, entries, entry].some((part) => own(part, TRANSFORM) !== undefined)) { return new Opaque(`${TRANSFORM} writes the mapping ${asText(map)}`, 'transform'); }
  return fallback ?? new Opaque(`the mapping ${asText(map)} does not have ${asText(first)}/${asText(second)}`);
}

const isOpen = (name: unknown) => name instanceof Opaque || name instanceof Reference;

/** The one value of a mapping, where every first-level name (a Region) has the same. */
function agreeing(values: readonly unknown[]): unknown {
  return values.length > 0 && values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined;
}

export function select(template: Resolver, argument: unknown): unknown {
  const [index, list] = Array.isArray(argument) ? argument.map((part) => template.value(part)) : [];
  if (list instanceof Opaque) { return list; }
  if (index instanceof Opaque) { return index; }
  if (!Array.isArray(list)) { return new Opaque('Fn::Select has no list'); }
  const items = list.map((item) => template.value(item)).filter((item) => item !== undefined);
  return Number(asText(index)) in items ? items[Number(asText(index))] : new Opaque(`Fn::Select: the list does not have an item ${asText(index)}`);
}

/** Pseudo parameters never have a character that anybody splits by. */
const INDIVISIBLE = /\$\{AWS::(Partition|Region|AccountId)\}/g;

export function split(template: Resolver, argument: unknown): unknown {
  const [separator, text] = Array.isArray(argument) ? argument : [];
  const resolved = template.value(text);
  if (resolved instanceof Opaque) { return resolved; }
  const whole = asText(resolved);
  return isSymbolic(whole.replace(INDIVISIBLE, '')) ? new Opaque(`Fn::Split of ${whole} is known only when the stack is deployed`) : whole.split(asText(separator));
}

export function length(template: Resolver, argument: unknown): unknown {
  const list = template.value(argument);
  return Array.isArray(list) ? list.length : list instanceof Opaque ? list : new Opaque('Fn::Length has no list');
}

export function toJsonString(template: Resolver, argument: unknown): unknown {
  const unknown: Opaque[] = [];
  const plain = (written: unknown): unknown => {
    const value = template.value(written);
    if (value instanceof Opaque) { unknown.push(value); }
    if (Array.isArray(value)) { return value.map(plain).filter((item) => item !== undefined); }
    if (isObject(value)) { return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)])); }
    return value instanceof Opaque || value instanceof Reference ? value.toString() : value;
  };
  const text = JSON.stringify(plain(argument)) ?? '';
  return unknown.length > 0 ? new Opaque(unknown[0].reason, unknown[0].source, text) : text;
}
