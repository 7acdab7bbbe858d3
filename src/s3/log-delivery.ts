import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptionError } from '../private/errors';
import { servicesLetIn } from '../statements/principals';

/**
 * Deliveries that cannot write to a bucket under SSE-KMS, by the principal that the CDK allows for them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const CANNOT_USE_KMS: Record<string, string> = {
  'logging.s3.amazonaws.com': 'S3 server access logs',
  'logdelivery.elasticloadbalancing.amazonaws.com': 'Elastic Load Balancing\'s access logs',
};

/** Throws where a statement allows a log delivery that cannot write to a bucket under SSE-KMS. */
export function refuseLogDelivery(path: string, statement: iam.PolicyStatement): void {
  const logs = servicesLetIn(statement).map((service) => CANNOT_USE_KMS[service]).find(Boolean);
  if (!logs) { return; }
  throw underKms(path, logs);
}

function underKms(path: string, logs: string): EncryptionError {
  return new EncryptionError(path, 'LogBucketUnderKms',
    `cannot receive ${logs}: the delivery cannot write to a bucket that is encrypted with a KMS key, and they would be lost without an error. `
    + 'Leave the log bucket out where an EncryptedBucket or HttpsLoadBalancer logs (each stack gets one), or give a bucket with BucketEncryption.S3_MANAGED.');
}

/** Where `ApplicationLoadBalancer` refuses a bucket with a key, by an error that names neither the bucket nor a way out. */
const ALB_LOGS = /\.log\w+Logs \(.*application-load-balancer\.js/;

/**
 * Lets a load balancer of the CDK fail with this library's error: it asks a bucket for its key before anything else of the bucket, and
 * nothing else tells who asks.
 */
export function refuseLoadBalancerLogs(bucket: s3.Bucket, key: kms.IKey): void {
  const get = () => {
    if (ALB_LOGS.test(callers())) { throw underKms(bucket.node.path, 'the logs of an Application Load Balancer'); }
    return key;
  };
  Object.defineProperty(bucket, 'encryptionKey', { get, enumerable: true, configurable: true });
}

/** The nearest callers; the error that the CDK would throw is not known before. */
function callers(): string {
  const holder: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  Error.captureStackTrace(holder, callers);
  Error.stackTraceLimit = stackTraceLimit;
  return holder.stack ?? '';
}
