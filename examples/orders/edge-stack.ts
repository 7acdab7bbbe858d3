import { Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { HttpsLoadBalancer } from '../../src';

export interface OrdersEdgeStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
}

/** Where customers reach the order service: HTTPS from the internet, HTTPS on to the service. */
export class OrdersEdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: OrdersEdgeStackProps) {
    super(scope, id, props);

    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });
    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: 'orders.example.com',
      validation: acm.CertificateValidation.fromDns(zone),
    });
    const service = new elbv2.ApplicationTargetGroup(this, 'Service', {
      vpc: props.vpc,
      targetType: elbv2.TargetType.IP,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      healthCheck: { path: '/health', protocol: elbv2.Protocol.HTTPS },
    });

    const loadBalancer = new HttpsLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      internetFacing: true,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    });
    loadBalancer.addHttpsListener('Https', { certificates: [certificate], defaultTargetGroups: [service] });

    Validations.of(loadBalancer).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'Customers order from anywhere; the load balancer is the one door, and it speaks HTTPS only.',
    });
  }
}
