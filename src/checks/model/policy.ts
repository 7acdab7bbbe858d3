import { Template, TemplateResource, Unknown } from './template';

/** A statement of a resource policy in one shape: lists where IAM takes one or many, text where it takes intrinsics. */
export interface Statement {
  readonly effect: string;
  /** `*`, or `AWS:arn…`, `Service:s3.amazonaws.com`. */
  readonly principals: string[];
  readonly actions: string[];
  readonly resources: string[];
  /** Operator → condition key in lower case → values. */
  readonly conditions: Record<string, Record<string, string[]>>;
}

/** The statements of a policy property. */
export function statementsOf(template: Template, resource: TemplateResource, property: string): Statement[] | Unknown {
  const document = template.property(resource, property);
  if (document instanceof Unknown) { return document; }
  const statements = template.list(template.property(resource, property, 'Statement'));
  const unknown = statements.find((statement) => statement instanceof Unknown);
  return (unknown as Unknown | undefined) ?? statements.map((statement) => normalize(template, template.object(statement)));
}

function normalize(template: Template, statement: Record<string, unknown>): Statement {
  return {
    effect: template.text(statement.Effect),
    principals: principalsOf(template, statement.Principal),
    actions: texts(template, statement.Action),
    resources: texts(template, statement.Resource),
    conditions: conditionsOf(template, statement.Condition),
  };
}

function principalsOf(template: Template, principal: unknown): string[] {
  const value = template.value(principal);
  if (typeof value === 'string') { return [value]; }
  return Object.entries(template.object(value)).flatMap(([type, names]) =>
    texts(template, names).map((name) => (type === 'AWS' && name === '*' ? '*' : `${type}:${name}`)));
}

function conditionsOf(template: Template, condition: unknown): Statement['conditions'] {
  const operators = Object.entries(template.object(condition));
  return Object.fromEntries(operators.map(([operator, operands]) => [
    operator,
    Object.fromEntries(Object.entries(template.object(operands)).map(([key, values]) => [key.toLowerCase(), texts(template, values)])),
  ]));
}

function texts(template: Template, value: unknown): string[] {
  return template.list(value).map((item) => template.text(item));
}

/** Whether a statement denies everybody every action of a service on a resource as soon as `aws:SecureTransport` is false. */
export function deniesPlainHttp(statement: Statement, service: string): boolean {
  const conditions = Object.entries(statement.conditions);
  const secureTransport = conditions.length === 1 && /^Bool(IfExists)?$/.test(conditions[0][0])
    && Object.keys(conditions[0][1]).length === 1 && conditions[0][1]['aws:securetransport']?.every((value) => value.toLowerCase() === 'false');
  return statement.effect === 'Deny'
    && statement.principals.includes('*')
    && statement.actions.some((action) => action === '*' || action.toLowerCase() === `${service}:*`)
    && secureTransport === true;
}
