import {
  CfnElement, CfnOutput, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Stage, Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { lightly } from './light';
import { Estate } from '../flows/estate';
import { knownAtSynth } from '../private/tokens';
import { link, Member } from '../template/assembly';
import { groupBy } from '../template/group-by';
import type { TemplateResource } from '../template/template';
import { isObject, Json } from '../template/values';

/** The stacks of a Stage as templates, read before they are written, and the constructs behind them. */
export interface StageModel {
  readonly estate: Estate;
  constructOf(resource: TemplateResource): CfnResource | undefined;
  resourceOf(construct: CfnResource): TemplateResource | undefined;
}

/** Reads the resources of some types in all stacks of a Stage. What cannot be resolved is left out: the synth says why. */
export function readStage(root: IConstruct, types: ReadonlySet<string>): StageModel {
  const elements = elementsBelow(root).filter((element) => !CfnResource.isCfnResource(element) || types.has(element.cfnResourceType));
  const reader = new StageReader(elements);
  return reader.read();
}

/** The CloudFormation elements of a Stage, without those of Stages below it. */
function elementsBelow(construct: IConstruct): CfnElement[] {
  const below = construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(elementsBelow);
  return CfnElement.isCfnElement(construct) && !(construct instanceof CfnOutput) ? [construct, ...below] : below;
}

class StageReader {
  private readonly ids = new Map<CfnElement, string>();
  private readonly logicalIds = new Map<CfnElement, string>();
  private byStack?: Map<Stack, CfnElement[]>;
  /** Outputs that stand for references between stacks, by stack. */
  private readonly outputs = new Map<Stack, Json>();
  /** What another account or Region refers to: it gets its name as soon as it is referred to, and what could not be rendered before can be. */
  private readonly again = new Set<CfnElement>();

  constructor(private readonly elements: readonly CfnElement[]) {
    const taken = new Set<string>();
    for (const element of elements) {
      const logicalId: string = Stack.of(element).resolve(element.logicalId);
      let id = logicalId;
      for (let n = 2; taken.has(id); n++) { id = `${logicalId}x${n}`; }
      taken.add(id);
      this.ids.set(element, id);
      this.logicalIds.set(element, logicalId);
    }
  }

  public read(): StageModel {
    const stacks = [...new Set(this.elements.map((element) => Stack.of(element)))];
    const members = new Map<Stack, Member>(stacks.map((stack) => [stack, {
      stackName: stack.node.path, account: knownAtSynth(stack.account), region: knownAtSynth(stack.region), json: this.template(stack),
    }]));
    for (const element of this.again) {
      const member = members.get(Stack.of(element));
      if (member) { addTo(member.json, this.render(element, this.renamedIn(Stack.of(element)))); }
    }
    for (const [stack, outputs] of this.outputs) { if (members.has(stack)) { Object.assign(members.get(stack)!.json, { Outputs: outputs }); } }
    const templates = link([...members.values()]);
    const byConstruct = new Map<CfnElement, TemplateResource>();
    const byResource = new Map<TemplateResource, CfnResource>();
    for (const [element, id] of this.ids) {
      const resource = templates.get(members.get(Stack.of(element))!)!.resource(id);
      if (resource && CfnResource.isCfnResource(element)) { byConstruct.set(element, resource); byResource.set(resource, element); }
    }
    return {
      estate: new Estate([...templates.values()]),
      constructOf: (resource) => byResource.get(resource),
      resourceOf: (construct) => byConstruct.get(construct),
    };
  }

  private template(stack: Stack): Json {
    const renamed = this.renamedIn(stack);
    const template: Json = {};
    this.elementsOf(stack).forEach((element) => addTo(template, this.render(element, renamed)));
    return template;
  }

  private elementsOf(stack: Stack): CfnElement[] {
    this.byStack ??= groupBy(this.elements, (element) => Stack.of(element));
    return this.byStack.get(stack) ?? [];
  }

  private renamedIn(stack: Stack): Map<string, string> {
    const names = this.elementsOf(stack).map((element): [string, string] => [this.logicalIds.get(element)!, this.ids.get(element)!]);
    return new Map(names.filter(([before, after]) => before !== after));
  }

  private render(element: CfnElement, renamed: ReadonlyMap<string, string>): Json {
    try {
      const written = lightly(element, this.logicalIds.get(element)!) ?? (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
      const resolver = new ReadingResolver(Stack.of(element), (reference, target) => this.importOf(reference, target, Stack.of(element)));
      const resolved = Tokenization.resolve(written, { scope: element, resolver, preparing: false });
      return isObject(resolved) ? withPath(rename(resolved, renamed) as Json, element, this.ids.get(element)!) : {};
    } catch {
      this.again.add(element);
      return {};
    }
  }

  /** A reference to another stack, as the templates will have it: an import of an output. */
  private importOf(reference: Reference, target: CfnElement, consumer: Stack): unknown {
    const producer = Stack.of(target);
    if (knownAtSynth(producer.account) !== knownAtSynth(consumer.account) || knownAtSynth(producer.region) !== knownAtSynth(consumer.region)) {
      this.again.add(target);
      return undefined;
    }
    const id = this.ids.get(target);
    if (id === undefined) { return { 'Fn::ImportValue': `unread ${target.node.path} ${reference.displayName}` }; }
    const name = `${producer.node.path} ${id} ${reference.displayName}`;
    const value = reference.displayName === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, reference.displayName] };
    this.outputs.set(producer, { ...this.outputs.get(producer), [name]: { Value: value, Export: { Name: name } } });
    return { 'Fn::ImportValue': name };
  }
}

