import { Token } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The path that a construct is going to have: for errors thrown before `super()`. */
export function pathOf(scope: IConstruct, id?: string): string {
  return [scope.node.path, id].filter(Boolean).join('/');
}

/**
 * The one error that this library throws: construct path, what is wrong with which prop, what was given, what to do.
 *
 * `code` is stable and may be relied upon; the text may improve.
 */
export class EncryptionError extends Error {
  constructor(
    public readonly path: string,
    public readonly code: string,
    /** The message without path and code. */
    public readonly reason: string,
  ) {
    super(`${path}: ${reason} [${code}]`);
    this.name = 'EncryptionError';
  }
}

/** What a check throws, as the validation of a construct tells it: what is wrong is known only when the app is complete. */
export function problemsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof EncryptionError)) { throw error; }
    return [error.message];
  }
}

/** A value of a prop that this library refuses to honour, and what the caller should do instead. */
export interface Refusal<P> {
  readonly prop: keyof P & string;
  readonly code: string;
  /** True where the value must be refused; not called for a prop that was left out. What else is given may decide. */
  readonly refuses: (value: any, props: any) => boolean;
  readonly because: string;
  readonly remedy: string;
  /** What of the value the error shows. @default - the value */
  readonly shows?: (value: any) => unknown;
}

/** Throws for the first prop whose value is refused. */
export function refuse<P extends object>(path: string, props: P, refusals: ReadonlyArray<Refusal<P>>): void {
  for (const { prop, code, refuses, because, remedy, shows } of refusals) {
    const value = props[prop];
    if (value !== undefined && refuses(value, props)) {
      throw new EncryptionError(path, code, `'${prop}' cannot be ${show(shows ? shows(value) : value)}: ${because}. ${remedy}.`);
    }
  }
}

/** How a value reads in an error: short, and never a dump of a construct. */
export function show(value: unknown): string {
  if (Array.isArray(value)) { return value.length === 0 ? 'an empty list' : `a list with ${show(value[0])}${value.length > 1 ? ' and more' : ''}`; }
  if (typeof value === 'string') { return Token.isUnresolved(value) ? 'a token' : `'${value}'`; }
  if (typeof value === 'function') { return `the ${/^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function'} ${value.name}`; }
  return typeof value === 'object' && value !== null ? showObject(value) : String(value);
}

function showObject(value: object): string {
  const { node, toHumanString, isUnresolved } = value as Partial<IConstruct & Duration>;
  if (toHumanString && isUnresolved) { return isUnresolved.call(value) ? 'a token' : toHumanString.call(value); }
  if (node) { return node.path ? `the construct ${node.path}` : 'the app'; }
  const name = value.constructor?.name ?? 'Object';
  if (name !== 'Object') { return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name} of this kind`; }
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.slice(0, 3).map((key) => `'${key}'`).join(', ')}${keys.length > 3 ? ' and more' : ''}`;
}

/** How a user knows an L1: by the path of the L2 that made it, where there is one. */
export function ownerPath(resource: IConstruct): string {
  const owner = resource.node.scope;
  return owner?.node.defaultChild === resource ? owner.node.path : resource.node.path;
}
