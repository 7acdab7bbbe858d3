import { Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

type Rendered = Array<{ readonly redirectConfig?: { readonly protocol?: string } }>;

/**
 * Listeners and rules that were added to a load balancer from outside and forward what came over plain HTTP: seen only when the
 * app is complete.
 */
export function plainHttpThatForwards(loadBalancer: Construct): string[] {
  const stack = Stack.of(loadBalancer);
  const arn = JSON.stringify(stack.resolve((loadBalancer.node.defaultChild as elbv2.CfnLoadBalancer).ref));
  const all = stack.node.findAll();
  const forwards = (actions: unknown) => !((stack.resolve(actions) ?? []) as Rendered).every(({ redirectConfig }) => redirectConfig?.protocol === 'HTTPS');
  const plain = all.filter((construct): construct is elbv2.CfnListener => elbv2.CfnListener.isCfnListener(construct)
    && construct.protocol === 'HTTP' && JSON.stringify(stack.resolve(construct.loadBalancerArn)) === arn);
  const listeners = new Set(plain.map((listener) => JSON.stringify(stack.resolve(listener.ref))));
  const rules = all.filter((construct): construct is elbv2.CfnListenerRule => elbv2.CfnListenerRule.isCfnListenerRule(construct)
    && listeners.has(JSON.stringify(stack.resolve(construct.listenerArn))));
  return [
    ...plain.filter(({ defaultActions }) => forwards(defaultActions)),
    ...rules.filter(({ actions }) => forwards(actions)),
  ].map(({ node }) => `${node.path} forwards what came over plain HTTP: an HttpsLoadBalancer only redirects it. Put it on a listener from `
    + 'addHttpsListener(). [ListenerIsPlainHttp]');
}
