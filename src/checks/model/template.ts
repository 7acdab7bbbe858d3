import { Conditions } from './conditions';

/** A CloudFormation template, as rules see it: resources by logical id, intrinsics resolved where they can be. */

/** A reference to a resource, or to something else that has a name: `Ref`, `Fn::GetAtt`. */
export class Reference {
  constructor(public readonly logicalId: string, public readonly attribute?: string, public readonly owner?: Template) {}

  /** As it stands inside of a longer text. */
  public toString(): string {
    return `\${${this.logicalId}${this.attribute ? `.${this.attribute}` : ''}}`;
  }

  public toJSON(): string {
    return this.toString();
  }
}

/** A value that only the deployment knows. */
export class Unknown {
  constructor(public readonly reason: string) {}

  public toString(): string {
    return '${?}';
  }
}

/** Anything as text; a template may hold objects that JavaScript cannot turn into text. */
export function asText(value: unknown): string {
  const plain = typeof value !== 'object' || value === null || value instanceof Reference || value instanceof Unknown;
  return plain ? String(value) : JSON.stringify(value) ?? '';
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path, where the CDK wrote it into the metadata. */
  readonly path?: string;
  /** As written; read through `Template.value`. */
  readonly properties: Record<string, unknown>;
  /** The condition under which it is made. */
  readonly condition?: string;
  readonly deletionPolicy?: unknown;
  readonly metadata: Record<string, unknown>;
  /** The template in which its intrinsics are resolved. */
  readonly owner: Template;
}

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
  && !(value instanceof Reference) && !(value instanceof Unknown);

/** What a template can see of others that are checked with it. */
export interface Surroundings {
  /** The value of an export, or of an output of a stack. */
  readonly outputOf?: (name: { readonly exportName?: string; readonly stack?: string; readonly output?: string }) => unknown;
  /** What a parent stack gives a nested one, as the parent resolves it. */
  readonly parameters?: Record<string, unknown>;
}

/** More levels of intrinsics than anybody writes. */
const DEEPEST = 100;

export class Template {
  /** Which conditions hold, and the worlds in which they do. */
  public readonly conditions: Conditions;
  private readonly resources = new Map<string, TemplateResource>();
  private readonly byType = new Map<string, TemplateResource[]>();
  private readonly memory = new Map<string, unknown>();
  private depth = 0;

  constructor(public readonly json: Json, private readonly surroundings: Surroundings = {}) {
    this.conditions = new Conditions(section(json, 'Conditions'), (value) => this.value(value));
    for (const [logicalId, resource] of Object.entries(section(json, 'Resources'))) {
      if (isObject(resource)) { this.addResource(logicalId, resource); }
    }
  }

  private addResource(logicalId: string, { Type, Properties, Metadata, Condition, DeletionPolicy }: Json): void {
    const metadata = isObject(Metadata) ? Metadata : {};
    const path = metadata['aws:cdk:path'];
    const owner = this as Template;
    const resource: TemplateResource = {
      logicalId,
      type: asText(Type),
      path: typeof path === 'string' ? path : undefined,
      // A condition may choose between two sets of properties.
      get properties() { return isObject(Properties) ? 'Fn::If' in Properties ? owner.object(Properties) : Properties : {}; },
      condition: typeof Condition === 'string' ? Condition : undefined,
      deletionPolicy: DeletionPolicy,
      metadata,
      owner: this,
    };
    this.resources.set(logicalId, resource);
    this.byType.set(resource.type, [...(this.byType.get(resource.type) ?? []), resource]);
  }

  public all(): TemplateResource[] {
    return [...this.resources.values()];
  }

  public resource(logicalId: string): TemplateResource | undefined {
    return this.resources.get(logicalId);
  }

  /** The resources of some types that the deployment makes, as far as conditions say. */
  public ofType(...types: string[]): TemplateResource[] {
    const found = types.length === 1 ? this.byType.get(types[0]) ?? [] : this.all().filter(({ type }) => types.includes(type));
    return found.filter((resource) => this.isMade(resource));
  }

