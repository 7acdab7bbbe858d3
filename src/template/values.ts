/** What the values of a template come to inside of the model: text, numbers, lists, objects, and these two. */

/** A template, to which references belong. */
export interface Owner {
  resource(logicalId: string): object | undefined;
}

/** A reference to a resource, or to something else that has a name: `Ref`, `Fn::GetAtt`. */
export class Reference {
  constructor(public readonly logicalId: string, public readonly attribute?: string, public readonly owner?: Owner) {}

  /** As it stands inside of a longer text. */
  public toString(): string {
    return `\${${this.logicalId}${this.attribute ? `.${this.attribute}` : ''}}`;
  }

  public toJSON(): string {
    return this.toString();
  }
}

/** Where an unknown value comes from. */
export type UnknownSource = 'parameter' | 'import' | 'dynamic reference' | 'condition' | 'attribute' | 'transform' | 'function';

/** A value that only the deployment knows. */
export class Opaque {
  constructor(
    public readonly reason: string,
    public readonly source: UnknownSource = 'function',
    /** What of a text is known all the same, with `${?}` for each part that is not. */
    public readonly shape: string = '${?}',
    /** `{{resolve:secretsmanager:…}}`, where it is one. */
    public readonly dynamicReference?: string,
    /** The stack whose output it is, where that is known. */
    public readonly stack?: string,
    /**
     * The shape, in which what has a name keeps it: `arn:aws:s3:::${BucketName}` for a parameter. Two symbols that are equal, and have no
     * `${?}`, stand for one value, whatever it is.
     */
    public readonly symbol: string = shape,
  ) {}

  public toString(): string {
    return this.shape;
  }

  /** The same value by another name. */
  public named(symbol: string): Opaque {
    return new Opaque(this.reason, this.source, this.shape, this.dynamicReference, this.stack, symbol);
  }
}

/** Anything as text; a template may hold objects that JavaScript cannot turn into text. */
export function asText(value: unknown): string {
  const plain = typeof value !== 'object' || value === null || value instanceof Reference || value instanceof Opaque;
  return plain ? String(value) : JSON.stringify(value) ?? '';
}

export type Json = Record<string, unknown>;

/** What a macro or an include writes. */
export const TRANSFORM = 'Fn::Transform';
/** Why what one writes is not known. */
export const BY_TRANSFORM = 'it is made by a transform or a loop';

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
  && !(value instanceof Reference) && !(value instanceof Opaque);

/** A part of a template, or of a part of it; empty where it is not an object. */
export function section(json: Json, name: string): Json {
  const value = own(json, name);
  return isObject(value) ? value : {};
}

/** A property of an object's own: a template may have keys such as `constructor`. */
export function own(json: Json, name: string): unknown {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

/** Sets a property of an object's own, whatever it is called. */
export function setOwn(json: Json, name: string, value: unknown): void {
  if (name === '__proto__') { Object.defineProperty(json, name, { value, enumerable: true, configurable: true, writable: true }); } else { json[name] = value; }
}

/** Whether a text has a part that stands for a reference, such as `${Bucket.Arn}`; a policy variable such as `${aws:username}` is not one. */
export function isSymbolic(text: string): boolean {
  return /\$\{(AWS::\w+|[A-Za-z0-9]+(\.[\w.]+)?|\?)\}/.test(text);
}

/**
 * A value in which texts are looked for, however deep: as a part of a key or of a text.
 * What came of a reference is passed over: it knows its template, which knows it again.
 */
export class Searched {
  /** What the engine writes as one text is searched sooner than it is walked through; `undefined` where a made-up template is deeper than the stack. */
  private readonly inOneText?: string;

  constructor(private readonly written: unknown) {
    try { this.inOneText = JSON.stringify(written) ?? ''; } catch { this.inOneText = undefined; }
  }

  /** Whether one of some texts is found. */
  public mentions(...texts: string[]): boolean {
    const { inOneText } = this;
    const possible = inOneText === undefined ? texts : texts.filter((text) => inOneText.includes(text));
    return possible.length > 0 && isFoundIn(this.written, possible);
  }
}

export const mentions = (written: unknown, ...texts: string[]) => new Searched(written).mentions(...texts);

function isFoundIn(written: unknown, texts: readonly string[]): boolean {
  const waiting: unknown[] = [written];
  const hasOne = (text: string) => texts.some((each) => text.includes(each));
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      if (hasOne(next)) { return true; }
    } else if (Array.isArray(next)) {
      for (const item of next) { waiting.push(item); }
    } else if (isObject(next)) {
      for (const key of Object.keys(next)) {
        if (hasOne(key)) { return true; }
        waiting.push(next[key]);
      }
    }
  }
  return false;
}
