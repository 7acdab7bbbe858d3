import { isObject, Json } from '../../src/template/values';

/** Ways of writing the same template otherwise: each changes one value, the outermost first. */

type Change = (value: unknown, template: Json) => unknown;

/** Places of a resource's properties below which nothing is written otherwise: CloudFormation takes no intrinsic there. */
const FIXED = /^(Type|Condition|DependsOn|DeletionPolicy|Metadata|Version)$/;

const isIntrinsic = (value: unknown) => isObject(value) && Object.keys(value).length === 1 && /^(Ref|Fn::.*)$/.test(Object.keys(value)[0]);

/** Every place in the properties of the resources: the object, and the name in it. */
export function placesOf(template: Json): Array<readonly [holder: any, name: string | number]> {
  const found: Array<readonly [any, string | number]> = [];
  const visit = (holder: any) => {
    for (const name of Object.keys(holder)) {
      if (!Array.isArray(holder) && FIXED.test(name) && typeof holder[name] === 'string') { continue; }
      found.push([holder, Array.isArray(holder) ? Number(name) : name]);
      if (typeof holder[name] === 'object' && holder[name] !== null && !isIntrinsic(holder[name])) { visit(holder[name]); }
    }
  };
  for (const resource of Object.values(template.Resources ?? {})) {
    if (isObject(resource) && isObject(resource.Properties)) { visit(resource.Properties); }
  }
  return found;
}

/** A template for each place at which a change can be made, or for some of them, by number. */
export function changed(
  templates: readonly Json[], change: Change, fits: (value: unknown) => boolean, isTried: (place: number) => boolean,
): Json[][] {
  let places = 0;
  return templates.flatMap((template, index) => placesOf(template).flatMap(([holder, name], place) => {
    if (!fits(holder[name]) || !isTried(places++)) { return []; }
    const copy = structuredClone(templates) as Json[];
    const [target, key] = placesOf(copy[index])[place];
    const value = change(target[key], copy[index]);
    if (value === undefined) { delete target[key]; } else { target[key] = value; }
    return [copy];
  }));
}

const into = (template: Json, section: string, entries: Json) => { template[section] = { ...(template[section] as Json | undefined), ...entries }; };
const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('${') && !value.includes('{{');
const yes = { 'Fn::Equals': ['a', 'a'] };

/** Changes that keep the meaning. */
export const SAME: Record<string, readonly [change: Change, fits: (value: unknown) => boolean]> = {
  'Fn::If with NoValue in the arm that does not hold': [
    (value, template) => { into(template, 'Conditions', { Always: yes }); return { 'Fn::If': ['Always', value, { Ref: 'AWS::NoValue' }] }; }, () => true,
  ],
  'the other arm of Fn::If': [
    (value, template) => { into(template, 'Conditions', { Never: { 'Fn::Not': [yes] } }); return { 'Fn::If': ['Never', 'other', value] }; }, () => true,
  ],
  'a parameter with the value as default': [
    (value, template) => { into(template, 'Parameters', { Given: { Type: 'String', Default: String(value) } }); return { Ref: 'Given' }; }, isScalar,
  ],
  'a mapping': [
    (value, template) => { into(template, 'Mappings', { Map: { all: { value } } }); return { 'Fn::FindInMap': ['Map', 'all', 'value'] }; }, isScalar,
  ],
  'Fn::Sub': [
    (value, template) => { into(template, 'Parameters', { Given: { Type: 'String', Default: value } }); return { 'Fn::Sub': '${Given}' }; }, isText,
  ],
  'Fn::Join': [(value) => ({ 'Fn::Join': ['', [(value as string).slice(0, 1), (value as string).slice(1)]] }), (value) => isText(value) && value.length > 1],
};

/** The names of the properties that resources of a type have in some templates, by the type and where they stand in it. */
export function namesIn(templates: readonly Json[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const template of templates) {
    for (const [place, holder] of holdersOf(template)) {
      if (!Array.isArray(holder)) { names.set(place, new Set([...names.get(place) ?? [], ...Object.keys(holder)])); }
    }
  }
  return names;
}

