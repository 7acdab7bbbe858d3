module.exports = {
  kind: 'stage',
  about: 'A Stage is synthesized by itself, and aspects of the app do not reach into it: its buckets deny what those of the app deny, and block SSE-C.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms',
  plain: false, modes: ['constructs', 'strict', 'report', 'mixins'], mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { Stack, Stage }, app, make }) {
    new make.Bucket(new Stack(new Stage(app, 'Prod'), 'Data', { env: { account: '111122223333', region: 'us-east-1' } }), 'B', { bucketName: 'in-a-stage' });
  },
  judge: (t) => {
    const sids = t.world.resourcePolicy('AWS::S3::BucketPolicy', 'Bucket', 'in-a-stage')?.Statement.map((each) => each.Sid) ?? [];
    const missing = ['DenyPlainHttp', 'DenyTlsBelow12', 'DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey'].filter((sid) => !sids.includes(sid));
    const rule = t.world.at('Prod/Data/B').props.BucketEncryption?.ServerSideEncryptionConfiguration[0];
    if (!rule?.BlockedEncryptionTypes?.EncryptionType.includes('SSE-C')) { missing.push('the block of SSE-C'); }
    return missing.length ? `silent loss: Prod/Data/B is without ${missing.join(', ')}` : 'ok';
  },
};
