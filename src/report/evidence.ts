import type { Evidence } from './document';
import { factsOf, ShownFact } from './table-facts';
import { keyPathOf } from '../checks/inventory';
import type { ResourcePolicy } from '../flows/resource-policies';
import { conditionValues, statementsIn } from '../flows/statements';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Properties that say how data comes and goes, of types that the table does not have. */
const TRANSIT: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::Listener': ['Protocol', 'SslPolicy'],
  'AWS::RDS::DBInstance': ['DBParameterGroupName'],
  'AWS::RDS::DBCluster': ['DBClusterParameterGroupName'],
};

/** The line of a property, or of what it would stand in. */
export type LineOf = (resource: TemplateResource, property?: string) => number | undefined;

/** The properties that show how something is encrypted. */
export function evidenceOf(resource: TemplateResource, policies: readonly ResourcePolicy[], lineOf: LineOf): Evidence[] {
  const shown = (about: Evidence['about'], property: string, read: Read): Evidence[] =>
    (read.kind === 'absent' ? [] : [{ about, property, value: cut(textOf(read)), line: lineOf(resource, read.where) }]);
  const keyPath = keyPathOf(resource.type);
  const facts = factsOf(resource);
  return [
    ...(facts?.shown ?? []).map((fact) => ofFact(fact, resource, lineOf)),
    ...(keyPath && !facts ? shown('at rest', dotted(keyPath), resource.get(...keyPath)) : []),
    ...(TRANSIT[resource.type] ?? []).flatMap((property) => shown('in transit', property, resource.get(property))),
    ...policies.flatMap((each) => denialsOfHttp(each).map(({ name, where }): Evidence => ({
      about: 'in transit', property: `${each.policy.logicalId}.${name}`, value: 'denies requests without TLS', line: lineOf(each.policy, where),
    }))),
  ];
}

function ofFact({ about, property, read, meaning }: ShownFact, resource: TemplateResource, lineOf: LineOf): Evidence {
  const written = read && read.kind !== 'absent' ? cut(textOf(read)) : undefined;
  return { about, property, value: [written ?? (read && 'not set'), meaning].filter(Boolean).join(': '), line: lineOf(resource, read?.where) };
}

const textOf = (read: Read) => (read.kind === 'value' && (read.isObject || read.isList) ? JSON.stringify(read.toJSON()) : read.shown);
const cut = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const dotted = (path: readonly string[]) => path.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');

/** The statements of a policy that refuse plain HTTP. */
function denialsOfHttp({ policy, document }: ResourcePolicy): Array<{ readonly name: string; readonly where: string }> {
  const read = policy.get(document);
  return statementsIn(read).flatMap((statement, index) => (!statement.allows && conditionValues(statement, 'aws:SecureTransport').includes('false')
    ? [{ name: sidOf(read, index), where: `${document}.Statement[${index}]` }] : []));
}

function sidOf(document: Read, index: number): string {
  return (document.kind === 'value' ? document.parsed() : document).get('Statement', String(index), 'Sid').match({ value: ({ text }) => text, absent: () => `Statement[${index}]`, unknown: () => `Statement[${index}]` });
}
