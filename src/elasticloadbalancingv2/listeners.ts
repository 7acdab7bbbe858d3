import { targetOf } from '../rules/values';
import { Present, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

export const isListener = (resource: TemplateResource | undefined) => resource?.type === LISTENER;

/**
 * What a listener speaks. Where it does not say, port 80 is HTTP, unless its load balancer is not an Application Load Balancer, and a
 * security policy is for HTTPS.
 */
export function protocolOf(listener: TemplateResource): Read {
  const protocol = listener.get('Protocol').literal();
  if (protocol.kind !== 'absent') { return protocol; }
  if (listener.get('SslPolicy').kind !== 'absent') { return new Present('HTTPS', 'Protocol', undefined); }
  const port = listener.get('Port').literal();
  const loadBalancer = targetOf(listener.get('LoadBalancerArn'));
  const type = loadBalancer?.get('Type').or('application').literal();
  if (port.kind === 'absent' || (port.kind === 'value' && port.text !== '80') || (type?.kind === 'value' && !type.is('application'))) { return protocol; }
  const unknown = port.kind === 'unknown' ? port : type?.kind === 'unknown' ? type : undefined;
  return unknown ?? new Present('HTTP', 'Protocol', undefined);
}

/** Whether some listener of a template is so; where that is not certain, why. */
export interface Answer {
  readonly some: boolean | undefined;
  readonly unknown?: Unknown;
}

/** Whether a listener that speaks a protocol belongs to a resource. */
function anyListener({ owner }: TemplateResource, protocol: string, isItsOwn: (listener: TemplateResource) => boolean | Unknown): Answer {
  const answers = owner.ofType(LISTENER).map((listener): boolean | Unknown => {
    const speaks = protocolOf(listener);
    if (speaks.kind === 'absent' || (speaks.kind === 'value' && !speaks.is(protocol))) { return false; }
    const own = isItsOwn(listener);
    return own === false || speaks.kind === 'value' ? own : speaks;
  });
  return answers.includes(true) ? { some: true } : reasonOf(answers.find((answer) => answer instanceof Unknown));
}

const reasonOf = (unknown: boolean | Unknown | undefined): Answer => (unknown instanceof Unknown ? { some: undefined, unknown } : { some: false });

/** Whether a load balancer has a listener of a protocol. */
export function listenersOf(loadBalancer: TemplateResource, protocol: string): Answer {
  return anyListener(loadBalancer, protocol, (listener) => refersTo(listener.get('LoadBalancerArn'), loadBalancer));
}

/** Whether a listener of a protocol forwards to a target group by default. */
export function forwardersTo(group: TemplateResource, protocol: string): Answer {
  return anyListener(group, protocol, (listener) => {
    const answers = listener.get('DefaultActions').items().flatMap(targetsOf).map((target) => refersTo(target, group));
    return answers.includes(true) || (answers.find((answer) => answer instanceof Unknown) ?? false);
  });
}

/** The target groups of an action. */
function targetsOf(action: Read): Read[] {
  return [action.get('TargetGroupArn'), ...action.get('ForwardConfig', 'TargetGroups').items().map((each) => each.get('TargetGroupArn'))];
}

function refersTo(read: Read, resource: TemplateResource): boolean | Unknown {
  return read.match<boolean | Unknown>({ value: ({ target }) => target === resource, absent: () => false, unknown: (unknown) => unknown });
}
