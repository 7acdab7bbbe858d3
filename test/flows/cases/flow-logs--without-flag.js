module.exports = {
  kind: 'flow-logs',
  context: { '@aws-cdk/aws-s3:createDefaultLoggingPolicy': false },
  about: 'Without the feature flag the CDK writes no policy of the bucket, and EC2 adds its own when the flow log is made. The key\'s policy nobody adds to.',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { aws_ec2: ec2 }, stack, make }) {
    new ec2.Vpc(stack, 'V', { natGateways: 0, maxAzs: 2 }).addFlowLog('F', { destination: ec2.FlowLogDestination.toS3(new make.Bucket(stack, 'Flows')) });
  },
  judge: async (t) => {
    const { world } = t, bucket = world.at('S/Flows');
    if (!world.underKms('S/Flows')) { return 'ok'; }
    const delivery = world.who('delivery.logs.amazonaws.com', { arn: 'arn:aws:logs:us-east-1:111122223333:*', account: '111122223333' });
    return t.verdict(await world.useKey(world.bucketEncryption(bucket).keyArn, ['kms:GenerateDataKey'], delivery, {}, bucket.stack), /delivery\.logs|flow log/i);
  },
};
