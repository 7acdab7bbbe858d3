import type { Conditions } from './conditions';
import type { Unread } from './extensions';
import type { Trusted } from './trusted';
import { asText, BY_TRANSFORM, isObject, isSymbolic, Json, Reference, TRANSFORM, UnknownSource } from './values';

/**
 * What a rule reads of a template: a value, *absent*, or *unknown*. The three are told apart before anything can be taken from one:
 * the compiler makes each rule say what each means.
 */
export type Read = Present | Absent | Unknown;

abstract class Readable {
  /** Where it stands below its resource, as in `BucketEncryption.ServerSideEncryptionConfiguration[0]`. */
  constructor(public readonly where: string) {}

  /** What each of the three means, said at once. */
  public match<T>(cases: { readonly value: (value: Present) => T; readonly absent: () => T; readonly unknown: (unknown: Unknown) => T }): T {
    const self = this as unknown as Read;
    switch (self.kind) {
      case 'value': return cases.value(self);
      case 'absent': return cases.absent();
      case 'unknown': return cases.unknown(self);
    }
  }
}

/** Left out, or `AWS::NoValue`. */
export class Absent extends Readable {
  public readonly kind = 'absent';

  /** A part of what is absent is absent. */
  public get(...path: string[]): Read {
    return new Absent([this.where, ...path].filter(Boolean).join('.'));
  }

  public items(): readonly Read[] { return []; }

  /** What is so where it is left out. */
  public or(byDefault: string | number | boolean): Present | Unknown {
    return new Present(byDefault, this.where, undefined);
  }

  public literal(): Absent { return this; }

  public get shown(): string { return 'not set'; }

  public get symbol(): string { return ''; }
}

/** Known only when the stack is deployed. */
export class Unknown extends Readable {
  public readonly kind = 'unknown';

  constructor(
    public readonly reason: string,
    where = '',
    public readonly source: UnknownSource = 'function',
    /** What of a text is known all the same, with `${?}` for each part that is not. */
    public readonly shape: string = '${?}',
    /** `{{resolve:secretsmanager:…}}`, where the value is read by one. */
    public readonly dynamicReference?: string,
    /** The stack whose output it is, where that is known. */
    public readonly stack?: string,
    /** The shape, in which parameters and other sources keep their names: equal symbols without `${?}` are equal values. */
    public readonly symbol: string = shape,
  ) {
    super(where);
  }

  /** Of what is unknown every part is. */
  public get(...path: string[]): Read {
    return new Unknown(this.reason, [this.where, ...path].filter(Boolean).join('.'), this.source);
  }

  /** A list that is unknown has one item that is: whoever looks for something in it cannot say that it is not there. */
  public items(): readonly Read[] { return [this]; }

  public or(_byDefault: string | number | boolean): Present | Unknown { return this; }

  public literal(): Unknown { return this; }

  public get shown(): string { return this.shape; }
}

/** How what is not a list or an object is written in plain JSON. */
export interface InPlain {
  text(text: string): unknown;
  reference(reference: Reference): unknown;
  unknown(unknown: Unknown): unknown;
}

/** A value: text, a number, true or false, a reference, a list or an object. */
export class Present extends Readable {
  public readonly kind = 'value';

  readonly #value: unknown;
  readonly #template: Template | undefined;
  readonly #isFixed: boolean;
  #parts?: Map<string, Read>;
  #items?: readonly Read[];
  #parsed?: Read;

  /** @param isFixed whether it is the same in every scenario: then each part is read once */
  constructor(value: unknown, where: string, template: Template | undefined, isFixed = false) {
    super(where);
    this.#value = value;
    this.#template = template;
    this.#isFixed = isFixed;
  }

