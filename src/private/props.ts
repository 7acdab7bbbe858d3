import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EncryptionError, pathOf, show } from './errors';
import { isGiven, Kind, Misfit } from './kinds';
import { recordMade } from './made-here';
import { closest, distance } from './nearest';

/** What is known of the props of a construct. A prop that is not named here is the base class's business, or a newer CDK's. */
export interface PropsShape<K extends string> {
  /** The name of the class or method, as the caller wrote it. */
  readonly of: string;
  readonly kinds: { readonly [Prop in K]?: Kind };
  /** What cannot be left out; of a list one suffices, and the first is named. */
  readonly required?: ReadonlyArray<NoInfer<K> | ReadonlyArray<NoInfer<K>>>;
  /** Names that people give instead of the right one. */
  readonly confused?: Readonly<Record<string, string | readonly string[]>>;
}

/** Infers which props are named, so that the compiler finds one that the construct does not have. */
export function propsShape<K extends string>(shape: PropsShape<K>): PropsShape<K> {
  return shape;
}

/** Names that other libraries and CloudFormation have for `encryptionKey`. */
export const NOT_ENCRYPTION_KEY = Object.fromEntries([
  'kmsKey', 'masterKey', 'encryptionMasterKey', 'storageEncryptionKey', 'kmsMasterKey', 'customerManagedKey', 'customerKey', 'cmk', 'key',
  'kmsKeyId', 'kmsKeyArn', 'kmsMasterKeyId', 'encryptionKeyArn', 'encryptionKeyId', 'keyArn', 'keyId', 'kms',
].map((name) => [name, 'encryptionKey']));

/** The path of a construct that is about to be made. Throws where scope, id or props are not what the construct takes. */
export function checkedPath<P extends object>(scope: Construct, id: string, props: P, shape: PropsShape<keyof P & string>): string {
  const path = checkedScope(scope, id, shape.of);
  checkProps(path, props, shape);
  recordMade(scope, id);
  return path;
}

/** Throws for the first prop that has another's name, is missing, or is of the wrong kind. */
export function checkProps<P extends object>(path: string, props: P | undefined, shape: PropsShape<keyof P & string>): void {
  const { of, kinds, required = [], confused = {} } = shape;
  const given: P = props === undefined ? {} as P : props;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new EncryptionError(path, 'PropsNotAnObject', `the props of ${of} must be an object, got ${show(given)}. Give them as \`{ name: value }\`, or leave them out.`);
  }
  for (const name of Object.keys(given)) {
    if (name in kinds || !isGiven(given, name)) { continue; }
    const meant = rightName(name, confused, Object.keys(kinds));
    if (meant !== undefined) {
      const right = meant.map((each) => `\`${each}\``).join(' or ');
      throw new EncryptionError(path, 'PropNameConfused', `'${name}' is not a prop of ${of} and would be ignored. Use ${right}.`);
    }
  }
  for (const group of required) {
    const names = [group].flat() as Array<keyof P & string>;
    if (!names.some((name) => isGiven(given, name))) { refuseMisfit(path, missing(names[0], kinds[names[0]]!)); }
  }
  for (const name of Object.keys(kinds) as Array<keyof P & string>) {
    if (isGiven(given, name)) { refuseMisfit(path, kinds[name]!.misfit(given[name], name)); }
  }
}

/** The props without those that are `null`, which much JavaScript says for "left out": the CDK reads some of them as values. */
export function withoutNull<P extends object>(props: P): P {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== null)) as P;
}

/** Throws where an argument of a method is missing or of the wrong kind. */
export function checkArgument(path: string, name: string, value: unknown, kind: Kind): void {
  refuseMisfit(path, value === undefined || value === null ? missing(name, kind) : kind.misfit(value, name));
}

const missing = (called: string, { name, remedy }: Kind): Misfit => ({ called, name, remedy: remedy() });

function refuseMisfit(path: string, misfit: Misfit | undefined): void {
  if (!misfit) { return; }
  const { called, name, got, remedy } = misfit;
  if (got === undefined) { throw new EncryptionError(path, 'ValueMissing', `'${called}' is missing: it must be ${name}. ${remedy}.`); }
  throw new EncryptionError(path, 'ValueOfWrongKind', `'${called}' must be ${name}, got ${got}. ${remedy}.`);
}

/** Throws where the first two arguments of a construct are not a scope inside of a stack, and an id. */
function checkedScope(scope: unknown, id: unknown, of: string): string {
  const example = `new ${of}(this, 'Id', { … })`;
  if (!isConstruct(scope)) {
    if (isConstruct(id)) { throw new EncryptionError(of, 'ScopeAndIdSwapped', `scope and id are swapped. Write \`${example}\`, where \`this\` is a stack or a construct in one.`); }
    throw new EncryptionError(of, 'ScopeNotAConstruct',
      `the scope, its first argument, must be a construct, got ${show(scope)}. Write \`${example}\`, where \`this\` is a stack or a construct in one.`);
  }
  if (typeof id !== 'string' || id === '') {
    throw new EncryptionError(scope.node.path || 'the app', 'IdNotText', `the id of ${of}, its second argument, must be text, got ${show(id)}. Write \`${example}\`.`);
  }
  const path = pathOf(scope, id);
  if (!scope.node.scopes.some((each) => Stack.isStack(each))) {
    throw new EncryptionError(path, 'ScopeOutsideOfStack', `${of} must be made in a stack, and ${show(scope)} is not in one. Give a stack, or a construct in one, as scope.`);
  }
  return path;
}

function isConstruct(value: unknown): value is Construct {
  return typeof value === 'object' && value !== null && Construct.isConstruct(value);
}

/** The prop that was meant: by a known confusion, by another spelling (`encryption_key`), or by a slip in a long name. */
function rightName(name: string, confused: NonNullable<PropsShape<string>['confused']>, known: readonly string[]): readonly string[] | undefined {
  const plain = plainName(name);
  const wrong = Object.keys(confused).find((each) => plainName(each) === plain);
  if (wrong !== undefined) { return [confused[wrong]].flat(); }
  const meant = known.find((each) => plainName(each) === plain)
    ?? closest(name, known.filter((each) => each.length >= LONG_NAME && distance(name, each) <= SLIPS));
  return meant === undefined ? undefined : [meant];
}

const plainName = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

/** Shorter names are too near to each other: `user` and `users`. */
const LONG_NAME = 10;
const SLIPS = 2;

