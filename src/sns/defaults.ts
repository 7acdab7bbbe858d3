/**
 * SNS signs what it delivers over HTTPS with SHA-256, and not with SHA-1, which is its own default.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export const SIGNATURE_VERSION = '2';

/**
 * The only action that a topic's policy may deny for requests without TLS: SNS refuses `sns:*` in it as out of its scope.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit
 */
export const PUBLISH = 'sns:Publish';
