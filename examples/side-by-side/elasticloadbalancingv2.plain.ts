import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { plainLogBucket } from './logs.plain';

export function plain(stack: Stack, vpc: ec2.IVpc, certificates: elbv2.IListenerCertificate[]): void {
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', {
    vpc,
    internetFacing: true,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
  });
  const logs = plainLogBucket(stack);
  for (const [sid, kind, prefix] of [['ElbAccessLogs', 'access_logs', 'elb'], ['ElbConnectionLogs', 'connection_logs', 'elb-connections']]) {
    alb.setAttribute(`${kind}.s3.enabled`, 'true');
    alb.setAttribute(`${kind}.s3.bucket`, logs.bucketName);
    alb.setAttribute(`${kind}.s3.prefix`, prefix);
    logs.addToResourcePolicy(new iam.PolicyStatement({
      sid,
      principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logs.arnForObjects(`${prefix}/AWSLogs/${stack.account}/*`)],
    }));
  }
  alb.node.defaultChild!.node.addDependency(logs.policy!);
  alb.addRedirect();
  const listener = alb.addListener('Https', {
    port: 443,
    certificates,
    sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
    defaultAction: elbv2.ListenerAction.fixedResponse(404),
  });
  listener.setAttribute('routing.http.response.strict_transport_security.header_value', 'max-age=63072000; includeSubDomains');
  listener.setAttribute('routing.http.response.x_content_type_options.header_value', 'nosniff');
  listener.setAttribute('routing.http.response.x_frame_options.header_value', 'SAMEORIGIN');
  listener.setAttribute('routing.http.response.server.enabled', 'false');
}