/** Every object and list in the properties of the resources, with where it stands: the same for all items of a list. */
function holdersOf(template: Json): Array<readonly [place: string, holder: any]> {
  const found: Array<readonly [string, any]> = [];
  const visit = (holder: any, place: string) => {
    if (typeof holder !== 'object' || holder === null || isIntrinsic(holder)) { return; }
    found.push([place, holder]);
    for (const name of Object.keys(holder)) { visit(holder[name], Array.isArray(holder) ? `${place}[]` : `${place}.${name}`); }
  };
  for (const resource of Object.values(template.Resources ?? {})) {
    if (isObject(resource) && isObject(resource.Properties)) { visit(resource.Properties, String(resource.Type)); }
  }
  return found;
}

/** A template for each property that others have there and it leaves out, and for each list: with one more that comes to `AWS::NoValue`. */
export function besides(templates: readonly Json[], names: ReadonlyMap<string, ReadonlySet<string>>): Json[][] {
  const nothing = { 'Fn::If': ['Never', 'other', { Ref: 'AWS::NoValue' }] };
  return templates.flatMap((template, index) => holdersOf(template).flatMap(([place, holder], which) => {
    const added = Array.isArray(holder) ? [holder.length] : [...names.get(place) ?? []].filter((name) => holder[name] === undefined);
    return added.map((name) => {
      const copy = structuredClone(templates) as Json[];
      into(copy[index], 'Conditions', { Never: { 'Fn::Not': [yes] } });
      holdersOf(copy[index])[which][1][name] = nothing;
      return copy;
    });
  }));
}

/** Changes after which only the deployment knows the value. */
export const UNKNOWN: Record<string, readonly [change: Change, fits: (value: unknown) => boolean]> = {
  'a parameter without a default': [
    (_, template) => { into(template, 'Parameters', { Asked: { Type: 'String' } }); return { Ref: 'Asked' }; }, () => true,
  ],
  'the parameter store': [() => '{{resolve:ssm:/orders/value}}', () => true],
  'an import': [() => ({ 'Fn::ImportValue': 'from-elsewhere' }), () => true],
};

/** The same of what resources give: as unknown as the others, and tried with all rules in the slow tests. */
export const ALSO_UNKNOWN: typeof UNKNOWN = {
  'an attribute of a custom resource': [
    (_, template) => { into(template, 'Resources', { Custom: { Type: 'Custom::Name', Properties: { ServiceToken: 'x' } } }); return { 'Fn::GetAtt': ['Custom', 'Name'] }; }, () => true,
  ],
  'a custom resource in the middle of a text': [
    (value, template) => {
      into(template, 'Resources', { Custom: { Type: 'AWS::CloudFormation::CustomResource', Properties: { ServiceToken: 'x' } } });
      return { 'Fn::Sub': `${(value as string).slice(0, 1)}\${Custom.Name}` };
    }, (value) => isText(value) && value.length > 1,
  ],
  'the output of a nested stack that is not read': [
    (_, template) => { into(template, 'Resources', { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x/y' } } }); return { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }; }, () => true,
  ],
  'a resource that a macro makes': [
    (_, template) => { template.Transform = [template.Transform ?? [], 'Company'].flat(); return { 'Fn::GetAtt': ['Made', 'Name'] }; }, () => true,
  ],
};

/** The same resources made by a loop of one; `undefined` where the template has something that a loop cannot make. */
export function looped(template: Json): Json {
  return { ...template, Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Once': ['Round', ['x'], template.Resources] } };
}

/** The keys of every object the other way round; the first resource stays the first. */
export function reversed(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) { return value.map((item) => reversed(item, depth + 1)); }
  if (!isObject(value)) { return value; }
  const entries = Object.entries(value).map(([name, each]) => [name, reversed(each, depth + 1)]);
  return Object.fromEntries(depth === 1 ? entries : entries.reverse());
}
