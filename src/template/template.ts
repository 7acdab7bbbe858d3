import { Conditions } from './conditions';
import { expandLoops, FOR_EACH, Unread, unreadTransforms } from './extensions';
import { Absent, InPlain, Parameter, Present, Read, Surroundings, Template as TemplateView, TemplateResource, Unknown } from './read';
import { ValueResolver } from './resolver';
import { withGlobals } from './sam-globals';
import { asText, isObject, Json, mentions, Opaque, own, Reference, Searched, section, setOwn, TRANSFORM } from './values';

/** Where something is not read that may make resources: a macro, an include, a loop. */
const MAKES_RESOURCES = /^(Transform|Fn::Transform|Resources\.Fn::.*)$/;

/** Where a condition decides. */
const CHOICE = 'Fn::If';

/** A resource of a template. Its properties are read through `get`: nobody meets an intrinsic that is not resolved. */
class Resource implements TemplateResource {
  public readonly type: string;
  /** The construct's path, where the CDK wrote it into the metadata. */
  public readonly path?: string;
  /** The condition under which it is made. */
  public readonly condition?: string;
  /** As written: for tools, which write it. */
  public readonly metadata: Json;
  readonly #written: Json;
  #properties?: Read;
  #isFixed?: boolean;

  constructor(public readonly logicalId: string, written: Json, public readonly owner: TemplateModel) {
    this.#written = written;
    this.type = asText(written.Type);
    this.metadata = isObject(written.Metadata) ? written.Metadata : {};
    const path = this.metadata['aws:cdk:path'];
    this.path = typeof path === 'string' ? path : undefined;
    this.condition = typeof written.Condition === 'string' ? written.Condition : undefined;
  }

