import { Kind, KIND, KINDS } from './kind';
import { placeOf } from '../policy/from-template';
import { matches } from '../policy/policy';
import { targetOf } from '../rules/values';
import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** How a text names a resource: by one, or by everything of its kind. */
export type Named = { readonly resources: TemplateResource[]; readonly everything: boolean };

/** Templates that are deployed together, and what is in them. */
export class Estate {
  private readonly byName = new Map<string, TemplateResource>();
  private readonly byId = new Map<string, TemplateResource[]>();
  private readonly byTypes = new Map<string, readonly TemplateResource[]>();

  constructor(public readonly templates: readonly Template[]) {
    for (const kind of KINDS) {
      for (const resource of this.ofKind(kind)) {
        const name = plain(shapeOf(resource.get(KIND[kind].name)) ?? '', resource.owner);
        if (name !== '' && !name.includes('${')) { this.byName.set(`${kind} ${name}`, resource); }
        this.byId.set(resource.logicalId, [...(this.byId.get(resource.logicalId) ?? []), resource]);
      }
    }
    this.nameAttachments();
  }

  /** A secret is also named by the attachment that says which database it is for, and a bucket by its access points. */
  private nameAttachments(): void {
    for (const [type, property] of [['AWS::SecretsManager::SecretTargetAttachment', 'SecretId'], ['AWS::S3::AccessPoint', 'Bucket']]) {
      for (const other of this.ofType(type)) {
        const target = targetOf(other.get(property));
        if (!target) { continue; }
        this.byId.set(other.logicalId, [...(this.byId.get(other.logicalId) ?? []), target]);
        const name = plain(shapeOf(other.get('Name')) ?? '', other.owner);
        if (name !== '' && type === 'AWS::S3::AccessPoint') { this.byName.set(`bucket accesspoint/${name}`, target); }
      }
    }
  }

  /** Found once: each flow asks for its types. */
  public ofType(...types: string[]): readonly TemplateResource[] {
    const key = types.join();
    const known = this.byTypes.get(key) ?? this.templates.flatMap((template) => template.everyOfType(...types));
    this.byTypes.set(key, known);
    return known;
  }

  public ofKind(kind: Kind): readonly TemplateResource[] {
    return this.ofType(...KIND[kind].types);
  }

  /** The one that a value refers to or names: by reference, ARN, URL or name. */
  public one(kind: Kind, read: Read, from: Template): TemplateResource | undefined {
    if (read.kind !== 'value') { return undefined; }
    const { target } = read;
    if (target) { return KIND[kind].types.includes(target.type) ? target : undefined; }
    return this.named(kind, read.text, from).resources[0];
  }

  /** Those that an ARN, a pattern of one, a URL or a name is for. */
  public named(kind: Kind, text: string, from: Template): Named {
    if (text === '*') { return { resources: [], everything: true }; }
    const name = KIND[kind].nameIn(plain(text, from));
    if (name === undefined || name === '') { return { resources: [], everything: false }; }
    if (/^\*+$/.test(name)) { return { resources: [], everything: true }; }
    const [, logicalId] = /^\$\{([A-Za-z0-9]+)(?:\.\w+)?\}$/.exec(name) ?? [];
    if (logicalId) { return { resources: this.byLogicalId(kind, logicalId, from), everything: false }; }
    const exact = this.byName.get(`${kind} ${name}`);
    if (exact) { return { resources: [exact], everything: false }; }
    const some = /[*?]/.test(name) ? [...this.byName].filter(([key]) => key.startsWith(`${kind} `) && matches(name, key.slice(kind.length + 1))).map(([, each]) => each) : [];
    return { resources: some, everything: false };
  }

  private byLogicalId(kind: Kind, logicalId: string, from: Template): TemplateResource[] {
    const found = (this.byId.get(logicalId) ?? []).filter(({ type }) => KIND[kind].types.includes(type));
    const own = found.filter(({ owner }) => owner === from);
    return own.length > 0 ? own : found.length === 1 ? found : [];
  }
}

/** A text with what the template knows of its place, or a mark in its stead: two stacks of unknown places are taken to be in one. */
function plain(text: string, template: Template): string {
  if (!text.includes('${AWS::')) { return text; }
  const { account, region } = placeOf(template);
  const values: Record<string, string> = { AccountId: account, Region: region, Partition: 'aws', URLSuffix: 'amazonaws.com' };
  return text.replace(/\$\{AWS::(\w+)\}/g, (all, name: string) => values[name] ?? all);
}

/** A text that the template says. */
export function textOf(read: Read): string | undefined {
  return read.kind === 'value' && !read.reference && !read.isObject && !read.isList ? read.text : undefined;
}

/** A text in which references keep their name, as far as it is known. */
export function shapeOf(read: Read): string | undefined {
  return read.match({
    value: (value) => (value.isObject || value.isList ? undefined : value.text), absent: () => undefined, unknown: ({ shape }) => shape,
  });
}

/** The account in an ARN, where it is known. */
export function accountIn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn.replace(/\$\{AWS::[A-Za-z]+\}/g, 'x'))?.[1];
}
