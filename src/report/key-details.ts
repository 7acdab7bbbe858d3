import type { KeyDetails, Tls } from './document';
import { factsOf } from './table-facts';
import type { Status } from '../checks/inventory';
import { isPostQuantum } from '../elasticloadbalancingv2/ssl-policies';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

const yesNo = (read: Read): Status => read.match({ value: ({ isTrue }) => (isTrue ? 'yes' : 'no'), absent: () => 'no', unknown: () => 'unknown' });

/** Properties whose value is a security policy, or the lowest version of TLS. */
const TLS_POLICY = /(SslPolicy|SecurityPolicy(Name)?|MinimumProtocolVersion)$/i;

/** What a resource offers to those who connect; `undefined` where no property says it. */
export function tlsOf(resource: TemplateResource): Tls | undefined {
  const policy = resource.type === 'AWS::ElasticLoadBalancingV2::Listener' ? resource.get('SslPolicy')
    : factsOf(resource)?.shown.find(({ about, property, read }) => about === 'in transit' && TLS_POLICY.test(property) && read && read.kind !== 'absent')?.read;
  if (!policy || policy.kind === 'absent') { return undefined; }
  if (policy.kind === 'unknown') { return { policy: policy.shown, minimumVersion: 'unknown', postQuantum: 'unknown' }; }
  const lowest = lowestOf(policy.text);
  // Only of ELB all policies are known: another service may offer it under a name that does not say so.
  const isElb = policy.text.startsWith('ELBSecurityPolicy-');
  const postQuantum = isElb ? isPostQuantum(policy.text) : /[-_]PQ([-_]|$)/.test(policy.text);
  return { policy: policy.text, minimumVersion: lowest === undefined ? 'unknown' : `TLS 1.${lowest}`, postQuantum: postQuantum ? 'yes' : isElb ? 'no' : 'unknown' };
}

/** The lowest version in the name of a policy: 2 of `…-TLS13-1-2-…`, `TLSv1.2_2021`, `TLS_1_2`; 3 of `…_TLS13_2025_…`. */
function lowestOf(policy: string): string | undefined {
  const [, first, second] = /(?:TLS13|TLSv?|FS)[-_.]?1[-_.]([0-3])(?!\d)|TLS1([0-3])(?!\d)/i.exec(policy) ?? [];
  return first ?? second;
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