  /** Whether it is the same in every scenario. */
  public get isFixed(): boolean { return this.#isFixed; }

  /** A property along a path; of a list the item of a number. */
  public get(...path: string[]): Read {
    if (path.length === 0) { return this; }
    let found: Read = this.part(path[0]);
    for (let step = 1; step < path.length; step++) { found = found.get(path[step]); }
    return found;
  }

  private part(name: string): Read {
    const known = this.#parts?.get(name);
    if (known) { return known; }
    const found = this.findPart(name);
    // Many rules ask for the properties of a resource, and for what has parts of its own.
    const isKept = this.#isFixed && (this.where === '' || (found.kind === 'value' && (found.isObject || found.isList)));
    if (isKept) { (this.#parts ??= new Map()).set(name, found); }
    return found;
  }

  private findPart(name: string): Read {
    const where = this.where ? `${this.where}.${name}` : name;
    if (this.#value instanceof Reference) { return new Unknown(`it is ${this.#value.toString()}`, where, 'attribute'); }
    return isObject(this.#value) ? this.property(this.#value, name, where) : this.items()[/^\d+$/.test(name) ? Number(name) : -1] ?? new Absent(where);
  }

  private property(object: Json, name: string, where: string): Read {
    const written = Object.hasOwn(object, name) ? object[name] : undefined;
    const transform = object[TRANSFORM];
    const includes = isObject(transform) && transform.Name === 'AWS::Include';
    // An include adds what is not there; another macro may change what is.
    if (transform !== undefined && (written === undefined || !includes)) { return new Unknown(BY_TRANSFORM, where, 'transform'); }
    return this.read(written, where);
  }

  /** The items of a list; a single value counts as a list of one, as CloudFormation takes it. */
  public items(): readonly Read[] {
    if (!Array.isArray(this.#value)) { return [this]; }
    if (this.#items) { return this.#items; }
    const items = this.#value.map((item, index) => this.read(item, `${this.where}[${index}]`)).filter(({ kind }) => kind !== 'absent');
    if (this.#isFixed) { this.#items = items; }
    return items;
  }

  /** The properties of an object, by name. */
  public entries(): ReadonlyArray<readonly [string, Read]> {
    if (!isObject(this.#value)) { return []; }
    const object = this.#value;
    return Object.keys(object).map((name) => [name, this.entry(object, name)] as const).filter(([, read]) => read.kind !== 'absent');
  }

  /** What a transform writes is not among what is written. */
  private entry(object: Json, name: string): Read {
    return object[TRANSFORM] === undefined ? this.part(name) : this.read(object[name], `${this.where}.${name}`);
  }

  private read(written: unknown, where: string): Read {
    if (this.#template) { return this.#template.read(written, where, this.#isFixed); }
    return written === undefined ? new Absent(where) : new Present(written, where, undefined);
  }

  public or(_byDefault: string | number | boolean): Present | Unknown { return this; }

  /** The same where the value itself matters: what refers to something else in the template is unknown then. */
  public literal(): Present | Unknown {
    if (this.#value instanceof Reference) { return new Unknown(`${this.#value.toString()} is known only when the stack is deployed`, this.where, 'attribute', this.text); }
    return typeof this.#value === 'string' && isSymbolic(this.#value)
      ? new Unknown(`${this.#value} is known only when the stack is deployed`, this.where, 'attribute', this.#value) : this;
  }

  /** As text, in which a reference keeps its name: `${Bucket.Arn}`. */
  public get text(): string { return asText(this.#value); }

  public get shown(): string { return this.text; }

  public get symbol(): string { return this.text; }

  public get number(): number { return Number(this.text); }

  /** True in every spelling that CloudFormation takes. */
  public get isTrue(): boolean { return /^(true|yes|on|1)$/i.test(this.text); }

  public get isList(): boolean { return Array.isArray(this.#value); }
  public get isObject(): boolean { return isObject(this.#value); }
  public get isText(): boolean { return typeof this.#value === 'string'; }

  /** Whether it is one of some texts. */
  public is(...texts: string[]): boolean { return texts.includes(this.text); }

  /** What it refers to; `undefined` where it is a value of its own. */
  public get reference(): Reference | undefined { return this.#value instanceof Reference ? this.#value : undefined; }

  /** The resource that it refers to, where that is among the templates that are checked. */
  public get target(): TemplateResource | undefined {
    const { reference } = this;
    // An owner is a template: the values below this file know no more of it than its name.
    return reference && ((reference.owner as Template | undefined) ?? this.#template)?.resource(reference.logicalId);
  }

  /** An object that may be written as JSON in a text, as policies are. */
  public parsed(): Read {
    if (typeof this.#value !== 'string') { return this; }
    if (this.#parsed) { return this.#parsed; }
    const parsed = this.parse(this.#value);
    if (this.#isFixed) { this.#parsed = parsed; }
    return parsed;
  }

  private parse(text: string): Read {
    try { return this.read(JSON.parse(text), this.where); } catch { return new Unknown('it is not JSON', this.where); }
  }

  /** The whole value in plain JSON, however deep; what is absent is left out, and a list in a list is a part of it. */
  public plain(inPlain: InPlain): unknown {
    return this.#template ? this.#template.plain(this.#value, inPlain) : this.toJSON();
  }

  /** The whole value with everything in it resolved, for a report. */
  public toJSON(): unknown {
    const plain = (read: Read): unknown => read.match({ value: (value) => value.toJSON(), absent: () => undefined, unknown: ({ shape }) => shape });
    if (this.isList) { return this.items().map(plain); }
    if (this.isObject) { return Object.fromEntries(this.entries().map(([name, read]) => [name, plain(read)])); }
    return this.#value instanceof Reference ? this.text : this.#value;
  }
}

/** Whether two values are the same; `undefined` where one of them is unknown. */
export function same(a: Read, b: Read): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') { return undefined; }
  if (a.kind === 'absent' || b.kind === 'absent') { return a.kind === b.kind; }
  return a.target === b.target && a.text === b.text;
}

/** An export by its name, or an output of a stack by that stack's name, or by its logical id where it is nested in this one. */
export interface OutputName {
  readonly exportName?: string;
  readonly stack?: string;
  readonly nested?: string;
  readonly output?: string;
}

/** What a template can see of others that are checked with it. */
export interface Surroundings {
  /** The value of an export, or of an output of a stack, which may be nested in this one. */
  readonly outputOf?: (name: OutputName) => unknown;
  /** What a parent stack gives a nested one, as the parent resolves it. */
  readonly parameters?: Record<string, unknown>;
  /** The name, account and Region of its stack, where they are known. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** For a nested stack: the template above it, and the resource there. */
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
  /** The nested stacks and StackSets whose templates are among those that are checked, by their logical ids. */
  readonly reads?: ReadonlySet<string>;
  /** The templates that are checked together, this one among them: always the same list. */
  readonly together?: () => readonly Template[];
  /** Whose access is expected. */
  readonly trusted?: Trusted;
}

/** A parameter to which a property refers as a whole. */
export interface Parameter {
  readonly name: string;
  /** Its default as text, where it has one. */
  readonly byDefault?: string;
  readonly noEcho: boolean;
}

/** A resource of a template. Its properties are read through `get`: nobody meets an intrinsic that is not resolved. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  /** The construct's path, where the CDK wrote it into the metadata. */
  readonly path?: string;
  /** The condition under which it is made. */
  readonly condition?: string;
  /** As written: for tools, which write it. */
  readonly metadata: Json;
  /** The template in which its intrinsics are resolved. */
  readonly owner: Template;
  /** A property along a path. */
  get(...path: string[]): Read;
  /** An attribute beside the properties, such as `DeletionPolicy`. */
  attribute(name: string): Read;
  /** The parameter that a property refers to, and no more than that. */
  parameter(...path: string[]): Parameter | undefined;
}

/** A CloudFormation template, as rules see it: resources by logical id, intrinsics resolved where they can be. */
export interface Template {
  /** Which conditions hold, and the worlds in which they do. */
  readonly conditions: Conditions;
  /** What could not be read. */
  readonly unread: readonly Unread[];
  /** Stands for the template as a whole, beside its resources. */
  readonly whole: TemplateResource;
  readonly surroundings: Surroundings;
  /** Whether the deployment makes resources that do not stand here. */
  readonly makesMore: boolean;
  all(): readonly TemplateResource[];
  resource(logicalId: string): TemplateResource | undefined;
  /** The resources of some types that the deployment makes, as far as conditions say. */
  ofType(...types: string[]): readonly TemplateResource[];
  /** The same, those that a condition may leave out among them: for what is worked out once for all worlds. */
  everyOfType(...types: string[]): readonly TemplateResource[];
  isMade(resource: TemplateResource): boolean;
  /** Whether the template of a nested stack is among those that are checked. */
  reads(logicalId: string): boolean;
  /** Reads anything that is written in this template; what is the same in every scenario is read once. */
  read(written: unknown, where?: string, isFixed?: boolean): Read;
  /** Anything that is written in this template in plain JSON, as `Present.plain` gives it. */
  plain(written: unknown, inPlain: InPlain): unknown;
  /** The values of the outputs, by name, with the names of their exports. */
  outputs(): Array<{ readonly name: string; readonly exportName?: string; readonly value: Read }>;
  /** The parameter that is written here, also in the arm of a condition that holds. */
  parameterIn(written: unknown): Parameter | undefined;
}
