module.exports = {
  kind: 'alb-http-only',
  about: 'A listener on port 80 alone: a redirect to 443, where nothing listens, takes the service off the net.',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions',
  modes: ['mixins'], plain: false,
  build({ cdk: { aws_ec2: ec2, aws_elasticloadbalancingv2: elb }, stack }) {
    const vpc = new ec2.Vpc(stack, 'V', { natGateways: 0, maxAzs: 2 });
    const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc });
    const target = new elb.CfnTargetGroup(stack, 'T', { port: 80, protocol: 'HTTP', vpcId: vpc.vpcId, targetType: 'ip' });
    new elb.CfnListener(stack, 'L', { loadBalancerArn: alb.loadBalancerArn, port: 80, protocol: 'HTTP', defaultActions: [{ type: 'forward', targetGroupArn: target.ref }] });
  },
  judge: (t) => t.verdict(t.world.all('AWS::ElasticLoadBalancingV2::Listener')[0].props.DefaultActions[0].Type === 'forward' ? 'it stays in the clear' : 'port 80 redirects to port 443, where nothing listens', /S\/L\b.*(443|redirect|certificate|HTTP)/i),
};
