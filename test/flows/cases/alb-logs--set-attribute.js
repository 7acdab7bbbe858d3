module.exports = {
  logs: true,
  kind: 'alb-logs',
  about: 'The attribute that names the bucket, set by hand: nothing but the template says that the bucket receives logs.',
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
  build({ cdk: { aws_ec2: ec2, aws_elasticloadbalancingv2: elb }, stack, make }) {
    const logs = new make.Bucket(stack, 'Logs');
    const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc: new ec2.Vpc(stack, 'V', { natGateways: 0, maxAzs: 2 }) });
    alb.setAttribute('access_logs.s3.enabled', 'true');
    alb.setAttribute('access_logs.s3.bucket', logs.bucketName);
  },
  judge: async (t) => t.verdict(t.world.underKms('S/Logs') ? 'ELB cannot write its logs into S/Logs, which is under SSE-KMS' : undefined, /S\/Alb\b|load balanc|\bELB\b|access log/i),
};
