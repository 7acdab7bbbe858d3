import { attributeMustBe } from './attributes';
import { listenersOf } from './listeners';
import { Check, NOT_APPLICABLE, passIf, Verdict } from '../rules/rule';
import { dependingOn } from '../rules/values';
import type { Present, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Application Load Balancers are what a template makes where it does not say of which type. */
export function typeOf(loadBalancer: TemplateResource): Present | Unknown {
  return loadBalancer.get('Type').or('application').literal();
}

/** An attribute of a load balancer must have one of some values. */
function mustSay(loadBalancer: TemplateResource, key: string, good: RegExp, byDefault: string): Verdict {
  return attributeMustBe(loadBalancer, 'LoadBalancerAttributes', key, {
    absent: passIf(good.test(byDefault), `${key} is not set`), good: (text) => good.test(text),
  });
}

/** What a rule says of some types of load balancers. */
function ofTypes(types: readonly string[], check: Check): Check {
  return (loadBalancer) => typeOf(loadBalancer).match({
    value: ({ text }) => (types.includes(text) ? check(loadBalancer) : NOT_APPLICABLE),
    absent: () => NOT_APPLICABLE,
    unknown: (unknown) => dependingOn(unknown, check(loadBalancer)),
  });
}

export const dropsInvalidHeaders = ofTypes(['application'], (loadBalancer) =>
  mustSay(loadBalancer, 'routing.http.drop_invalid_header_fields.enabled', /^true$/i, 'false'));

export const resistsDesync = ofTypes(['application'], (loadBalancer) =>
  mustSay(loadBalancer, 'routing.http.desync_mitigation_mode', /^(defensive|strictest)$/, 'defensive'));

export const isProtectedFromDeletion: Check = (loadBalancer) => mustSay(loadBalancer, 'deletion_protection.enabled', /^true$/i, 'false');

/**
 * A Network Load Balancer logs requests over TLS only: "access logs are created only if the load balancer has a TLS listener".
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 */
export const logsRequests = ofTypes(['application', 'network'], (loadBalancer) => {
  const verdict = mustSay(loadBalancer, 'access_logs.s3.enabled', /^true$/i, 'false');
  const type = typeOf(loadBalancer);
  if (verdict.kind === 'pass' || !(type.kind === 'value' && type.is('network'))) { return verdict; }
  const { some, unknown } = listenersOf(loadBalancer, 'TLS');
  return some === false ? NOT_APPLICABLE : dependingOn(some ? undefined : unknown, verdict);
});
