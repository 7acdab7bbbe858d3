import { isDeepStrictEqual } from 'node:util';
import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { freeSid } from './sids';

type Json = Record<string, unknown>;

/** What was written for a statement into a document that is plain JSON. */
const WRITTEN = new WeakMap<iam.PolicyStatement, object>();

/** Adds a statement to the policy document that a property of an L1 holds. False where the document cannot be changed: a token, or a text. */
export function addToDocument(owner: object, property: string, statement: iam.PolicyStatement): boolean {
  const document = (owner as Json)[property];
  if (isDocument(document)) {
    const { statements = [] } = document as unknown as { readonly statements?: iam.PolicyStatement[] };
    if (isThere(statements.map((each) => each.toJSON()), statement)) { return true; }
    document.addStatements(statement);
    return true;
  }
  if (typeof document !== 'object' || document === null || Token.isUnresolved(document)) { return false; }
  const statements = statementsIn(document);
  if (isThere(statements, statement)) { return true; }
  const json: object = statement.toJSON();
  WRITTEN.set(statement, json);
  (owner as Json)[property] = { ...document, Statement: [...statements, json] };
  return true;
}

/** Whether a document says the same already; another statement of the same name makes the new one another name. */
function isThere(statements: readonly unknown[], statement: iam.PolicyStatement): boolean {
  const json = statement.toJSON();
  if (statements.some((each) => isDeepStrictEqual(each, json))) { return true; }
  const sids = new Set(statements.map((each) => (each as { readonly Sid?: string } | undefined)?.Sid));
  if (statement.sid !== undefined && sids.has(statement.sid)) { statement.sid = freeSid(statement.sid, sids); }
  return false;
}

/** Takes statements out of the document to which they were added. */
export function takeOutOfDocument(owner: object, property: string, taken: readonly iam.PolicyStatement[]): void {
  const document = (owner as Json)[property];
  if (isDocument(document)) {
    const { statements } = document as unknown as { readonly statements?: iam.PolicyStatement[] };
    statements?.splice(0, statements.length, ...statements.filter((statement) => !taken.includes(statement)));
  } else if (typeof document === 'object' && document !== null && !Token.isUnresolved(document)) {
    const written = new Set<unknown>(taken.map((statement) => WRITTEN.get(statement)));
    (owner as Json)[property] = { ...document, Statement: statementsIn(document).filter((each) => !written.has(each)) };
  }
}

export function isDocument(value: unknown): value is iam.PolicyDocument {
  return typeof (value as Partial<iam.PolicyDocument> | undefined)?.addStatements === 'function';
}

/** The statements of a document that is plain JSON: one, a list or none. */
export const statementsIn = (document: object): unknown[] => [(document as Json).Statement ?? []].flat();
