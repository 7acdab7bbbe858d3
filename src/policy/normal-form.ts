import { HOLE } from './glob';
import { parseOperator } from './operators';
import { isMadeUp, shown } from './physical-names';
import type { Condition, Element, NamedPrincipal, Statement } from './statement';

/** A value that the template does not tell, in a document that is otherwise plain JSON. */
export class NotKnown {
  constructor(public readonly reason: string) {}
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The statements of a policy document in plain JSON, in which `HOLE` stands for unknown parts of texts and `NotKnown` for unknown values.
 * Nothing is dropped: what cannot be read may be anything.
 */
export function normalize(document: unknown): Statement[] {
  const parsed = typeof document === 'string' ? parse(document) : document;
  if (parsed instanceof NotKnown) { return [anyStatement(1, parsed.reason)]; }
  const statements = isObject(parsed) ? parsed.Statement : undefined;
  return list(statements).map((statement, index) => normalizeStatement(statement, index + 1));
}

/** A policy may be written as text. */
function parse(text: string): unknown {
  if (text.includes(HOLE)) { return new NotKnown('parts of the policy are known only when the stack is deployed'); }
  try { return JSON.parse(text); } catch { return new NotKnown('the policy is text, and not JSON'); }
}

/** A statement of which nothing is known. */
function anyStatement(position: number, reason: string): Statement {
  const any = { negated: false, items: [HOLE] };
  return {
    position,
    effect: 'unknown',
    principals: { negated: false, items: [{ kind: 'unknown', name: HOLE }] },
    actions: any,
    resources: any,
    conditions: [unknownCondition()],
    unknown: reason,
    isOpaque: true,
  };
}

/** One statement; the position counts from 1. */
export function normalizeStatement(statement: unknown, position: number): Statement {
  if (!isObject(statement)) { return anyStatement(position, statement instanceof NotKnown ? statement.reason : 'it is not an object'); }
  const isDeny = statement.Effect === 'Deny';
  const principals = element(statement, 'Principal', (value) => principalsIn(value).map((each) => (isDeny ? withoutWildcards(each) : each)));
  const actions = element(statement, 'Action', (value) => texts(value).map((action) => action.toLowerCase())) ?? { negated: false, items: [] };
  const resources = element(statement, 'Resource', texts);
  const conditions = conditionsIn(statement.Condition);
  const effect = statement.Effect === 'Allow' || statement.Effect === 'Deny' ? statement.Effect : 'unknown';
  return {
    sid: typeof statement.Sid === 'string' && statement.Sid !== '' && !statement.Sid.includes(HOLE) ? statement.Sid : undefined,
    position,
    effect,
    principals,
    actions,
    resources,
    conditions,
    unknown: firstReason(statement) ?? unreadPart({ effect, principals, actions, resources, conditions }),
  };
}

/** What was written, and was not read: a principal that a custom resource makes, an object in place of a text. */
function unreadPart({ effect, principals, actions, resources, conditions }: Pick<Statement, 'effect' | 'principals' | 'actions' | 'resources' | 'conditions'>): string | undefined {
  if (effect === 'unknown') { return 'its Effect is neither Allow nor Deny'; }
  const stranger = principals?.items.find(({ kind }) => kind === 'unknown');
  if (stranger) { return isMadeUp(stranger.name) ? `${shown(stranger.name)} is known only when the stack is deployed` : 'its Principal cannot be read'; }
  if (actions.items.includes(HOLE)) { return `its ${actions.negated ? 'NotAction' : 'Action'} cannot be read`; }
  if (resources?.items.includes(HOLE)) { return `its ${resources.negated ? 'NotResource' : 'Resource'} cannot be read`; }
  return conditions.some(({ key, values }) => key === HOLE || values.includes(HOLE)) ? 'its Condition cannot be read' : undefined;
}

function element<T>(statement: Json, name: string, read: (value: unknown) => T[]): Element<T> | undefined {
  if (statement[`Not${name}`] !== undefined) { return { negated: true, items: read(statement[`Not${name}`]) }; }
  return statement[name] === undefined ? undefined : { negated: false, items: read(statement[name]) };
}

/** A Deny whose principal has a wildcard inside protects from nobody: AWS refuses it. */
function withoutWildcards(named: NamedPrincipal): NamedPrincipal {
  return named.kind === 'anybody' && named.name !== '*' ? { kind: 'arn', name: named.name } : named;
}

function principalsIn(value: unknown): NamedPrincipal[] {
  if (!isObject(value)) { return texts(value).map((text) => (text.includes(HOLE) ? { kind: 'unknown', name: text } : principal('AWS', text))); }
  return Object.entries(value).flatMap(([type, names]) => texts(names).map((name) => principal(type, name)));
}

function principal(type: string, name: string): NamedPrincipal {
  switch (type.toLowerCase()) {
    case 'aws': return awsPrincipal(name);
    case 'service': return isMadeUp(name) ? { kind: 'unknown', name } : { kind: 'service', name };
    case 'federated': return { kind: 'federated', name };
    case 'canonicaluser': return { kind: 'canonical', name };
    default: return type.includes(HOLE) ? { kind: 'unknown', name: HOLE } : { kind: 'none', name: type };
  }
}

/** An account's root, or a principal of it, by ARN. */
const IDENTITY = /^arn:[^:]*:(?:iam|sts)::([^:]*):(.*)$/;

function awsPrincipal(name: string): NamedPrincipal {
  const [, account, resource] = IDENTITY.exec(name) ?? [];
  // IAM refuses wildcards inside of a principal, and CloudFormation with it. Whoever writes one means everybody whom it matches.
  if (/[*?]/.test(account ?? (hasAllParts(name) ? '' : name))) { return { kind: 'anybody', name }; }
  if (account === 'cloudfront') { return { kind: 'canonical', name }; }
  if (/^\d{12}$/.test(name)) { return { kind: 'account', name }; }
  if (account !== undefined) { return resource === 'root' ? { kind: 'account', name: account } : { kind: 'arn', name }; }
  // What a nested stack or a custom resource gives may be a principal of anybody's.
  return { kind: name.includes(HOLE) || isMadeUp(name) || name.startsWith('arn:') ? 'unknown' : 'arn', name };
}

const hasAllParts = (arn: string) => arn.split(':').length >= 6;

function conditionsIn(block: unknown): Condition[] {
  if (block === undefined || block === null) { return []; }
  if (!isObject(block)) { return [unknownCondition()]; }
  return Object.entries(block).flatMap(([written, keys]) => {
    if (!isObject(keys)) { return [unknownCondition()]; }
    const operator = parseOperator(written);
    return Object.entries(keys).map(([key, values]) => ({ operator, written: `${written} ${key}`, key: key.toLowerCase(), values: texts(values) }));
  });
}

/** A condition of which nothing is known. */
function unknownCondition(): Condition {
  return { operator: parseOperator(HOLE), written: 'a condition', key: HOLE, values: [HOLE] };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function texts(value: unknown): string[] {
  return list(value).map((item) => (typeof item === 'string' ? item : typeof item === 'number' || typeof item === 'boolean' ? String(item) : HOLE));
}

/** Why something in a value is not known. */
function firstReason(value: unknown): string | undefined {
  if (value instanceof NotKnown) { return value.reason; }
  if (typeof value === 'string') { return value.includes(HOLE) ? 'a part of it is known only when the stack is deployed' : undefined; }
  if (typeof value !== 'object' || value === null) { return undefined; }
  for (const inner of Object.values(value)) {
    const reason = firstReason(inner);
    if (reason) { return reason; }
  }
  return undefined;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NotKnown);
