import type { Template } from './template';

/** What the values of a template come to: text, numbers, lists, objects, and these two. */

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

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
  && !(value instanceof Reference) && !(value instanceof Unknown);

/** A part of a template, or of a part of it; empty where it is no object. */
export function section(json: Json, name: string): Json {
  const value = json[name];
  return isObject(value) ? value : {};
}
