module.exports = {
  kind: 'fifo-notification',
  about: 'S3 cannot notify a FIFO queue: the deployment is refused. The CDK takes it without a word; so does whoever protects the two.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html',
  modes: ['strict', 'report', 'mixins'], plain: false,
  build({ cdk: { aws_s3: s3, aws_s3_notifications: to }, stack, make }) {
    new make.Bucket(stack, 'B').addEventNotification(s3.EventType.OBJECT_CREATED, new to.SqsDestination(new make.Queue(stack, 'Q', { fifo: true })));
  },
  judge: (t) => t.verdict('deployment is refused: S3 cannot notify a FIFO queue', /FIFO/),
};
