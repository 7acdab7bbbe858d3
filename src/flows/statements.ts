import { shapeOf } from './estate';
import { matches } from '../policy/policy';
import { memoizeRead } from '../template/memoize';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Whom a statement is for: `Service` `s3.amazonaws.com`, `AWS` `arn:…`, `CanonicalUser`, or everybody (`*`). */
export interface Principal {
  readonly type: string;
  readonly name: string;
  /** The resource that the name refers to. */
  readonly target?: TemplateResource;
}

/** A statement as the flows read it: what is not known of it keeps its shape, with `${?}` in place of what is missing. */
export interface Statement {
  readonly allows: boolean;
  readonly principals: readonly Principal[];
  /** In lower case, as IAM compares them. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator, condition key in lower case, values. */
  readonly conditions: Record<string, Record<string, string[]>>;
  /** The resources that the values of a condition key refer to. */
  readonly conditionTargets: Record<string, readonly TemplateResource[]>;
  /** A condition is known only when the stack is deployed: whether the statement holds for a flow is not known. */
  readonly isOpen: boolean;
  /** `NotPrincipal`, `NotAction` or `NotResource`: nobody can say for whom or for what it is meant. */
  readonly inverted: boolean;
}

/** The statements of a policy document, those that cannot be read left out. */
export const statementsIn = memoizeRead((document): readonly Statement[] => {
  if (document.kind !== 'value') { return []; }
  const parsed = document.parsed();
  return parsed.get('Statement').items().flatMap((read) => (read.kind === 'value' && read.isObject ? [statementOf(read)] : []));
});

function statementOf(read: Read): Statement {
  const has = (name: string) => read.get(name).kind !== 'absent';
  return {
    allows: read.get('Effect').match({ value: (effect) => effect.is('Allow'), absent: () => false, unknown: () => false }),
    principals: principalsIn(read.get('Principal')),
    actions: shapes(read.get('Action')).map((action) => action.toLowerCase()),
    resources: shapes(read.get('Resource')),
    conditions: conditionsIn(read.get('Condition')),
    conditionTargets: targetsIn(read.get('Condition')),
    isOpen: isUnknown(read.get('Condition')),
    inverted: has('NotPrincipal') || has('NotAction') || has('NotResource'),
  };
}

function principalsIn(principal: Read): Principal[] {
  if (principal.kind !== 'value') { return []; }
  if (!principal.isObject) { return [{ type: '*', name: principal.text }]; }
  return principal.entries().flatMap(([type, names]) => names.items().flatMap((read) => {
    const name = shapeOf(read);
    if (name === undefined) { return []; }
    return [{ type: type === 'AWS' && name === '*' ? '*' : type, name, target: read.kind === 'value' ? read.target : undefined }];
  }));
}

/** Whether conditions, or all that one operator says, are not known; single values keep their shape. */
function isUnknown(condition: Read): boolean {
  return condition.kind === 'unknown' || (condition.kind === 'value' && condition.entries().some(([, operands]) => operands.kind === 'unknown'));
}

function conditionsIn(condition: Read): Statement['conditions'] {
  if (condition.kind !== 'value') { return {}; }
  return Object.fromEntries(condition.entries().map(([operator, operands]) => [
    operator,
    operands.kind === 'value' ? Object.fromEntries(operands.entries().map(([key, values]) => [key.toLowerCase(), shapes(values)])) : {},
  ]));
}

function targetsIn(condition: Read): Statement['conditionTargets'] {
  if (condition.kind !== 'value') { return {}; }
  const operands = condition.entries().flatMap(([, each]) => (each.kind === 'value' ? each.entries() : []));
  return Object.fromEntries(operands.map(([key, values]) => [
    key.toLowerCase(), values.items().flatMap((item) => (item.kind === 'value' && item.target ? [item.target] : [])),
  ]));
}

function shapes(read: Read): string[] {
  return read.items().flatMap((item) => shapeOf(item) ?? []);
}

/** Whether a statement allows an action, by name or by pattern. */
export function allowsAction({ allows, inverted, actions }: Statement, action: string): boolean {
  return allows && !inverted && actions.some((pattern) => matches(pattern, action.toLowerCase()));
}

/** The values of a condition key, under whatever operator. */
export function conditionValues({ conditions }: Statement, key: string): string[] {
  return Object.values(conditions).flatMap((operands) => operands[key.toLowerCase()] ?? []);
}
