import { Conditions } from './conditions';
import * as intrinsics from './intrinsics';
import { asText, isObject, Json, Reference, section, Unknown } from './resolved';

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

/** What a template can see of others that are checked with it. */
export interface Surroundings {
  /** The value of an export, or of an output of a stack. */
  readonly outputOf?: (name: { readonly exportName?: string; readonly stack?: string; readonly output?: string }) => unknown;
  /** What a parent stack gives a nested one, as the parent resolves it. */
  readonly parameters?: Record<string, unknown>;
}

/** More levels of intrinsics than anybody writes. */
const DEEPEST = 100;

/** A CloudFormation template, as rules see it: resources by logical id, intrinsics resolved where they can be. */
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
      case 'Fn::Join': return intrinsics.join(this, argument);
      case 'Fn::Sub': return intrinsics.sub(this, argument);
      case 'Fn::If': return this.either(argument);
      case 'Fn::FindInMap': return intrinsics.findInMap(this, argument);
      case 'Fn::Select': return intrinsics.select(this, argument);
      case 'Fn::Split': return intrinsics.split(this, argument);
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

function listed({ Type, Default }: Json): unknown {
  return /^(CommaDelimitedList|List<)/.test(asText(Type)) ? asText(Default).split(',').map((item) => item.trim()) : Default;
}
