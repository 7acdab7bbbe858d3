import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HttpsLoadBalancer } from '../../src';

export function ours(stack: Stack, vpc: ec2.IVpc, certificates: elbv2.IListenerCertificate[]): void {
  const alb = new HttpsLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
  alb.addHttpsListener('Https', { certificates, defaultAction: elbv2.ListenerAction.fixedResponse(404) });
}
