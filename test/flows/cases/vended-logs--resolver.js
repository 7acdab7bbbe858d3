module.exports = {
  kind: 'vended-logs',
  about: 'Query logs of Route 53 Resolver are delivered by delivery.logs.amazonaws.com, which needs the bucket\'s key.',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html#AWS-logs-SSE-KMS-S3',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { aws_route53resolver: resolver, aws_iam: iam }, stack, make }) {
    const bucket = new make.Bucket(stack, 'Logs');
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('AWSLogs/111122223333/*')],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:*' } },
    }));
    new resolver.CfnResolverQueryLoggingConfig(stack, 'Queries', { destinationArn: bucket.bucketArn });
  },
  judge: async (t) => t.verdict(await t.world.writes({ bucket: 'S/Logs', as: 'delivery.logs.amazonaws.com', key: 'AWSLogs/111122223333/x', acl: 'bucket-owner-full-control', source: { arn: 'arn:aws:logs:us-east-1:111122223333:*', account: '111122223333' } }), /delivery\.logs|S\/Queries/),
};
