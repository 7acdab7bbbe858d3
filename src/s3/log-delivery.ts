import type * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptionError } from '../private/errors';
import { servicesLetIn } from '../statements/principals';

/**
 * Deliveries that cannot write to a bucket under SSE-KMS, by the principal that the CDK lets in for them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const CANNOT_USE_KMS: Record<string, string> = {
  'logging.s3.amazonaws.com': 'S3 server access logs',
  'logdelivery.elasticloadbalancing.amazonaws.com': 'Elastic Load Balancing\'s access logs',
};

/** The delivery of VPC flow logs, resolver query logs, WAF and others, which can: through the key's policy. */
const DELIVERS_WITH_KEY = 'delivery.logs.amazonaws.com';

/** Throws where a statement allows a log delivery that cannot write to a bucket under SSE-KMS. */
export function refuseLogDelivery(path: string, statement: iam.PolicyStatement): void {
  const logs = servicesLetIn(statement).map((service) => CANNOT_USE_KMS[service]).find(Boolean);
  if (!logs) { return; }
  throw new EncryptionError(path, 'LogBucketUnderKms',
    `cannot receive ${logs}: the delivery cannot write to a bucket that is encrypted with a KMS key, and they would be lost without an error. `
    + 'Leave the log bucket out where an EncryptedBucket or HttpsLoadBalancer logs (each stack gets one), or give a bucket with BucketEncryption.S3_MANAGED.');
}

/** Whether a statement allows vended logs, which need the key too. */
export function letsVendedLogsIn(statement: iam.PolicyStatement): boolean {
  return servicesLetIn(statement).includes(DELIVERS_WITH_KEY) && statement.actions.includes('s3:PutObject');
}
