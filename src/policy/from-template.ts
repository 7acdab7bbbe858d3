import { HOLE } from './glob';
import { normalize, normalizeStatement, NotKnown } from './normal-form';
import { OWN_ACCOUNT, OWN_REGION, physicalName, Place } from './physical-names';
import { sayingOf, Statement } from './statement';
import type { InPlain, Read, Unknown } from '../template/read';
import type { Template, TemplateResource } from '../template/template';
import type { Reference } from '../template/values';

/** The account and Region of a template's stack; where they are not known, numbers and names that stand for them. */
export function placeOf({ surroundings }: Template): Place {
  return { account: surroundings.account ?? OWN_ACCOUNT, region: surroundings.region ?? OWN_REGION };
}

/** The statements of a policy as it could be once deployed; what only the deployment knows is marked. */
export function statementsOf(document: Read, template: Template, place?: Place): readonly Statement[] {
  return interned((place ? new Deployed(template, place) : deployed(template)).statements(document));
}

/** Something that only the deployment knows, and what is read in its place wherever it stands: it is one value. */
export interface StandIn {
  readonly symbol: string;
  readonly text: string;
}

/** The statements of a policy, with a stand-in for what only the deployment knows. */
export function statementsWith(standIn: StandIn, document: Read, template: Template): readonly Statement[] {
  return interned(new Deployed(template, placeOf(template), standIn).statements(document));
}

/** One statement of a policy. */
export function statementOf(statement: Read, template: Template): Statement {
  return deployed(template).statement(statement, 1);
}

/** A text as it could be once deployed; `undefined` where a part of it is not known. */
export function textOf(value: Read, template: Template): string | undefined {
  const json = new Deployed(template, placeOf(template)).json(value);
  return typeof json === 'string' && !json.includes(HOLE) ? json : undefined;
}

/** The statements of a policy property; `undefined` where the resource does not have it. */
export function policyOf(resource: TemplateResource, ...path: string[]): readonly Statement[] | undefined {
  const document = resource.get(...path);
  if (document.kind === 'absent') { return undefined; }
  const known = policies.get(document) ?? statementsOf(document, resource.owner);
  if (resource.owner.conditions.areNone) { policies.set(document, known); }
  return known;
}

/** Read once, where there is one scenario: a document is then always the same object. */
const policies = new WeakMap<Read, readonly Statement[]>();

/** The statements of several policies of one resource. */
export function together(several: ReadonlyArray<readonly Statement[]>): readonly Statement[] {
  return several.length === 1 ? several[0] : interned(several.flat());
}

/** Policies that say the same are one: what is found out about it is found out once. */
function interned(statements: readonly Statement[]): readonly Statement[] {
  const text = statements.map((statement) => `${statement.position} ${JSON.stringify([statement.sid, statement.resources])} ${sayingOf(statement)}`).join();
  const known = said.get(text);
  if (known) { return known; }
  if (said.size > MOST_REMEMBERED) { said.clear(); }
  said.set(text, statements);
  return statements;
}

const said = new Map<string, readonly Statement[]>();
const MOST_REMEMBERED = 300;

/** A template as it could be once deployed, in the place of its own stack. */
function deployed(template: Template): Deployed {
  const known = ofTemplates.get(template) ?? new Deployed(template, placeOf(template));
  ofTemplates.set(template, known);
  return known;
}

const ofTemplates = new WeakMap<Template, Deployed>();

/** `${Bucket.Arn}`, `${AWS::AccountId}`, `${?}` inside of a text. A policy variable has one colon, and is left alone. */
const PLACEHOLDER = /\$\{(AWS::\w+|[A-Za-z0-9]+(?:\.[\w.]+)?|\?)\}/g;

/** Partitions are never mixed: policies are judged as if all were in `aws`. */
function inPartitionAws(text: string): string {
  return text.replace(/\barn:aws-[a-z-]+:/g, 'arn:aws:').replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com');
}