  /** A property along a path. */
  public get(...path: string[]): Read {
    const properties = this.#properties ?? this.properties();
    if (this.isFixed) { this.#properties = properties; }
    return properties.get(...path);
  }

  private properties(): Read {
    return this.#written[TRANSFORM] !== undefined ? new Unknown('Fn::Transform writes the resource', '', 'transform') : this.owner.read(this.#written.Properties, '', this.isFixed);
  }

  /** An attribute beside the properties, such as `DeletionPolicy`. */
  public attribute(name: string): Read {
    return this.owner.read(this.#written[name], name, this.isFixed);
  }

  /** Whether it is the same in every scenario. */
  private get isFixed(): boolean {
    return this.#isFixed ??= this.owner.isFixed(this.#written);
  }

  /** The parameter that a property refers to, and no more than that. */
  public parameter(...path: string[]): Parameter | undefined {
    let written: unknown = this.#written.Properties;
    for (const step of path) { written = isObject(written) ? own(written, step) : undefined; }
    return this.owner.parameterIn(written);
  }
}

/** A CloudFormation template, as rules see it: resources by logical id, intrinsics resolved where they can be. */
export class TemplateModel implements TemplateView {
  /** Which conditions hold, and the worlds in which they do. */
  public readonly conditions: Conditions;
  /** What could not be read. */
  public readonly unread: readonly Unread[] = [];
  /** For the model only: rules read through resources. */
  public readonly resolver: ValueResolver;
  public readonly makesMore: boolean = false;
  /** Stands for the template as a whole, beside its resources. */
  public readonly whole: TemplateResource;
  private readonly json: Json;
  private readonly everything: readonly TemplateResource[] = [];
  private readonly resources = new Map<string, TemplateResource>();
  private readonly byType = new Map<string, TemplateResource[]>();
  private fixesParts?: boolean;

  constructor(written: Json, public readonly surroundings: Surroundings = {}) {
    const searched = new Searched(written);
    const expanded = searched.mentions(FOR_EACH) ? this.expanded(written) : { json: written, unread: [] };
    this.json = expanded.json;
    this.conditions = new Conditions(section(this.json, 'Conditions'), (value) => this.resolver.value(value), this.hasOneScenario(this.json === written ? searched : new Searched(this.json)), (symbol) => this.allowedValues(symbol));
    this.resolver = new ValueResolver(this, this.json, this.conditions, surroundings);
    const lost: Unread[] = [];
    for (const [logicalId, resource] of Object.entries(section(this.json, 'Resources'))) {
      if (logicalId === TRANSFORM) { continue; }
      if (!isObject(resource)) { lost.push({ where: `Resources.${logicalId}`, reason: 'it is not a resource' }); continue; }
      if (typeof resource.Type !== 'string') { lost.push({ where: `Resources.${logicalId}`, reason: 'its type does not stand in the template' }); }
      const made = new Resource(logicalId, withGlobals(resource, this.json), this);
      this.resources.set(logicalId, made);
      const alike = this.byType.get(made.type);
      if (alike) { alike.push(made); } else { this.byType.set(made.type, [made]); }
    }
    this.everything = [...this.resources.values()];
    this.whole = new Resource('Template', { Type: 'Template', Metadata: this.json.Metadata }, this);
    this.unread = [...unreadTransforms(this.json), ...expanded.unread, ...lost];
    this.makesMore = this.unread.some(({ where }) => MAKES_RESOURCES.test(where)) || [...this.byType.keys()].some((type) => type.endsWith('::MODULE'));
  }

  public all(): readonly TemplateResource[] {
    return this.everything;
  }

  public resource(logicalId: string): TemplateResource | undefined {
    return this.resources.get(logicalId);
  }

  /** The resources of some types that the deployment makes, as far as conditions say. */
  public ofType(...types: string[]): readonly TemplateResource[] {
    const all = this.everyOfType(...types);
    return this.conditions.areNone ? all : all.filter((resource) => this.isMade(resource));
  }

  /** The same, those that a condition may leave out among them: for what is worked out once for all worlds. */
  public everyOfType(...types: string[]): readonly TemplateResource[] {
    const [first = [], ...more] = types.flatMap((type) => (this.byType.has(type) ? [this.byType.get(type)!] : []));
    // In the order of the template.
    return more.length === 0 ? first : this.all().filter(({ type }) => types.includes(type));
  }

  public isMade({ condition }: TemplateResource): boolean {
    return condition === undefined || this.conditions.holds(condition);
  }

  /** Whether the template of a nested stack is among those that are checked. */
  public reads(logicalId: string): boolean {
    return this.surroundings.reads?.has(logicalId) ?? false;
  }

  /** Whether no rule can ask for a condition. The CDK gives one to its metadata, about which no rule asks. */
  private hasOneScenario(searched: Searched): boolean {
    const resources = Object.values(section(this.json, 'Resources'));
    return !resources.some((resource) => isObject(resource) && resource.Condition !== undefined && resource.Type !== 'AWS::CDK::Metadata')
      && !searched.mentions(CHOICE) && !mentions(this.surroundings.parameters, CHOICE);
  }

  private expanded(written: Json): ReturnType<typeof expandLoops> {
    // What a loop goes through are parameters and mappings: they are there before the loops are written out.
    const before = new ValueResolver(this, written, new Conditions({}, () => undefined, true), this.surroundings);
    return expandLoops(written, (items) => collectionOf(before, items));
  }

  /** All values that a parameter can have, where the template lists them. */
  private allowedValues(symbol: string): readonly string[] | undefined {
    const { AllowedValues } = section(section(this.json, 'Parameters'), symbol.replace(/^\$\{(.*)\}$/, '$1'));
    return Array.isArray(AllowedValues) ? AllowedValues.map(asText) : undefined;
  }

  /** Whether something written in this template is the same in every scenario. */
  public isFixed(written: Json): boolean {
    if (this.conditions.areNone) { return true; }
    this.fixesParts ??= !mentions([this.json.Mappings, this.json.Parameters, this.surroundings.parameters], CHOICE);
    // What another template exports may come from this one again.
    return this.fixesParts && !mentions(written, CHOICE, 'Fn::ImportValue', 'Fn::GetStackOutput', 'Outputs.');
  }

  /** Reads anything that is written in this template; what is the same in every scenario is read once. */
  public read(written: unknown, where = '', isFixed = this.conditions.areNone): Read {
    const value = this.resolver.value(written);
    if (value === undefined || value === null) { return new Absent(where); }
    return value instanceof Opaque ? unknownOf(value, where) : new Present(value, where, this, isFixed);
  }

  /** Anything that is written in this template in plain JSON: for whole policies, which are read in one go. */
  public plain(written: unknown, inPlain: InPlain): unknown {
    const value = this.resolver.value(written);
    if (typeof value === 'string') { return inPlain.text(value); }
    if (value === undefined || value === null) { return undefined; }
    if (value instanceof Reference) { return inPlain.reference(value); }
    if (value instanceof Opaque) { return inPlain.unknown(unknownOf(value, '')); }
    return Array.isArray(value) ? this.plainItems(value, inPlain) : isObject(value) ? this.plainProperties(value, inPlain) : asText(value);
  }

  private plainItems(items: readonly unknown[], inPlain: InPlain): unknown[] {
    const plain: unknown[] = [];
    for (const item of items) {
      const json = this.plain(item, inPlain);
      if (Array.isArray(json)) { plain.push(...json); } else if (json !== undefined) { plain.push(json); }
    }
    return plain;
  }

  private plainProperties(object: Json, inPlain: InPlain): Json {
    const plain: Json = {};
    for (const name of Object.keys(object)) {
      const json = this.plain(object[name], inPlain);
      if (json !== undefined) { setOwn(plain, name, json); }
    }
    return plain;
  }

  /** The values of the outputs, by name, with the names of their exports. */
  public outputs(): Array<{ readonly name: string; readonly exportName?: string; readonly value: Read }> {
    return Object.entries(section(this.json, 'Outputs')).filter((entry): entry is [string, Json] => isObject(entry[1])).map(([name, output]) => {
      const exported = this.resolver.value(isObject(output.Export) ? output.Export.Name : undefined);
      return { name, exportName: typeof exported === 'string' ? exported : undefined, value: this.read(output.Value, `Outputs.${name}`) };
    });
  }

  /** The parameter that is written here, also in the arm of a condition that holds. */
  public parameterIn(written: unknown): Parameter | undefined {
    if (!isObject(written)) { return undefined; }
    const choice = written['Fn::If'];
    if (Array.isArray(choice)) {
      const holds = this.conditions.tryHolds(asText(choice[0]));
      return holds === undefined ? this.parameterIn(choice[1]) ?? this.parameterIn(choice[2]) : this.parameterIn(holds ? choice[1] : choice[2]);
    }
    const name = typeof written.Ref === 'string' ? written.Ref : undefined;
    const parameter = name === undefined ? undefined : own(section(this.json, 'Parameters'), name);
    if (!isObject(parameter)) { return undefined; }
    return { name: name!, byDefault: parameter.Default === undefined ? undefined : asText(parameter.Default), noEcho: /^(true|yes|on|1)$/i.test(asText(parameter.NoEcho)) };
  }
}

export type { Parameter, Surroundings, TemplateResource } from './read';
/** What rules see is the interface; `new Template(json)` makes the model behind it. */
export type Template = TemplateView;
export const Template: new (written: Json, surroundings?: Surroundings) => Template = TemplateModel;

function unknownOf({ reason, source, shape, dynamicReference, stack, symbol }: Opaque, where: string): Unknown {
  return new Unknown(reason, where, source, shape, dynamicReference, stack, symbol);
}

/** The items that a loop goes through, or why they are not known. */
function collectionOf(resolver: ValueResolver, written: unknown): readonly string[] | string {
  const value = resolver.value(written);
  if (value instanceof Opaque) { return value.reason; }
  if (!Array.isArray(value)) { return 'its collection is not a list'; }
  const items = value.map((item) => resolver.value(item)).flat();
  const unknown = items.find((item) => typeof item === 'object');
  return unknown === undefined ? items.map(asText) : unknown instanceof Opaque ? unknown.reason : `its collection has ${asText(unknown)}, which is known only when the stack is deployed`;
}