  public isMade({ condition }: TemplateResource): boolean {
    return condition === undefined || this.conditions.holds(condition);
  }

  /** What is worked out once for a template, such as which policy belongs to which bucket. */
  public once<T>(name: string, work: () => T): T {
    if (!this.memory.has(name)) { this.memory.set(name, this.conditions.withoutChoosing(work)); }
    return this.memory.get(name) as T;
  }

  /** The resource that a value refers to, where it is known. */
  public target(value: unknown): TemplateResource | undefined {
    const resolved = this.value(value);
    return resolved instanceof Reference ? (resolved.owner ?? this).resource(resolved.logicalId) : undefined;
  }

  /** A value as an object, whose properties are read one by one: empty for everything else. */
  public object(value: unknown): Json {
    const resolved = this.value(value);
    return isObject(resolved) ? resolved : {};
  }

  /** A property along a path, with its intrinsics resolved as far as the path goes; of a list the first item is taken. */
  public property(resource: TemplateResource, ...path: string[]): unknown {
    let value: unknown = resource.properties;
    for (const step of path) {
      value = this.value(value);
      if (value instanceof Unknown || value instanceof Reference) { return value; }
      value = isObject(value) ? value[step] : undefined;
    }
    return this.value(value);
  }

  /** A list property; a single value counts as a list of one, as CloudFormation takes it. */
  public list(value: unknown): unknown[] {
    const resolved = this.value(value);
    const items = Array.isArray(resolved) ? resolved.map((item) => this.value(item)) : [resolved];
    return items.filter((item) => item !== undefined && item !== null);
  }

  /** A list of objects; everything else in it is left out. */
  public objects(value: unknown): Json[] {
    return this.list(value).filter(isObject);
  }

  /** A value with its outermost intrinsic resolved: text, number, list, object, `Reference` or `Unknown`. */
  public value(value: unknown): unknown {
    if (!isObject(value)) { return value; }
    const keys = Object.keys(value);
    if (keys.length !== 1 || !(keys[0] === 'Ref' || keys[0].startsWith('Fn::'))) { return value; }
    if (this.depth > DEEPEST) { return new Unknown('it is nested too deeply'); }
    this.depth++;
    try {
      return this.intrinsic(keys[0], value[keys[0]]);
    } finally {
      this.depth--;
    }
  }

