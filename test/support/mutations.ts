import { examplesOf, templatesOf } from './rule-examples';
import { RULES } from '../../src/checks/rule-table';
import { isObject, Json } from '../../src/template/values';

/** Numbers from 0 to 1, the same for the same seed (Lehmer's generator with the minimal standard's constants). */
export function randomOf(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}

export type Random = ReturnType<typeof randomOf>;
export const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)];

/** The templates of the rules' examples. */
export function templatesOfCases(): Json[] {
  return RULES.flatMap((rule) => examplesOf(rule).flatMap(([, , example]) => templatesOf(example)));
}

const ODD: unknown[] = [null, true, false, 0, -1, 1e309, '', '*', 'x'.repeat(1000), '${It}', '${', '{{resolve:ssm:x}}', [], {}, [[]], [null], { a: { b: {} } }, { '*': '*' }, '__proto__',
  'alias/aws/s3', 'arn:aws:iam::*:root', '\u0000', { Ref: 'AWS::NoValue' }, { Ref: 'It' }, { Ref: null }, { 'Fn::GetAtt': 'It' }, { 'Fn::GetAtt': ['It', { Ref: 'It' }] }, { 'Fn::If': ['C', {}] },
  { 'Fn::If': ['C', { Ref: 'P' }, { Ref: 'AWS::NoValue' }] }, { 'Fn::Sub': '${It.Arn}/*' }, { 'Fn::Sub': ['${A}', { A: { Ref: 'P' } }] }, { 'Fn::Join': ['', ['a', { Ref: 'P' }]] }, { 'Fn::Join': 5 },
  { 'Fn::Select': [9, ['a']] }, { 'Fn::Split': [',', { Ref: 'P' }] }, { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'v'] }, { 'Fn::ImportValue': { 'Fn::Sub': '${P}-x' } }, { 'Fn::Transform': {} },
  { 'Fn::ForEach::Loop': [] }, { 'Fn::Unknown': 1 }, { Condition: 'C' }];

const SECTIONS = {
  Parameters: { P: { Type: 'String', Default: 'p' }, Q: { Type: 'CommaDelimitedList', Default: 'a,b' }, N: { Type: 'String' } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'p'] }, D: { 'Fn::Not': [{ Condition: 'E' }] }, E: { 'Fn::Equals': [{ Ref: 'N' }, 'n'] } },
  Mappings: { M: { 'eu-west-1': { v: 'x' } } },
};

type Place = readonly [holder: any, key: string | number];

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) { return places; }
  for (const key of Object.keys(value)) {
    places.push([value, key]);
    placesIn((value as any)[key], places);
  }
  return places;
}

/** A template with one to five places made strange: odd values, intrinsics around, parts of other templates, names swapped. */
export function mutate(random: Random, seeds: readonly Json[]): Json {
  const template = structuredClone({ ...SECTIONS, ...pick(random, seeds) }) as Json;
  for (let left = 1 + Math.floor(random() * 5); left > 0; left--) {
    const places = placesIn(template);
    const [holder, key] = pick(random, places);
    const value = holder[key];
    const donor = () => { const [from, name] = pick(random, placesIn(structuredClone(pick(random, seeds)))); return from[name]; };
    const kinds: Array<() => unknown> = [
      () => structuredClone(pick(random, ODD)),
      donor,
      () => ({ 'Fn::If': [pick(random, ['C', 'D', 'E', 'no']), value, donor()] }),
      () => [value, value],
      () => (Array.isArray(value) ? value[0] : { [pick(random, ['Ref', 'Fn::Sub', 'Statement', 'Key', 'Value'])]: value }),
      () => { let deep = value; for (let n = 0; n < 200; n++) { deep = { 'Fn::Join': ['', [deep]] }; } return deep; },
    ];
    if (random() < 0.15) {
      delete holder[key];
    } else if (random() < 0.1 && isObject(holder)) {
      holder[pick(random, ['It', 'Type', 'Properties', 'Condition', 'Metadata', 'Fn::If', 'toString'])] = value;
    } else {
      holder[key] = pick(random, kinds)();
    }
  }
  return template;
}

/** The same for its text: bytes lost, doubled or changed. */
export function mutateText(random: Random, text: string): string {
  const at = () => Math.floor(random() * text.length);
  const [from, to] = [at(), at()].sort((a, b) => a - b);
  return pick(random, [
    () => text.slice(0, from),
    () => text.slice(0, from) + text.slice(to),
    () => text.slice(0, to) + text.slice(from),
    () => text.slice(0, from) + pick(random, ['{', '}', '[', ']', ':', '"', "'", '\t', '&a ', '*a', '!Ref ', '!!binary ', '- ', '# ', '\n', '|', '>', '%', '\u0000', '<<: *a']) + text.slice(from),
  ])();
}