class Deployed implements InPlain {
  private readonly known = new WeakMap<Read, Statement>();

  constructor(private readonly template: Template, private readonly place: Place, private readonly standIn?: StandIn) {}

  public json(read: Read): unknown {
    switch (read.kind) {
      case 'absent': return undefined;
      case 'unknown': return this.unknown(read);
      case 'value': return read.plain(this);
    }
  }

  public statements(document: Read): readonly Statement[] {
    const items = document.kind === 'value' && document.isObject ? document.get('Statement').items() : [];
    // A policy that is text, and lists in lists, are read as a whole.
    const isPlain = document.kind === 'value' && document.isObject && items.every((item) => !(item.kind === 'value' && item.isList));
    return isPlain ? items.filter(({ kind }) => kind !== 'absent').map((item, index) => this.statement(item, index + 1)) : normalize(this.json(document));
  }

  /** A statement is read by itself and with its policy: once, where there is one scenario. */
  public statement(read: Read, position: number): Statement {
    const known = this.known.get(read);
    if (known) { return known; }
    const statement = normalizeStatement(this.json(read), position);
    if (this.template.conditions.areNone) { this.known.set(read, statement); }
    return statement;
  }

  public unknown(read: Unknown): unknown {
    if (read.symbol === this.standIn?.symbol) { return this.standIn.text; }
    return this.dangling(read.symbol) ?? (read.shape === '${?}' ? new NotKnown(read.reason) : this.text(read.shape));
  }

  public text(text: string): string {
    if (!text.includes('${') && !text.includes('arn:aws-') && !text.endsWith('.cn')) { return text; }
    return inPartitionAws(text).replace(PLACEHOLDER, (_, name: string) => {
      if (name === '?') { return HOLE; }
      const [logicalId, ...attribute] = name.split('.');
      return this.named(logicalId, attribute.length > 0 ? attribute.join('.') : undefined, this.template);
    });
  }

  public reference({ logicalId, attribute, owner }: Reference): string {
    return this.named(logicalId, attribute, (owner as Template | undefined) ?? this.template);
  }

  private named(logicalId: string, attribute: string | undefined, template: Template): string {
    const { account, region } = this.place;
    switch (logicalId) {
      case 'AWS::AccountId': return account;
      case 'AWS::Region': return region;
      case 'AWS::Partition': return 'aws';
      case 'AWS::URLSuffix': return 'amazonaws.com';
    }
    if (logicalId.startsWith('AWS::')) { return `made-up-${logicalId.slice('AWS::'.length)}`; }
    const resource = template.resource(logicalId);
    if (resource) { return physicalName(resource, attribute, this.placeIn(template)); }
    return this.ofServerless(logicalId, attribute, template) ?? `made-up-${logicalId}${attribute ? `.${attribute}` : ''}`;
  }

  /** What refers to a resource that is not there is the name of that resource, in a template of which this is a part. */
  private dangling(symbol: string): string | undefined {
    const [, name] = /^\$\{(\w+)\}$/.exec(symbol) ?? [];
    return name !== undefined && !this.template.makesMore && !this.template.parameterIn({ Ref: name }) && !this.template.resource(name) ? `made-up-${name}` : undefined;
  }

  /** What another template refers to is in the account of its own stack. */
  private placeIn(template: Template): Place {
    if (template === this.template) { return this.place; }
    const { account, region } = template.surroundings;
    return { account: account ?? this.place.account, region: region ?? this.place.region };
  }

  /** The role that SAM makes for a function, which stands in no template. */
  private ofServerless(logicalId: string, attribute: string | undefined, template: Template): string | undefined {
    const isRole = logicalId.endsWith('Role') && template.resource(logicalId.slice(0, -'Role'.length))?.type.startsWith('AWS::Serverless::');
    return !isRole ? undefined : attribute === 'Arn' ? `arn:aws:iam::${this.placeIn(template).account}:role/made-up-${logicalId}` : `made-up-${logicalId}`;
  }
}