  private intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref': return this.ref(asText(argument));
      case 'Fn::GetAtt': return this.getAtt(argument);
      case 'Fn::Join': return this.join(argument);
      case 'Fn::Sub': return this.sub(argument);
      case 'Fn::If': return this.either(argument);
      case 'Fn::FindInMap': return this.findInMap(argument);
      case 'Fn::Select': return this.select(argument);
      case 'Fn::Split': return this.split(argument);
      case 'Fn::ImportValue': return this.output({ exportName: this.text(argument) }, name);
      case 'Fn::GetStackOutput': return this.stackOutput(argument, name);
      default: return new Unknown(`${name} is known only when the stack is deployed`);
    }
  }

  private ref(name: string): unknown {
    if (this.resources.has(name)) { return new Reference(name, undefined, this); }
    if (name === 'AWS::NoValue') { return undefined; }
    const given = this.surroundings.parameters?.[name];
    if (given !== undefined) { return given; }
    const parameter = section(this.json, 'Parameters')[name];
    const fromParameterStore = isObject(parameter) && /^AWS::SSM::/.test(asText(parameter.Type));
    if (isObject(parameter) && parameter.Default !== undefined && !fromParameterStore) { return listed(parameter); }
    return name.startsWith('AWS::') ? new Reference(name) : new Unknown(`the parameter ${name} has no default`);
  }

  private getAtt(argument: unknown): unknown {
    const [logicalId = '', ...attribute] = Array.isArray(argument) ? argument.map((part) => this.text(part)) : asText(argument).split('.');
    return new Reference(logicalId, attribute.join('.'), this);
  }

  private either(argument: unknown): unknown {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    const known = this.conditions.tryHolds(asText(condition));
    if (known !== undefined) { return this.value(known ? yes : no); }
    // Where no world can be chosen: both arms, where they come to the same.
    const [a, b] = [this.value(yes), this.value(no)];
    return JSON.stringify(a) === JSON.stringify(b) ? a : new Unknown(`it depends on the condition ${asText(condition)}`);
  }

  private join(argument: unknown): unknown {
    const [separator, parts] = Array.isArray(argument) ? argument : [];
    const items = this.value(parts);
    return Array.isArray(items) ? items.map((part) => this.text(part)).join(asText(separator)) : new Unknown('Fn::Join has no list');
  }

  private sub(argument: unknown): unknown {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return asText(text).replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      const given = isObject(variables) ? variables[name.trim()] : undefined;
      if (given !== undefined) { return this.text(given); }
      const [logicalId, ...attribute] = name.trim().split('.');
      return attribute.length > 0 ? this.text({ 'Fn::GetAtt': [logicalId, attribute.join('.')] }) : this.text({ Ref: logicalId });
    });
  }

  private findInMap(argument: unknown): unknown {
    const [map, first, second] = Array.isArray(argument) ? argument.map((part) => this.value(part)) : [];
    const names = [map, first, second];
    if (names.some((name) => name instanceof Unknown || name instanceof Reference)) {
      return this.agreeing(section(section(this.json, 'Mappings'), asText(map)), second) ?? new Unknown('Fn::FindInMap depends on where the stack is deployed');
    }
    const found = section(section(section(this.json, 'Mappings'), asText(map)), asText(first))[asText(second)];
    return found === undefined ? new Unknown(`the mapping ${asText(map)} has no ${asText(first)}/${asText(second)}`) : this.value(found);
  }

  /** The one value of a mapping, where every first-level name (a Region) has the same. */
  private agreeing(mapping: Json, second: unknown): unknown {
    const values = Object.values(mapping).map((entry) => (isObject(entry) && typeof second === 'string' ? entry[second] : undefined));
    return values.length > 0 && values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined;
  }

  private select(argument: unknown): unknown {
    const [index, list] = Array.isArray(argument) ? argument.map((part) => this.value(part)) : [];
    if (!Array.isArray(list)) { return list instanceof Unknown ? list : new Unknown('Fn::Select has no list'); }
    return this.value(list[Number(asText(index))]);
  }

  private split(argument: unknown): unknown {
    const [separator, text] = Array.isArray(argument) ? argument : [];
    const resolved = this.value(text);
    return resolved instanceof Unknown ? resolved : this.text(resolved).split(asText(separator));
  }

  private stackOutput(argument: unknown, name: string): unknown {
    const { StackName, OutputName } = this.object(argument);
    return this.output({ stack: this.text(StackName), output: this.text(OutputName) }, name);
  }

  private output(name: { readonly exportName?: string; readonly stack?: string; readonly output?: string }, intrinsic: string): unknown {
    const found = this.surroundings.outputOf?.(name);
    return found === undefined || found instanceof Unknown ? new Unknown(`${intrinsic} is known only when the stack is deployed`) : found;
  }

  /** How a value stands inside of a longer text: references keep their name, as `${Bucket.Arn}`. */
  public text(value: unknown): string {
    return asText(this.value(value));
  }

  /** The parameter that a value refers to as it is written, where it does. */
  public parameter(value: unknown): Json | undefined {
    const name = isObject(value) && typeof value.Ref === 'string' ? value.Ref : undefined;
    const parameter = name === undefined ? undefined : section(this.json, 'Parameters')[name];
    return isObject(parameter) ? parameter : undefined;
  }
}

function section(json: Json, name: string): Json {
  const value = json[name];
  return isObject(value) ? value : {};
}

function listed({ Type, Default }: Json): unknown {
  return /^(CommaDelimitedList|List<)/.test(asText(Type)) ? asText(Default).split(',').map((item) => item.trim()) : Default;
}
