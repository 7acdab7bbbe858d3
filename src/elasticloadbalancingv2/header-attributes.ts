import type { ResponseHeaders } from './response-headers';

/**
 * HTTP Strict Transport Security for two years: a browser that has seen it does not speak plain HTTP to the host again.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
const STRICT_TRANSPORT_SECURITY = 'max-age=63072000; includeSubDomains';

/** The listener attributes for headers; those without a value are left out, as ELB does. */
export function headerAttributes(headers: ResponseHeaders): Array<[key: string, value: string]> {
  const values: Record<string, string | undefined> = {
    strict_transport_security: headers.strictTransportSecurity ?? STRICT_TRANSPORT_SECURITY,
    x_content_type_options: headers.contentTypeOptions ?? 'nosniff',
    x_frame_options: headers.frameOptions ?? 'SAMEORIGIN',
    content_security_policy: headers.contentSecurityPolicy,
    access_control_allow_origin: headers.accessControlAllowOrigin,
  };
  return [
    ...Object.entries(values).flatMap(([name, value]): Array<[string, string]> =>
      (value ? [[`routing.http.response.${name}.header_value`, value]] : [])),
    ['routing.http.response.server.enabled', String(headers.server ?? false)],
  ];
}
