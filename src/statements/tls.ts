/**
 * The lowest TLS version that a bucket, a listener or a database accepts: what every AWS endpoint requires.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html#tls-endpoints
 */
export const MINIMUM_TLS_VERSION = 1.2;
