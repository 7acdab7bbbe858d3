/**
 * Headers that the load balancer adds to every response, or removes from it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export interface ResponseHeaders {
  /**
   * Strict-Transport-Security; an empty text for none.
   *
   * @default 'max-age=63072000; includeSubDomains'
   */
  readonly strictTransportSecurity?: string;

  /**
   * X-Content-Type-Options: a browser then trusts the content type of a response. `nosniff` is its only value; an empty text for
   * none.
   *
   * @default 'nosniff'
   */
  readonly contentTypeOptions?: string;

  /**
   * X-Frame-Options: `DENY` or `SAMEORIGIN`; an empty text for none.
   *
   * @default 'SAMEORIGIN'
   */
  readonly frameOptions?: string;

  /**
   * Content-Security-Policy.
   *
   * @default - none: it depends on the pages
   */
  readonly contentSecurityPolicy?: string;

  /**
   * Access-Control-Allow-Origin: one origin, or `*`.
   *
   * @default - none: the application sets it
   */
  readonly accessControlAllowOrigin?: string;

  /**
   * Whether responses name the server that they come from (`awselb/2.0`).
   *
   * @default false
   */
  readonly server?: boolean;
}
