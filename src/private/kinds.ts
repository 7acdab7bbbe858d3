import { Token } from 'aws-cdk-lib';
import { show } from './errors';

/** What does not fit: `called` must be `name`. */
export interface Misfit {
  readonly called: string;
  readonly name: string;
  /** What is there in its place; nothing, where `undefined`. */
  readonly got?: string;
  /** A sentence without its full stop. */
  readonly remedy: string;
}

/**
 * What a value must be. Told by how a value behaves and never by its class: a value of another copy of a module, or one that another
 * language made, is as good.
 */
export interface Kind {
  /** As in "must be …". */
  readonly name: string;
  /** What is wrong with a value that is given. */
  readonly misfit: (value: unknown, called: string) => Misfit | undefined;
  /** What to write, where nothing is given or what is given does not fit. */
  readonly remedy: (value?: unknown) => string;
}

/** A kind whose values are told by a test; tokens are not looked into. */
export function kind(name: string, fits: (value: any) => boolean, remedy: (value?: unknown) => string): Kind {
  return {
    name,
    remedy,
    misfit: (value, called) => (fits(value) || isToken(value) ? undefined : { called, name, got: gotten(value), remedy: remedy(value) }),
  };
}

/** An object of a class, told by its members. `in`, so that no getter runs. */
export function has(...members: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'object' && value !== null && members.every((member) => member in value);
}

/** An object of a class, told by its members. */
export function objectWith(name: string, members: string[], remedy: (value?: unknown) => string): Kind {
  return kind(name, has(...members), remedy);
}

/** A list, in which every element is of a kind. */
export function listOf(element: Kind, names: string, example: string): Kind {
  const name = `a list of ${names}`;
  return {
    name,
    remedy: () => `Give a list: \`${example}\``,
    misfit: (value, called) => {
      if (Array.isArray(value)) {
        return value.map((each, index) => element.misfit(each, `${called}[${index}]`)).find((wrong) => wrong !== undefined);
      }
      if (isToken(value)) { return undefined; }
      const fits = element.misfit(value, called) === undefined;
      return { called, name, got: gotten(value), remedy: fits ? 'Put it in a list, in square brackets' : `${element.remedy(value)}, in a list` };
    },
  };
}

/** An object whose members have names of their own, and are all of a kind. */
export function mapOf(element: Kind, names: string, example: string): Kind {
  const name = `an object of ${names}`;
  const remedy = () => `Give an object: \`${example}\``;
  return {
    name,
    remedy,
    misfit: (value, called) => {
      if (isToken(value)) { return undefined; }
      if (typeof value !== 'object' || value === null || Array.isArray(value)) { return { called, name, got: gotten(value), remedy: remedy() }; }
      return Object.entries(value).map(([member, each]) => element.misfit(each, `${called}.${member}`)).find((wrong) => wrong !== undefined);
    },
  };
}

/** An object of props of which some members are known: an object of a class must have one of them, so that no construct passes for it. */
export function propsWith(name: string, members: readonly string[], remedy: (value?: unknown) => string): Kind {
  return kind(name, (value) => hasProps(value, members), remedy);
}

/** A plain object whose members are of kinds; those of `required` cannot be left out. */
export function shape(name: string, members: Record<string, Kind>, required: readonly string[], remedy: (value?: unknown) => string): Kind {
  return {
    name,
    remedy,
    misfit: (value, called) => {
      if (isToken(value)) { return undefined; }
      const isObject = hasProps(value, Object.keys(members));
      const lacking = isObject ? required.find((member) => !isGiven(value, member)) : undefined;
      if (!isObject || (lacking !== undefined && !isPlainObject(value))) { return { called, name, got: gotten(value), remedy: remedy(value) }; }
      if (lacking !== undefined) { return { called: `${called}.${lacking}`, name: members[lacking].name, remedy: members[lacking].remedy() }; }
      return Object.entries(members).map(([member, each]) => misfitOf(value, member, each, `${called}.${member}`)).find((wrong) => wrong !== undefined);
    },
  };
}

/** A value of an enumeration of the CDK or of this library. */
export function oneOf(enumeration: string, values: Record<string, string | number>): Kind {
  // An enum of numbers has its values as names too.
  const members = Object.keys(values).filter((name) => !/^\d+$/.test(name));
  const named = members.map((name) => `${enumeration}.${name}`);
  const fit = new Set(members.map((name) => values[name]));
  return kind(`${/^([aeiou]|rds|s3|sns|sqs)/i.test(enumeration) ? 'an' : 'a'} ${enumeration}`, (value) => fit.has(value), () => (named.length > MOST_NAMED
    ? `Give one of ${enumeration}, such as ${named[0]}` : `Give one of ${named.join(', ')}`));
}

/** More names than that are not read. */
const MOST_NAMED = 6;

/** Any value: the prop has an error of its own, whatever is given. */
export const ANY: Kind = { name: 'anything', misfit: () => undefined, remedy: () => 'Leave it out' };

/** `null` is what much JavaScript says for "left out". */
export function isGiven(object: object, member: string): boolean {
  const value = (object as Record<string, unknown>)[member];
  return value !== undefined && value !== null;
}

/** What is wrong with a member of an object. `null` is refused: the CDK reads it as a value in some places, and as nothing in others. */
function misfitOf(object: object, member: string, expected: Kind, called: string): Misfit | undefined {
  const value = (object as Record<string, unknown>)[member];
  if (value === undefined || expected === ANY) { return undefined; }
  return value === null ? { called, name: expected.name, got: 'null', remedy: 'Leave it out' } : expected.misfit(value, called);
}

function hasProps(value: unknown, members: readonly string[]): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && (isPlainObject(value) || members.some((member) => member in value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** A stack can resolve tokens and is none. */
function isToken(value: unknown): boolean {
  return !Array.isArray(value) && Token.isUnresolved(value) && !has('node')(value);
}

const gotten = (value: unknown) => show(value).replace(/ of this kind$/, '');
