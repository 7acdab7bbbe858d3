module.exports = {
  kind: 'alb-http-only',
  about: 'Where something listens on 443, port 80 may redirect to it; whoever forwards on port 80 is told.',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions',
  modes: ['mixins'], plain: false,
  build({ cdk: { aws_ec2: ec2, aws_elasticloadbalancingv2: elb }, stack }) {
    const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc: new ec2.Vpc(stack, 'V', { natGateways: 0, maxAzs: 2 }) });
    alb.addListener('Http', { port: 80, open: false, defaultAction: elb.ListenerAction.fixedResponse(200) });
    alb.addListener('Https', { port: 443, open: false, certificates: [elb.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')], defaultAction: elb.ListenerAction.fixedResponse(200) });
  },
  judge: (t) => {
    const http = t.world.all('AWS::ElasticLoadBalancingV2::Listener').find((each) => each.props.Port === 80);
    return t.verdict(http.props.DefaultActions[0].Type === 'redirect' ? undefined : 'port 80 answers in the clear', /S\/Alb\/Http/);
  },
};
