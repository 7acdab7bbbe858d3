import { shapeOf } from './estate';
import { matches } from '../policy/policy';
import { isFixed, memoizeRead } from '../template/memoize';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Whom a statement is for: `Service` `s3.amazonaws.com`, `AWS` `arn:…`, `CanonicalUser`, or everybody (`*`). */
export interface Principal {
  readonly type: string;
  readonly name: string;
  /** The resource that the name refers to. */
  readonly target?: TemplateResource;
}

type Conditions = Record<string, Record<string, string[]>>;

/**
 * A statement as the flows read it: what is not known of it keeps its shape, with `${?}` in place of what is missing. Each part is read when it is
 * asked for: most statements are for nobody who sends.
 */
export class Statement {
  /** `NotPrincipal`, `NotAction` or `NotResource`: nobody can say for whom or for what it is meant. */
  public readonly inverted: boolean;
  public readonly allows: boolean;
  #isOpen?: boolean;
  #principals?: readonly Principal[];
  #actions?: readonly string[];
  #resources?: readonly string[];
  #conditions?: Conditions;
  #conditionTargets?: Record<string, readonly TemplateResource[]>;

  /** @param read as the template has it */
  constructor(public readonly read: Read) {
    this.allows = read.get('Effect').match({ value: (effect) => effect.is('Allow'), absent: () => false, unknown: () => false });
    this.inverted = ['NotPrincipal', 'NotAction', 'NotResource'].some((name) => read.get(name).kind !== 'absent');
    // Where a condition decides, the present scenario is meant: in another one it would read otherwise.
    if (!isFixed(read)) { void [this.principals, this.actions, this.resources, this.conditions, this.conditionTargets, this.isOpen]; }
  }

  public get principals(): readonly Principal[] { return this.#principals ??= principalsIn(this.read.get('Principal')); }

  /** In lower case, as IAM compares them. */
  public get actions(): readonly string[] { return this.#actions ??= shapes(this.read.get('Action')).map((action) => action.toLowerCase()); }

  public get resources(): readonly string[] { return this.#resources ??= shapes(this.read.get('Resource')); }

  /** Operator, condition key in lower case, values. */
  public get conditions(): Conditions { return this.#conditions ??= conditionsIn(this.read.get('Condition')); }

  /** The resources that the values of a condition key refer to. */
  public get conditionTargets(): Record<string, readonly TemplateResource[]> { return this.#conditionTargets ??= targetsIn(this.read.get('Condition')); }

  /** A condition is known only when the stack is deployed: whether the statement holds for a flow is not known. */
  public get isOpen(): boolean { return this.#isOpen ??= isUnknown(this.read.get('Condition')); }
}

/** The statements of a policy document, those that cannot be read left out. */
export const statementsIn = memoizeRead((document): readonly Statement[] => {
  if (document.kind !== 'value') { return []; }
  const parsed = document.parsed();
  return parsed.get('Statement').items().flatMap((read) => (read.kind === 'value' && read.isObject ? [new Statement(read)] : []));
});

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

function conditionsIn(condition: Read): Conditions {
  if (condition.kind !== 'value') { return {}; }
  return Object.fromEntries(condition.entries().map(([operator, operands]) => [
    operator,
    operands.kind === 'value' ? Object.fromEntries(operands.entries().map(([key, values]) => [key.toLowerCase(), shapes(values)])) : {},
  ]));
}

function targetsIn(condition: Read): Record<string, readonly TemplateResource[]> {
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
export function allowsAction(statement: Statement, action: string): boolean {
  return statement.allows && !statement.inverted && statement.actions.some((pattern) => matches(pattern, action.toLowerCase()));
}

/** Whether it is meant for replication: S3 replicates with a role that may do so by name. */
export function writesReplicas({ actions }: Statement): boolean {
  return actions.some((action) => action.startsWith('s3:replicate'));
}

/** The values of a condition key, under whatever operator. */
export function conditionValues({ conditions }: Statement, key: string): string[] {
  return Object.values(conditions).flatMap((operands) => operands[key.toLowerCase()] ?? []);
}
