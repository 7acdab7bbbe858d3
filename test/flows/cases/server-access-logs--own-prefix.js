module.exports = {
  logs: true,
  kind: 'server-access-logs',
  about: 'With `serverAccessLogsPrefix` alone a bucket logs into itself: server access logs cannot be delivered into a bucket under SSE-KMS. The code has a way out, `serverAccessLogsBucket`.',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  build({ stack, make }) { new make.Bucket(stack, 'Data', { serverAccessLogsPrefix: 'logs/' }); },
  judge: async (t) => {
    const data = t.world.at('S/Data');
    const itself = JSON.stringify(data.props.LoggingConfiguration ?? {});
    const intoItself = data.props.LoggingConfiguration && !data.props.LoggingConfiguration.DestinationBucketName;
    return t.verdict(t.world.underKms('S/Data') && intoItself ? `S3 cannot deliver access logs into S/Data, which is under SSE-KMS ${itself}` : undefined, /access log/i);
  },
};
