import type { Sides } from './sides';
import { keyBehind } from '../flows/keys';
import { namesManagedKey } from '../kms/keys';
import { Truth, truthOf } from '../policy/truth';
import type { Present, Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A value with the resource in which it stands. */
export interface Placed {
  readonly read: Read;
  readonly resource: TemplateResource;
}

/** Whether a value is the same on both sides; `maybe` where only the deployment knows. */
export function sameValue(old: Placed, found: Placed, sides: Sides, isWrittenAlike: boolean): Truth {
  const [a, b] = [old.read, found.read];
  const isOpen = a.kind === 'unknown' || b.kind === 'unknown';
  if (a.kind === 'absent' || b.kind === 'absent') { return a.kind === b.kind ? 'yes' : isOpen ? 'maybe' : 'no'; }
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const isOne = a.kind === b.kind && a.symbol === b.symbol && (!a.symbol.includes('${?}') || isWrittenAlike);
    return isOne ? 'yes' : 'maybe';
  }
  if (a.reference && b.reference) {
    return truthOf(targetOf(a, old, sides) === targetOf(b, found, sides) && a.reference.attribute === b.reference.attribute);
  }
  if (a.isList || a.isObject || b.isList || b.isObject) { return truthOf(JSON.stringify(a.toJSON()) === JSON.stringify(b.toJSON())); }
  return isSwitch(a) && isSwitch(b) ? truthOf(a.isTrue === b.isTrue) : truthOf(a.text === b.text);
}

/** CloudFormation takes true and false in any case. */
const isSwitch = ({ text }: Present) => /^(true|false)$/i.test(text);

function targetOf(value: Present, { resource }: Placed, sides: Sides): string {
  return value.target ? sides.idOf(value.target) : `${sides.inputOf(resource).id}\0${value.reference!.logicalId}`;
}

/** Which key a value names. */
export interface NamedKey {
  readonly kind: 'none' | 'managed' | 'key' | 'elsewhere' | 'unknown';
  /** As a person reads it. */
  readonly shown: string;
  /** The key, where it is in the templates. */
  readonly key?: TemplateResource;
}

export function namedKey({ read, resource }: Placed, sides: Sides, side: 'old' | 'new'): NamedKey {
  if (read.kind === 'absent' || read.shown === '') { return { kind: 'none', shown: 'not set' }; }
  if (namesManagedKey(read.shown)) { return { kind: 'managed', shown: read.shown }; }
  const key = keyBehind(sides[side].estateOf(resource).estate, read, resource.owner);
  if (key) { return { kind: 'key', shown: sides.nameOf(key), key }; }
  return read.kind === 'unknown' ? { kind: 'unknown', shown: `not known (${read.reason})` } : { kind: 'elsewhere', shown: read.shown };
}

/** Whether two names are of one key. An alias of a key elsewhere may be of any. */
export function sameKey(a: NamedKey, b: NamedKey, sides: Sides): Truth {
  if (a.kind === 'unknown' || b.kind === 'unknown') { return 'maybe'; }
  if (a.kind === 'key' && b.kind === 'key') { return truthOf(sides.idOf(a.key!) === sides.idOf(b.key!)); }
  if (a.kind === 'elsewhere' && b.kind === 'elsewhere') { return sameName(a.shown, b.shown); }
  const kinds = new Set([a.kind, b.kind]);
  if (kinds.has('elsewhere') && kinds.has('key')) { return 'maybe'; }
  return truthOf(a.kind === b.kind);
}

const idOfKey = (name: string) => /(?:^|:key\/)([0-9a-f-]{36}|mrk-[0-9a-f]+)$/.exec(name)?.[1];

function sameName(a: string, b: string): Truth {
  if (a === b) { return 'yes'; }
  const [own, other] = [idOfKey(a), idOfKey(b)];
  return own === undefined || other === undefined ? 'maybe' : truthOf(own === other);
}

/** Whether two values are of one key, and come to the same ARN: written in another way, they change nothing. */
export function comeToOneArn(a: Placed, b: Placed): boolean {
  return [a, b].every(({ read }) => read.kind === 'value' && (read.reference?.attribute === 'Arn' || /^arn:.*:key\/\$\{\w+\}$/.test(read.text)));
}
