import { isObject, Json, section, TRANSFORM } from './values';

/** What of a template could not be read, and why. */
export interface Unread {
  /** As in `Transform`, `Resources.Fn::ForEach::Queues`. */
  readonly where: string;
  readonly reason: string;
}

/** With what the name of a loop begins. */
export const FOR_EACH = 'Fn::ForEach::';
const LOOP = new RegExp(`^${FOR_EACH}`);

/** Marks an object of which more is made than stands in it. */
const PARTLY = { Name: 'AWS::Include' };

/** More levels than anybody writes. */
const DEEPEST = 500;

/** A loop may not make more than CloudFormation takes resources in one template. */
const MOST_ITEMS = 500;

/** Gives the items of a collection, or why they are not known. */
export type Collection = (written: unknown) => readonly string[] | string;

/**
 * Writes out what `Fn::ForEach` makes, however deep loops stand in each other: in Resources, properties, Conditions and Outputs.
 * A loop whose collection is not known stays as it is, and is told.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandLoops(json: Json, collection: Collection): { readonly json: Json; readonly unread: Unread[] } {
  const unread: Unread[] = [];
  const expand = (written: unknown, where: string, depth = 0): unknown => {
    // Deeper than anybody writes: what stands there stays as it is.
    if (depth > DEEPEST) { return written; }
    if (Array.isArray(written)) { return written.map((item, index) => expand(item, `${where}[${index}]`, depth + 1)); }
    if (!isObject(written)) { return written; }
    const result: Json = {};
    // A template may have a key such as `__proto__`.
    const add = (name: string, value: unknown) =>
      Object.defineProperty(result, name, { value, enumerable: true, writable: true, configurable: true });
    for (const [name, value] of Object.entries(written)) {
      const place = where ? `${where}.${name}` : name;
      if (!LOOP.test(name)) { add(name, expand(value, place, depth + 1)); continue; }
      const made = loop(value, collection);
      if (typeof made === 'string') {
        unread.push({ where: place.replace(/#\d+/g, ''), reason: made });
        // What the loop makes inside of a resource is unknown, and not left out.
        if (/^Resources\../.test(where)) { add(TRANSFORM, PARTLY); }
        continue;
      }
      // A loop inside of this one is written out with the values of this one.
      for (const [key, each] of Object.entries(expand(made, where, depth + 1) as Json)) { add(key, each); }
    }
    return result;
  };
  return { json: expand(json, '') as Json, unread };
}

/** What one loop makes, by name; or why that is not known. */
function loop(written: unknown, collection: Collection): Json | string {
  const [identifier, items, body] = Array.isArray(written) ? written : [];
  if (typeof identifier !== 'string' || !isObject(body)) { return 'it is not a loop: it needs an identifier, a collection and what to make'; }
  const values = collection(items);
  if (typeof values === 'string') { return values; }
  if (values.length > MOST_ITEMS) { return `its collection has ${values.length} items`; }
  // Inner loops may have the same output key in several rounds: their names are kept apart by the round.
  return Object.assign({}, ...values.map((value, round) => Object.fromEntries(Object.entries(body).map(([name, each]) => {
    const key = replaced(name, identifier, value) as string;
    return [LOOP.test(name) ? `${key}#${round}` : key, replaced(each, identifier, value)];
  }))));
}

/** `${Name}`, `&{Name}` (letters and digits only) and `{ Ref: Name }` come to the item. */
function replaced(written: unknown, identifier: string, item: string, depth = 0): unknown {
  if (depth > DEEPEST) { return written; }
  if (typeof written === 'string') {
    return written.split(`\${${identifier}}`).join(item).split(`&{${identifier}}`).join(item.replace(/[^A-Za-z0-9]/g, ''));
  }
  if (Array.isArray(written)) { return written.map((each) => replaced(each, identifier, item, depth + 1)); }
  if (!isObject(written)) { return written; }
  if (written.Ref === identifier && Object.keys(written).length === 1) { return item; }
  return Object.fromEntries(Object.entries(written)
    .map(([name, each]) => [replaced(name, identifier, item) as string, replaced(each, identifier, item, depth + 1)]));
}

/** Transforms that leave a template as rules see it, or that rules read themselves. */
const UNDERSTOOD = /^AWS::(LanguageExtensions|Serverless-2016-10-31|SecretsManager-.*|CodeDeployBlueGreen)$/;

/** Macros and includes of the whole template or of a section of it: what they make is nowhere to be read. */
export function unreadTransforms(json: Json): Unread[] {
  const { Transform } = json;
  const whole = Transform === undefined ? [] : Array.isArray(Transform) ? Transform : [Transform];
  const named = whole.map((each) => (isObject(each) ? String(each.Name) : String(each))).filter((name) => !UNDERSTOOD.test(name));
  return [
    ...named.map((name) => ({ where: 'Transform', reason: `${name} may add and change resources` })),
    ...(json[TRANSFORM] === undefined ? [] : [{ where: TRANSFORM, reason: 'it may add and change resources' }]),
    ...SECTIONS.filter((name) => section(json, name)[TRANSFORM] !== undefined)
      .map((name) => ({ where: `${name}.${TRANSFORM}`, reason: `it adds ${name.toLowerCase()} that the template does not show` })),
  ];
}

const SECTIONS = ['Resources', 'Conditions', 'Mappings', 'Parameters', 'Outputs'];
