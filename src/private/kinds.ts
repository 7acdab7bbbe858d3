import { Token } from 'aws-cdk-lib';
import { show } from './errors';

/**
 * What a value must be. Told by how a value behaves and never by its class: a value of another copy of a module, or one that another
 * language made, is as good.
 */
export interface Kind {
  /** As in "must be …". */
  readonly name: string;
  /** What is wrong with a value that is given, as a sentence with the remedy; `undefined` where nothing is. */
  readonly wrong: (value: unknown, called: string) => string | undefined;
  /** What to write, where nothing is given or what is given does not fit. */
  readonly remedy: (value?: unknown) => string;
}

/** A kind whose values are told by a test; tokens are not looked into. */
export function kind(name: string, fits: (value: any) => boolean, remedy: (value?: unknown) => string): Kind {
  return {
    name,
    remedy,
    wrong: (value, called) => (fits(value) || isToken(value) ? undefined : `'${called}' must be ${name}, got ${show(value)}. ${remedy(value)}.`),
  };
}

/** An object that has all of these members. `in`, so that no getter runs. */
export function has(...members: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'object' && value !== null && members.every((member) => member in value);
}

/** An object of a class, told by its members. */
export function objectWith(name: string, members: string[], remedy: (value?: unknown) => string): Kind {
  return kind(name, has(...members), remedy);
}

/** A list, in which every element is of a kind. */
export function listOf(element: Kind, name: string, example: string): Kind {
  return {
    name: `a list of ${name}`,
    remedy: () => `Give a list: \`${example}\``,
    wrong: (value, called) => {
      if (Array.isArray(value)) {
        return value.map((each, index) => element.wrong(each, `${called}[${index}]`)).find((sentence) => sentence !== undefined);
      }
      if (isToken(value)) { return undefined; }
      const remedy = element.wrong(value, called) === undefined ? 'Put it in a list, in square brackets' : `Give a list: \`${example}\``;
      return `'${called}' must be a list of ${name}, got ${show(value)}. ${remedy}.`;
    },
  };
}

/** A plain object whose members are of kinds; those of `required` cannot be left out. */
export function shape(name: string, members: Record<string, Kind>, required: readonly string[], remedy: (value?: unknown) => string): Kind {
  return {
    name,
    remedy,
    wrong: (value, called) => {
      if (isToken(value)) { return undefined; }
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !required.every((member) => isGiven(value, member)) ) {
        const lacking = isPlainObject(value) ? required.find((member) => !isGiven(value, member)) : undefined;
        return lacking === undefined
          ? `'${called}' must be ${name}, got ${show(value)}. ${remedy(value)}.`
          : `'${called}.${lacking}' is missing: it must be ${members[lacking].name}. ${members[lacking].remedy()}.`;
      }
      return Object.entries(members).filter(([member]) => isGiven(value, member))
        .map(([member, each]) => each.wrong((value as Record<string, unknown>)[member], `${called}.${member}`)).find((sentence) => sentence !== undefined);
    },
  };
}

/** A value of an enumeration of the CDK or of this library. */
export function oneOf(enumeration: string, values: Record<string, string>): Kind {
  const names = Object.keys(values).map((name) => `${enumeration}.${name}`).join(', ');
  return kind(`a ${enumeration}`, (value) => Object.values(values).includes(value), () => `Give one of ${names}`);
}

/** `null` is what some languages and much JavaScript say for "left out". */
export function isGiven(object: object, member: string): boolean {
  const value = (object as Record<string, unknown>)[member];
  return value !== undefined && value !== null;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function isToken(value: unknown): boolean {
  return !Array.isArray(value) && Token.isUnresolved(value);
}
