import type { Evidence, KeyDetails, Tls } from './document';
import type { Status } from '../checks/inventory';
import { isPostQuantum } from '../elasticloadbalancingv2/ssl-policies';
import type { ResourcePolicy } from '../flows/resource-policies';
import { conditionValues, statementsIn } from '../flows/statements';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

const yesNo = (read: Read): Status => read.match({ value: ({ isTrue }) => (isTrue ? 'yes' : 'no'), absent: () => 'no', unknown: () => 'unknown' });

/** What a listener offers; `undefined` where it is not a listener with TLS. */
export function tlsOf(resource: TemplateResource): Tls | undefined {
  if (resource.type !== 'AWS::ElasticLoadBalancingV2::Listener') { return undefined; }
  const policy = resource.get('SslPolicy');
  if (policy.kind === 'absent') { return undefined; }
  if (policy.kind === 'unknown') { return { policy: policy.shown, minimumVersion: 'unknown', postQuantum: 'unknown' }; }
  // TLS13-1-2-…: TLS 1.3, and 1.2 at the lowest.
  const [, lowest] = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-9])-/.exec(policy.text) ?? [];
  return { policy: policy.text, minimumVersion: lowest === undefined ? 'unknown' : `TLS 1.${lowest}`, postQuantum: isPostQuantum(policy.text) ? 'yes' : 'no' };
}

/** What a person asks of a key. */
export function keyDetailsOf(key: TemplateResource): Omit<KeyDetails, 'policy'> | undefined {
  if (key.type === 'AWS::KMS::ReplicaKey') { return { spec: 'of its primary', usage: 'of its primary', rotation: 'does not apply', multiRegion: 'yes' }; }
  if (key.type !== 'AWS::KMS::Key') { return undefined; }
  const spec = key.get('KeySpec').or('SYMMETRIC_DEFAULT');
  const period = key.get('RotationPeriodInDays');
  const rotates = yesNo(key.get('EnableKeyRotation'));
  return {
    spec: spec.shown,
    usage: key.get('KeyUsage').or('ENCRYPT_DECRYPT').shown,
    // KMS rotates symmetric keys that encrypt, and no others.
    rotation: spec.kind === 'value' && !spec.is('SYMMETRIC_DEFAULT') ? 'does not apply' : rotates,
    ...(rotates === 'yes' ? { rotationPeriodInDays: period.kind === 'value' ? period.number : 365 } : {}),
    multiRegion: yesNo(key.get('MultiRegion')),
  };
}

/** Properties that say how data comes and goes. */
const TRANSIT: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::Listener': ['Protocol', 'SslPolicy'],
  'AWS::RDS::DBInstance': ['DBParameterGroupName'],
  'AWS::RDS::DBCluster': ['DBClusterParameterGroupName'],
};

type LineOf = (resource: TemplateResource) => number | undefined;

/** The properties that show how something is encrypted. */
export function evidenceOf(
  resource: TemplateResource, policies: readonly ResourcePolicy[], keyPath: readonly string[] | undefined, lineOf: LineOf,
): Evidence[] {
  const shown = (about: Evidence['about'], property: string, read: Read): Evidence[] =>
    (read.kind === 'absent' ? [] : [{ about, property, value: cut(textOf(read)), line: lineOf(resource) }]);
  return [
    ...(keyPath ? shown('at rest', dotted(keyPath), resource.get(...keyPath)) : []),
    ...(TRANSIT[resource.type] ?? []).flatMap((property) => shown('in transit', property, resource.get(property))),
    ...policies.flatMap((each) => denialsOfHttp(each).map((statement): Evidence => ({
      about: 'in transit', property: `${each.policy.logicalId}.${statement}`, value: 'denies requests without TLS', line: lineOf(each.policy),
    }))),
  ];
}

const textOf = (read: Read) => (read.kind === 'value' && (read.isObject || read.isList) ? JSON.stringify(read.toJSON()) : read.shown);
const cut = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
const dotted = (path: readonly string[]) => path.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');

/** The statements of a policy that refuse plain HTTP. */
function denialsOfHttp({ policy, document }: ResourcePolicy): string[] {
  const read = policy.get(document);
  return statementsIn(read).flatMap((statement, index) => (!statement.allows && conditionValues(statement, 'aws:SecureTransport').includes('false') ? [sidOf(read, index)] : []));
}

function sidOf(document: Read, index: number): string {
  return (document.kind === 'value' ? document.parsed() : document).get('Statement', String(index), 'Sid').match({ value: ({ text }) => text, absent: () => `Statement[${index}]`, unknown: () => `Statement[${index}]` });
}
