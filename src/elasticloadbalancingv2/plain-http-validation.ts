import { Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { referenceIn } from '../private/place';

type Rendered = Array<{ readonly redirectConfig?: { readonly protocol?: string } }>;

/**
 * Listeners and rules that were added to a load balancer from outside, in any stack of the app, and forward what came over plain HTTP: seen
 * only when the app is complete.
 */
export function plainHttpThatForwards(loadBalancer: Construct): string[] {
  const l1 = loadBalancer.node.defaultChild;
  const all = loadBalancer.node.root.node.findAll();
  const plain = all.filter((construct): construct is elbv2.CfnListener => elbv2.CfnListener.isCfnListener(construct)
    && construct.protocol === 'HTTP' && referenceIn(construct.loadBalancerArn)?.target === l1);
  const rules = all.filter((construct): construct is elbv2.CfnListenerRule => elbv2.CfnListenerRule.isCfnListenerRule(construct)
    && plain.some((listener) => construct.listenerArn !== undefined && referenceIn(construct.listenerArn)?.target === listener));
  return [
    ...plain.filter((listener) => forwards(listener, listener.defaultActions)),
    ...rules.filter((rule) => forwards(rule, rule.actions)),
  ].map(({ node }) => `${node.path} forwards what came over plain HTTP: an HttpsLoadBalancer only redirects it. Put it on a listener from `
    + 'addHttpsListener(). [ListenerIsPlainHttp]');
}

function forwards(construct: Construct, actions: unknown): boolean {
  const rendered: Rendered = Stack.of(construct).resolve(actions) ?? [];
  return !rendered.every(({ redirectConfig }) => redirectConfig?.protocol === 'HTTPS');
}
