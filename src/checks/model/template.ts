/** A CloudFormation template, as rules see it: resources by logical id, intrinsics resolved where they can be. */

/** A reference to a resource of the same template, or to something else that has a name: `Ref`, `Fn::GetAtt`. */
export class Reference {
  constructor(public readonly logicalId: string, public readonly attribute?: string) {}
}

/** A value that only the deployment knows. */
export class Unknown {
  constructor(public readonly reason: string) {}
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path, where the CDK wrote it into the metadata. */
  readonly path?: string;
  /** As written; read through `Template.value`. */
  readonly properties: Record<string, unknown>;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export class Template {
  private readonly resources: Map<string, TemplateResource>;

  constructor(private readonly json: Json) {
    const entries = Object.entries(isObject(json.Resources) ? json.Resources : {});
    this.resources = new Map(entries.filter(([, resource]) => isObject(resource)).map(([logicalId, resource]) => {
      const { Type, Properties, Metadata } = resource as Json;
      const path = isObject(Metadata) ? Metadata['aws:cdk:path'] : undefined;
      return [logicalId, {
        logicalId,
        type: String(Type),
        path: typeof path === 'string' ? path : undefined,
        properties: isObject(Properties) ? Properties : {},
      }];
    }));
  }

  public all(): TemplateResource[] {
    return [...this.resources.values()];
  }

  public resource(logicalId: string): TemplateResource | undefined {
    return this.resources.get(logicalId);
  }

  public ofType(...types: string[]): TemplateResource[] {
    return this.all().filter(({ type }) => types.includes(type));
  }

  /** The resource that a value refers to, where it is one of this template. */
  public target(value: unknown): TemplateResource | undefined {
    const resolved = this.value(value);
    return resolved instanceof Reference ? this.resources.get(resolved.logicalId) : undefined;
  }

  /** A value as an object, whose properties are read one by one: empty for everything else. */
  public object(value: unknown): Record<string, unknown> {
    const resolved = this.value(value);
    return isObject(resolved) && !(resolved instanceof Reference) && !(resolved instanceof Unknown) ? resolved : {};
  }

  /** A property along a path, with its intrinsics resolved as far as the path goes. */
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

  /** A value with its outermost intrinsic resolved: text, number, list, object, `Reference` or `Unknown`. */
  public value(value: unknown): unknown {
    if (!isObject(value)) { return value; }
    const keys = Object.keys(value);
    if (keys.length !== 1) { return value; }
    const [name] = keys;
    const argument = value[name];
    switch (name) {
      case 'Ref': return this.ref(String(argument));
      case 'Fn::GetAtt': return getAtt(argument);
      case 'Fn::Join': return this.join(argument);
      case 'Fn::Sub': return this.sub(argument);
      case 'Fn::If': return this.either(argument);
      default: return name.startsWith('Fn::') ? new Unknown(`${name} is known only when the stack is deployed`) : value;
    }
  }

  private ref(name: string): unknown {
    if (this.resources.has(name)) { return new Reference(name); }
    if (name === 'AWS::NoValue') { return undefined; }
    const parameters = isObject(this.json.Parameters) ? this.json.Parameters : {};
    const parameter = parameters[name];
    if (isObject(parameter) && parameter.Default !== undefined) { return parameter.Default; }
    return name.startsWith('AWS::') ? new Reference(name) : new Unknown(`the parameter ${name} has no default`);
  }

  /** Both arms, where they come to the same. */
  private either(argument: unknown): unknown {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    const [a, b] = [this.value(yes), this.value(no)];
    return JSON.stringify(a) === JSON.stringify(b) ? a : new Unknown(`it depends on the condition ${String(condition)}`);
  }

  private join(argument: unknown): unknown {
    const [separator, parts] = Array.isArray(argument) ? argument : [];
    return Array.isArray(parts) ? parts.map((part) => this.text(part)).join(String(separator)) : new Unknown('Fn::Join has no list');
  }

  private sub(argument: unknown): unknown {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      const given = isObject(variables) ? variables[name] : undefined;
      if (given !== undefined) { return this.text(given); }
      const [logicalId, attribute] = name.split('.');
      return attribute ? this.text({ 'Fn::GetAtt': [logicalId, attribute] }) : this.text({ Ref: name });
    });
  }

  /** How a value stands inside of a longer text: references keep their name, as `${Bucket.Arn}`. */
  public text(value: unknown): string {
    const resolved = this.value(value);
    if (resolved instanceof Reference) { return `\${${resolved.logicalId}${resolved.attribute ? `.${resolved.attribute}` : ''}}`; }
    if (resolved instanceof Unknown) { return '${?}'; }
    return typeof resolved === 'object' ? JSON.stringify(resolved) : String(resolved);
  }
}

function getAtt(argument: unknown): unknown {
  const [logicalId, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return new Reference(logicalId, attribute.join('.'));
}