function addTo(template: Json, rendered: Json): void {
  for (const [section, entries] of Object.entries(rendered)) {
    const before = template[section];
    template[section] = { ...(isObject(before) ? before : {}), ...(isObject(entries) ? entries : {}) };
  }
}

function withPath(rendered: Json, element: CfnElement, id: string): Json {
  const resource = isObject(rendered.Resources) ? rendered.Resources[id] : undefined;
  if (!isObject(resource)) { return rendered; }
  return { Resources: { [id]: { ...resource, Metadata: { 'aws:cdk:path': element.node.path } } } };
}

/** Renames logical ids that two stacks of the Stage have: everything is told apart by its id. */
function rename(json: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (ids.size === 0) { return json; }
  const name = (id: unknown) => (typeof id === 'string' ? ids.get(id) ?? id : id);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) { return value.map(walk); }
    if (!isObject(value)) { return value; }
    const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && key === 'Ref') { return { Ref: name(argument) }; }
    if (others.length === 0 && key === 'Fn::GetAtt') {
      const [id, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return { 'Fn::GetAtt': [name(id), ...attribute] };
    }
    if (others.length === 0 && key === 'Fn::Sub' && typeof argument === 'string') {
      return { 'Fn::Sub': argument.replace(/\$\{([A-Za-z0-9]+)/g, (_, id: string) => `\${${ids.get(id) ?? id}`) };
    }
    return Object.fromEntries(Object.entries(value).map(([each, item]) => [each, walk(item)]));
  };
  const sections = isObject(json) ? json : {};
  return Object.fromEntries(Object.entries(sections).map(([section, entries]) => [section,
    isObject(entries) ? Object.fromEntries(Object.entries(entries).map(([id, entry]) => [ids.get(id) ?? id, walk(entry)])) : entries]));
}

/** As CloudFormation concatenates. */
const CONCAT = {
  join: (left: unknown, right: unknown) => (left === undefined ? right : right === undefined ? left
    : typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] }),
};

/**
 * Resolves without a trace: a policy document that is resolved merges its statements and takes no more changes, and a reference to
 * another environment gives the resource a name.
 */
class ReadingResolver extends DefaultTokenResolver {
  constructor(private readonly stack: Stack, private readonly importOf: (reference: Reference, target: CfnElement) => unknown) {
    super(CONCAT);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    const document = token as Partial<{ addStatements: unknown; toJSON(): unknown }>;
    if (typeof document.addStatements === 'function' && typeof document.toJSON === 'function') { return context.resolve(document.toJSON() as any); }
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target) && Stack.of(token.target) !== this.stack && !token.displayName.startsWith('AWS::')) {
      return this.importOf(token, token.target) ?? super.resolveToken(token, context, postProcessor);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
