import { memoizeRead } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A statement of a policy in one shape: lists where IAM takes one or many, text where it takes intrinsics. */
export interface Statement {
  /** As the template has it. */
  readonly source: Read;
  readonly sid?: string;
  readonly effect: string;
  /** `*`, or `AWS:arn…`, `Service:s3.amazonaws.com`. */
  readonly principals: string[];
  readonly notPrincipals: string[];
  /** In lower case, as IAM compares them. */
  readonly actions: string[];
  readonly notActions: string[];
  /** What is unknown in them keeps its name: `arn:aws:s3:::${BucketName}` for a parameter. */
  readonly resources: string[];
  readonly notResources: string[];
  /** Operator → condition key in lower case → values. */
  readonly conditions: Record<string, Record<string, string[]>>;
}

/** The statements of a policy document, which may be written as text. */
export const statementsIn = memoizeRead((document): Statement[] | Unknown => {
  if (document.kind === 'unknown') { return document; }
  const policy = document.kind === 'value' ? document.parsed() : document;
  if (policy.kind === 'unknown') { return policy; }
  const statements = policy.get('Statement').items();
  const unknown = statements.find((statement) => statement.kind === 'unknown');
  return unknown?.kind === 'unknown' ? unknown : statements.map(normalize);
});

/** The statements of a policy property. */
export function statementsOf(resource: TemplateResource, property: string): Statement[] | Unknown {
  return statementsIn(resource.get(property));
}

/** The statements of all policies of one resource; `undefined` where it has none, `Unknown` where one cannot be read. */
export function statementsOfAll(policies: readonly TemplateResource[]): Statement[] | Unknown | undefined {
  if (policies.length === 0) { return undefined; }
  const statements = policies.map((policy) => statementsOf(policy, 'PolicyDocument'));
  return (statements.find((found) => found instanceof Unknown) as Unknown | undefined) ?? (statements as Statement[][]).flat();
}

/** The same, where what is not known counts as empty. */
export function knownStatements(document: Read): Statement[] {
  const statements = statementsIn(document);
  return statements instanceof Unknown ? [] : statements;
}

function normalize(statement: Read): Statement {
  const lower = (value: Read) => texts(value).map((action) => action.toLowerCase());
  return {
    source: statement,
    sid: textOf(statement.get('Sid')),
    effect: textOf(statement.get('Effect')) ?? '',
    principals: principalsOf(statement.get('Principal')),
    notPrincipals: principalsOf(statement.get('NotPrincipal')),
    actions: lower(statement.get('Action')),
    notActions: lower(statement.get('NotAction')),
    resources: statement.get('Resource').items().map(({ symbol }) => symbol),
    notResources: texts(statement.get('NotResource')),
    conditions: conditionsOf(statement.get('Condition')),
  };
}

function principalsOf(principal: Read): string[] {
  if (principal.kind !== 'value' || !principal.isObject) { return texts(principal); }
  return principal.entries().flatMap(([type, names]) => texts(names).map((name) => (type === 'AWS' && name === '*' ? '*' : `${type}:${name}`)));
}

function entriesOf(read: Read): ReadonlyArray<readonly [string, Read]> {
  return read.kind === 'value' ? read.entries() : [];
}

function conditionsOf(condition: Read): Statement['conditions'] {
  return Object.fromEntries(entriesOf(condition).map(([operator, operands]) => [
    operator,
    Object.fromEntries(entriesOf(operands).map(([key, values]) => [key.toLowerCase(), texts(values)])),
  ]));
}

function textOf(read: Read): string | undefined {
  return read.kind === 'absent' ? undefined : read.shown;
}

function texts(value: Read): string[] {
  return value.items().map((item) => item.shown);
}

/** How a statement is named in a report. */
export function nameOf({ sid, effect, actions, notActions }: Statement): string {
  const what = actions.length > 0 ? actions : notActions.map((action) => `not ${action}`);
  return sid ? `the statement ${sid}` : `the statement that ${effect === 'Deny' ? 'denies' : 'allows'} ${what.slice(0, 3).join(', ')}`;
}

export const isAllow = ({ effect }: Statement) => effect === 'Allow';
export const isDeny = ({ effect }: Statement) => effect === 'Deny';
export const hasNoCondition = ({ conditions }: Statement) => Object.keys(conditions).length === 0;

/** Whether one of a statement's action patterns covers an action, with `NotAction` turned round. */
export function covers({ actions, notActions }: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  if (notActions.length > 0) { return !notActions.some((pattern) => matches(pattern, wanted)); }
  return actions.some((pattern) => matches(pattern, wanted));
}

/** IAM's wildcards. */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) { return pattern === text; }
  const expression = pattern.split(/(\*+|\?)/).map((part) => (part.startsWith('*') ? '[^]*' : part === '?' ? '[^]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  return new RegExp(`^${expression}$`).test(text);
}

/** The services that a statement allows. */
export function servicesOf({ principals }: Statement): string[] {
  return principals.flatMap((principal) => (principal.startsWith('Service:') ? [principal.slice('Service:'.length)] : []));
}
