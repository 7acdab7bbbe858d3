import { Resource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isMadeHere } from '../private/made-here';

const SCOPE = Symbol.for('cdk-encryption-constructs.EncryptionDefaults');

/** Marks a scope of which defaults are. */
export function markScope(scope: IConstruct): void {
  Object.defineProperty(scope, SCOPE, { value: true, configurable: true });
}

/** The scope whose defaults are for a construct: of several around it the nearest, as it is with property injectors. */
export function nearestScope(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find((scope) => SCOPE in scope);
}

/** Constructs of the classes that the defaults protect, plain ones, which are there already: a property injector does not see them any more. */
export function madeBefore(scope: IConstruct, classes: ReadonlySet<string>): IConstruct[] {
  const idOf = (construct: IConstruct) => (construct.constructor as { readonly PROPERTY_INJECTION_ID?: string }).PROPERTY_INJECTION_ID;
  return scope.node.findAll().filter((construct) => classes.has(idOf(construct) ?? '') && !isMadeHere(construct) && Resource.isOwnedResource(construct));
}

/** The CDK shows warnings of stacks only, and those of a stage are written before what is around it. */
export function shownStack(scope: IConstruct): IConstruct {
  if (scope.node.scopes.some((each) => Stack.isStack(each))) { return scope; }
  const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
  return scope.node.findAll().find((each) => Stack.isStack(each) && Stage.of(each) === stage) ?? scope;
}
