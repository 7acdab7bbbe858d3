import { asText, isObject, Json, Reference, section, Unknown } from './resolved';

/** The intrinsics that make a value of other values, as far as those are known. */

/** Resolves what stands inside of an intrinsic. */
export interface Resolver {
  readonly json: Json;
  value(written: unknown): unknown;
  text(written: unknown): string;
}

export function join(template: Resolver, argument: unknown): unknown {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  const items = template.value(parts);
  return Array.isArray(items) ? items.map((part) => template.text(part)).join(asText(separator)) : new Unknown('Fn::Join has no list');
}

export function sub(template: Resolver, argument: unknown): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return asText(text).replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
    const given = isObject(variables) ? variables[name.trim()] : undefined;
    if (given !== undefined) { return template.text(given); }
    const [logicalId, ...attribute] = name.trim().split('.');
    return attribute.length > 0 ? template.text({ 'Fn::GetAtt': [logicalId, attribute.join('.')] }) : template.text({ Ref: logicalId });
  });
}

export function findInMap(template: Resolver, argument: unknown): unknown {
  const [map, first, second] = Array.isArray(argument) ? argument.map((part) => template.value(part)) : [];
  const names = [map, first, second];
  if (names.some((name) => name instanceof Unknown || name instanceof Reference)) {
    return agreeing(section(section(template.json, 'Mappings'), asText(map)), second) ?? new Unknown('Fn::FindInMap depends on where the stack is deployed');
  }
  const found = section(section(section(template.json, 'Mappings'), asText(map)), asText(first))[asText(second)];
  return found === undefined ? new Unknown(`the mapping ${asText(map)} has no ${asText(first)}/${asText(second)}`) : template.value(found);
}

/** The one value of a mapping, where every first-level name (a Region) has the same. */
function agreeing(mapping: Json, second: unknown): unknown {
  const values = Object.values(mapping).map((entry) => (isObject(entry) && typeof second === 'string' ? entry[second] : undefined));
  return values.length > 0 && values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined;
}

export function select(template: Resolver, argument: unknown): unknown {
  const [index, list] = Array.isArray(argument) ? argument.map((part) => template.value(part)) : [];
  if (!Array.isArray(list)) { return list instanceof Unknown ? list : new Unknown('Fn::Select has no list'); }
  return template.value(list[Number(asText(index))]);
}

export function split(template: Resolver, argument: unknown): unknown {
  const [separator, text] = Array.isArray(argument) ? argument : [];
  const resolved = template.value(text);
  return resolved instanceof Unknown ? resolved : template.text(resolved).split(asText(separator));
}
