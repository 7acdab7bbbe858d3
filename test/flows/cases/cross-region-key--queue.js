module.exports = {
  kind: 'cross-region-key',
  about: 'A key of one Region cannot encrypt a queue of another: SQS refuses it.',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  plain: false,
  build({ cdk: { Stack, aws_sqs: sqs }, app, stack, make, mode }) {
    const key = new make.Key(stack, 'Key', { enableKeyRotation: true });
    new make.Queue(new Stack(app, 'Europe', { env: { account: '111122223333', region: 'eu-west-1' }, crossRegionReferences: true }), 'Q', { encryptionMasterKey: key });
  },
  judge: (t) => {
    const arn = JSON.stringify(t.world.at('Europe/Q').props.KmsMasterKeyId ?? '');
    return t.verdict(/us-east-1|GetStackOutput|ExportsReader/.test(arn) ? `Europe/Q is in eu-west-1, under ${arn}` : undefined, /Europe\/Q.*us-east-1/s);
  },
};
