module.exports = {
  kind: 'cross-region-key',
  about: 'A key of one Region cannot encrypt a bucket of another, whoever puts the bucket under it.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  modes: ['strict', 'report', 'mixins'], plain: false,
  build({ cdk: { Stack }, app, stack, make }) {
    const key = new make.Key(stack, 'Key', { enableKeyRotation: true });
    new make.Bucket(new Stack(app, 'Europe', { env: { account: '111122223333', region: 'eu-west-1' }, crossRegionReferences: true }), 'B', { encryptionKey: key });
  },
  judge: (t) => {
    const arn = JSON.stringify(t.world.at('Europe/B').props.BucketEncryption ?? '');
    return t.verdict(/us-east-1|GetStackOutput|ExportsReader/.test(arn) ? `Europe/B is in eu-west-1, under ${arn}` : undefined, /Europe\/B.*us-east-1/s);
  },
};
