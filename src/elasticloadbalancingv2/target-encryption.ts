import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { EncryptionError } from '../private/errors';
import { literal } from '../private/tokens';

/** Targets over HTTPS on port 443 where nothing else is said. Throws for HTTP. */
export function targetsOverHttps(path: string, props: elbv2.AddApplicationTargetsProps): elbv2.AddApplicationTargetsProps {
  if (props.protocol === elbv2.ApplicationProtocol.HTTP) { throw plainTargets(path, "'protocol' cannot be HTTP"); }
  return { port: 443, ...props, protocol: elbv2.ApplicationProtocol.HTTPS };
}

/** Throws for a target group that is reached over plain HTTP. */
export function refusePlainTargetGroups(path: string, groups: elbv2.IApplicationTargetGroup[] | undefined): void {
  for (const group of groups ?? []) {
    const l1: unknown = group.node.defaultChild;
    if (elbv2.CfnTargetGroup.isCfnTargetGroup(l1) && literal(l1.protocol) === 'HTTP') {
      throw plainTargets(path, `the target group ${group.node.path} cannot have 'protocol' HTTP`);
    }
  }
}

function plainTargets(path: string, what: string): EncryptionError {
  return new EncryptionError(path, 'TargetsArePlainHttp',
    `${what}: 'targetsOverHttps' asks for encryption between the load balancer and its targets too. Make it HTTPS, or leave 'targetsOverHttps' out.`);
}
