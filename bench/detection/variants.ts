import { isObject, Json } from '../../src/template/values';
import { pick, Random, randomOf, templatesOfCases } from '../../test/support/mutations';

/** Parameters and conditions that the intrinsics of a variant use: all known, so that there is one right answer. */
const BEFORE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Conditions: { Always: { 'Fn::Equals': ['a', 'a'] }, Never: { 'Fn::Equals': ['a', 'b'] } },
};

type Place = readonly [holder: Json, key: string];

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (Array.isArray(value)) { value.forEach((item) => placesIn(item, places)); }
  if (!isObject(value)) { return places; }
  for (const [key, inner] of Object.entries(value)) {
    if (!/^(Fn::|Ref$)/.test(key)) { places.push([value, key]); }
    placesIn(inner, places);
  }
  return places;
}

/** What templates have at each name, to choose from. */
function valuesByName(templates: readonly Json[]): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>();
  for (const [holder, key] of templates.flatMap((template) => propertiesOf(template).flatMap((properties) => placesIn(properties)))) {
    values.set(key, [...(values.get(key) ?? []), holder[key]]);
  }
  return values;
}

function propertiesOf({ Resources }: Json): Json[] {
  return Object.values(Resources as Json).filter(isObject).map(({ Properties }) => Properties).filter(isObject);
}

/** Plausible templates, the same in every run: those of the rules' cases with values of the same name, left out, or behind an intrinsic. */
export function variants(count: number, seed = 20261124): Json[] {
  const cases = templatesOfCases().filter((template) => !JSON.stringify(template).includes('"__'));
  const values = valuesByName(cases);
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, n) => {
    const template = structuredClone({ ...BEFORE, Parameters: {}, ...cases[n % cases.length] }) as Json;
    const changes = n < cases.length ? 0 : 1 + Math.floor(random() * 2);
    for (let left = changes; left > 0; left--) { change(template, values, random, n * 10 + left); }
    return template;
  });
}

function change(template: Json, values: Map<string, unknown[]>, random: Random, id: number): void {
  const places = propertiesOf(template).flatMap((properties) => placesIn(properties));
  if (places.length === 0) { return; }
  const [holder, key] = pick(random, places);
  const value = holder[key];
  const plain = typeof value !== 'object';
  const kinds: Array<() => void> = [
    () => { delete holder[key]; },
    () => { holder[key] = structuredClone(pick(random, values.get(key) ?? [value])); },
    () => { holder[key] = structuredClone(pick(random, values.get(key) ?? [value])); },
    () => { if (typeof value === 'boolean') { holder[key] = !value; } else if (plain) { holder[key] = String(value); } },
    () => { holder[key] = { 'Fn::If': [pick(random, ['Always', 'Never']), value, structuredClone(pick(random, values.get(key) ?? [value]))] }; },
    () => {
      if (!plain) { return; }
      (template.Parameters as Json)[`P${id}`] = { Type: 'String', Default: String(value) };
      holder[key] = { Ref: `P${id}` };
    },
  ];
  pick(random, kinds)();
}
