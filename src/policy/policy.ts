import { isFixed, memoizeRead } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

type Conditions = Record<string, Record<string, string[]>>;

/** A statement of a policy in one shape: lists where IAM takes one or many, text where it takes intrinsics. Each part is read when it is asked for. */
export class Statement {
  #principals?: string[];
  #actions?: string[];
  #resources?: string[];
  #conditions?: Conditions;
  #notActions?: string[];
  public readonly sid?: string;
  public readonly effect: string;

  /** @param source as the template has it */
  constructor(public readonly source: Read) {
    this.sid = textOf(source.get('Sid'));
    this.effect = textOf(source.get('Effect')) ?? '';
    // Where a condition decides, the present scenario is meant: in another one it would read otherwise.
    if (!isFixed(source)) { void [this.principals, this.actions, this.notActions, this.resources, this.conditions]; }
  }

  /** `*`, or `AWS:arn…`, `Service:s3.amazonaws.com`. */
  public get principals(): string[] { return this.#principals ??= principalsOf(this.source.get('Principal')); }

  /** In lower case, as IAM compares them. */
  public get actions(): string[] { return this.#actions ??= lower(this.source.get('Action')); }

  public get notActions(): string[] { return this.#notActions ??= lower(this.source.get('NotAction')); }

  /** What is unknown in them keeps its name: `arn:aws:s3:::${BucketName}` for a parameter. */
  public get resources(): string[] { return this.#resources ??= this.source.get('Resource').items().map(({ symbol }) => symbol); }

  /** Operator → condition key in lower case → values. */
  public get conditions(): Conditions { return this.#conditions ??= conditionsOf(this.source.get('Condition')); }
}

/** The statements of a policy document, which may be written as text. */
export const statementsIn = memoizeRead((document): Statement[] | Unknown => {
  if (document.kind === 'unknown') { return document; }
  const policy = document.kind === 'value' ? document.parsed() : document;
  if (policy.kind === 'unknown') { return policy; }
  const statements = policy.get('Statement').items();
  const unknown = statements.find((statement) => statement.kind === 'unknown');
  return unknown?.kind === 'unknown' ? unknown : statements.map((statement) => new Statement(statement));
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

const lower = (value: Read) => texts(value).map((action) => action.toLowerCase());

function principalsOf(principal: Read): string[] {
  if (principal.kind !== 'value' || !principal.isObject) { return texts(principal); }
  return principal.entries().flatMap(([type, names]) => texts(names).map((name) => (type === 'AWS' && name === '*' ? '*' : `${type}:${name}`)));
}

function entriesOf(read: Read): ReadonlyArray<readonly [string, Read]> {
  return read.kind === 'value' ? read.entries() : [];
}

function conditionsOf(condition: Read): Conditions {
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
  const wildcard = pattern.search(/[*?]/);
  if (wildcard === -1) { return pattern === text; }
  // Most patterns end with their only wildcard, and most texts begin otherwise.
  if (!text.startsWith(pattern.slice(0, wildcard))) { return false; }
  if (wildcard === pattern.length - 1 && pattern.endsWith('*')) { return true; }
  const expression = pattern.split(/(\*+|\?)/).map((part) => (part.startsWith('*') ? '[^]*' : part === '?' ? '[^]' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  return new RegExp(`^${expression}$`).test(text);
}

/** The services that a statement allows. */
export function servicesOf({ principals }: Statement): string[] {
  return principals.flatMap((principal) => (principal.startsWith('Service:') ? [principal.slice('Service:'.length)] : []));
}
