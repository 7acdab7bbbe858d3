module.exports = {
  kind: 's3-notification',
  about: 'The bucket is in one stack, and another, which knows its name, has it notify a queue there: S3 needs the key of the queue.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html',
  mustWork: ['constructs', 'strict', 'report', 'mixins'],
  build({ cdk: { aws_s3: s3, aws_s3_notifications: to, Stack }, app, stack, make }) {
    const other = new Stack(app, 'Other', { env: { account: '111122223333', region: 'us-east-1' } });
    new make.Bucket(stack, 'B', { bucketName: 'uploads-of-the-app' });
    s3.Bucket.fromBucketName(other, 'Known', 'uploads-of-the-app').addEventNotification(s3.EventType.OBJECT_CREATED, new to.SqsDestination(new make.Queue(other, 'Q')));
  },
  judge: async (t) => t.verdict(await t.world.sends({ queue: 'Other/Q', as: 's3.amazonaws.com', source: { arn: 'arn:aws:s3:::uploads-of-the-app', account: '111122223333' } }), /s3\.amazonaws\.com|S\/B\b/),
};
