import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { speaksPlainHttp } from './plain-http';
import { EncryptionError, ownerPath } from '../private/errors';
import { referenceIn, referencesIn } from '../private/place';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** Targets over HTTPS on port 443 where nothing else is said. Throws for HTTP, and for a port for which the CDK takes HTTP. */
export function targetsOverHttps(path: string, props: elbv2.AddApplicationTargetsProps): elbv2.AddApplicationTargetsProps {
  if (props.protocol === elbv2.ApplicationProtocol.HTTP) { throw plainTargets(path, "'protocol' cannot be HTTP"); }
  if (speaksPlainHttp(props)) {
    throw plainTargets(path, `'port' cannot be ${props.port}, a port for plain HTTP, unless 'protocol' says that the targets speak HTTPS there`);
  }
  return { port: 443, ...props, protocol: elbv2.ApplicationProtocol.HTTPS };
}

/** Throws for a target group that is reached over plain HTTP; warns of one of which that cannot be known. */
export function refusePlainTargetGroups(path: string, scope: IConstruct, groups: elbv2.IApplicationTargetGroup[] | undefined): void {
  for (const group of groups ?? []) { refusePlainTargets(path, scope, group.targetGroupArn); }
}

/** The same for all target groups to which an action forwards. */
export function refusePlainAction(path: string, scope: IConstruct, action: elbv2.ListenerAction | undefined): void {
  for (const { targetGroupArn, forwardConfig } of (action?.renderActions() ?? []) as Forward[]) {
    const arns = [targetGroupArn, ...(forwardConfig?.targetGroups ?? []).map((group) => group.targetGroupArn)];
    arns.filter((arn) => arn !== undefined).forEach((arn) => refusePlainTargets(path, scope, arn));
  }
}

/** What an action has that forwards, to one target group or to several. */
interface Forward {
  readonly targetGroupArn?: string;
  readonly forwardConfig?: { readonly targetGroups?: Array<{ readonly targetGroupArn?: string }> };
}

function refusePlainTargets(path: string, scope: IConstruct, targetGroupArn: string): void {
  const group = referenceIn(targetGroupArn)?.target;
  if (group && isPlain(group)) { throw plainTargets(path, `the target group ${ownerPath(group)} cannot have 'protocol' HTTP`); }
  if (!group) {
    warn(scope, 'TargetsUnknown', `${path}: forwards to a target group that this app does not make. 'targetsOverHttps' asks for HTTPS to the targets: make sure that its protocol is HTTPS.`);
  }
}

/**
 * Target groups over plain HTTP to which a listener forwards, by its default action or by any rule of the app: seen only when the app is
 * complete, whoever made the rule.
 */
export function plainTargetsOf(listener: elbv2.CfnListener): string[] {
  return [listener, ...rulesOf(listener)].flatMap((from) => {
    const actions: unknown = elbv2.CfnListener.isCfnListener(from) ? from.defaultActions : from.actions;
    return [...referencesIn(from, actions)].filter(isPlain)
      .map((group) => plainTargets(ownerPath(from), `the target group ${ownerPath(group)} cannot have 'protocol' HTTP`).message);
  });
}

function rulesOf(listener: elbv2.CfnListener): elbv2.CfnListenerRule[] {
  const isRule = (construct: IConstruct): construct is elbv2.CfnListenerRule => elbv2.CfnListenerRule.isCfnListenerRule(construct);
  return listener.node.root.node.findAll().filter(isRule)
    .filter(({ listenerArn }) => listenerArn !== undefined && referenceIn(listenerArn)?.target === listener);
}

function isPlain(group: IConstruct): boolean {
  return elbv2.CfnTargetGroup.isCfnTargetGroup(group) && knownAtSynth(group.protocol) === 'HTTP';
}

function plainTargets(path: string, what: string): EncryptionError {
  return new EncryptionError(path, 'TargetsArePlainHttp',
    `${what}: 'targetsOverHttps' asks for encryption between the load balancer and its targets too. Make it HTTPS, or leave 'targetsOverHttps' out.`);
}
