import * as iam from 'aws-cdk-lib/aws-iam';
import { MINIMUM_TLS_VERSION } from './tls';

/**
 * Denies every request that does not come over TLS.
 *
 * The condition stands alone in its statement: AWS Control Tower's CT.S3.PR.8 accepts nothing beside it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit
 */
export function denyPlainHttp(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyPlainHttp',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions,
    resources,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/**
 * Denies requests over a TLS version below the floor.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html#example-object-tls-version
 */
export function denyOldTls(resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyTlsBelow12',
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: ['s3:*'],
    resources,
    conditions: { NumericLessThan: { 's3:TlsVersion': MINIMUM_TLS_VERSION } },
  });
}
