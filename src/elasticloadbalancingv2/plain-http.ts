import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** The ports for which the CDK takes HTTP where no protocol is given. */
const HTTP_PORTS = [80, 8000, 8008, 8080];

/** Whether the CDK makes the listener speak HTTP. */
export function speaksPlainHttp({ protocol, port }: elbv2.BaseApplicationListenerProps): boolean {
  return protocol === elbv2.ApplicationProtocol.HTTP || (protocol === undefined && port !== undefined && HTTP_PORTS.includes(port));
}

/** Whether a listener does nothing but redirect to HTTPS. */
export function redirectsToHttps(action: elbv2.ListenerAction | undefined): boolean {
  const rendered = action?.renderActions() ?? [];
  return rendered.length > 0 && rendered.every(({ redirectConfig }) =>
    redirectConfig !== undefined && 'protocol' in redirectConfig && redirectConfig.protocol === 'HTTPS');
}
