/**
 * HTTP Strict Transport Security for two years: a browser that has seen it does not speak plain HTTP to the host again.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export const STRICT_TRANSPORT_SECURITY = 'max-age=63072000; includeSubDomains';

/** The listener attribute that sends the header. */
export const STRICT_TRANSPORT_SECURITY_ATTRIBUTE = 'routing.http.response.strict_transport_security.header_value';

/** Where in the shared log bucket ELB writes. */
export const ACCESS_LOG_PREFIX = 'elb';
