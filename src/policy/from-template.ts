import { HOLE } from './glob';
import { normalize, NotKnown } from './normal-form';
import { OWN_ACCOUNT, OWN_REGION, physicalName, Place } from './physical-names';
import type { Statement } from './statement';
import { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';
import type { Reference } from '../template/values';

/** The account and Region of a template's stack; where they are not known, numbers and names that stand for them. */
export function placeOf({ surroundings }: Template): Place {
  return { account: surroundings.account ?? OWN_ACCOUNT, region: surroundings.region ?? OWN_REGION };
}

/** The statements of a policy as it could be once deployed; what only the deployment knows is marked. */
export function statementsOf(document: Read, template: Template, place: Place = placeOf(template)): Statement[] {
  return normalize(new Deployed(template, place).json(document));
}

/** One statement of a policy. */
export function statementOf(statement: Read, template: Template): Statement {
  return normalize({ Statement: [new Deployed(template, placeOf(template)).json(statement)] })[0];
}

/** A text as it could be once deployed; `undefined` where a part of it is not known. */
export function textOf(value: Read, template: Template): string | undefined {
  const json = new Deployed(template, placeOf(template)).json(value);
  return typeof json === 'string' && !json.includes(HOLE) ? json : undefined;
}

/** The statements of a policy property; `undefined` where the resource does not have it. */
export function policyOf(resource: TemplateResource, ...path: string[]): Statement[] | undefined {
  return onceInOneWorld(policies, resource, path.join('.'), () => {
    const document = resource.get(...path);
    return document.kind === 'absent' ? undefined : statementsOf(document, resource.owner);
  });
}

const policies = new WeakMap<TemplateResource, Map<string, Statement[] | undefined>>();

/** What many rules ask is worked out once; not where conditions make more than one world. */
export function onceInOneWorld<T>(memory: WeakMap<TemplateResource, Map<string, T>>, resource: TemplateResource, name: string, work: () => T): T {
  if (!resource.owner.conditions.areNone) { return work(); }
  const known = memory.get(resource) ?? new Map<string, T>();
  memory.set(resource, known);
  if (!known.has(name)) { known.set(name, work()); }
  return known.get(name)!;
}

/** `${Bucket.Arn}`, `${AWS::AccountId}`, `${?}` inside of a text. A policy variable has one colon, and is left alone. */
const PLACEHOLDER = /\$\{(AWS::\w+|[A-Za-z0-9]+(?:\.[\w.]+)?|\?)\}/g;

/** Partitions are never mixed: policies are judged as if all were in `aws`. */
function inPartitionAws(text: string): string {
  return text.replace(/\barn:aws-[a-z-]+:/g, 'arn:aws:').replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com');
}

class Deployed {
  constructor(private readonly template: Template, private readonly place: Place) {}

  public json(read: Read): unknown {
    return read.match<unknown>({
      absent: () => undefined,
      unknown: ({ shape, symbol, reason }) => this.dangling(symbol) ?? (shape === '${?}' ? new NotKnown(reason) : this.text(shape)),
      value: (value) => {
        if (value.isList) { return value.items().map((item) => this.json(item)).flat(); }
        if (value.isObject) { return Object.fromEntries(value.entries().map(([name, inner]) => [name, this.json(inner)])); }
        if (value.reference) { return this.reference(value.reference); }
        return value.isText ? this.text(value.text) : value.text;
      },
    });
  }

  private text(text: string): string {
    if (!text.includes('${') && !text.includes('arn:aws-') && !text.endsWith('.cn')) { return text; }
    return inPartitionAws(text).replace(PLACEHOLDER, (_, name: string) => {
      if (name === '?') { return HOLE; }
      const [logicalId, ...attribute] = name.split('.');
      return this.named(logicalId, attribute.length > 0 ? attribute.join('.') : undefined, this.template);
    });
  }

  private reference({ logicalId, attribute, owner }: Reference): string {
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
    return name !== undefined && !this.template.parameterIn({ Ref: name }) && !this.template.resource(name) ? `made-up-${name}` : undefined;
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
