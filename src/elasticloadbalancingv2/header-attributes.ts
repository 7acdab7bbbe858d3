import type { ResponseHeaders } from './response-headers';
import { EncryptionError, show } from '../private/errors';
import { knownAtSynth } from '../private/tokens';

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

/** What each attribute that `responseHeaders` gives must at least say. */
const AT_LEAST: Record<string, RegExp> = {
  'routing.http.response.strict_transport_security.header_value': /max-age=0*[1-9]/i,
  'routing.http.response.x_content_type_options.header_value': /^nosniff$/,
  'routing.http.response.x_frame_options.header_value': /^(DENY|SAMEORIGIN)$/i,
};

/** Throws where a header would be switched off; `responseHeaders` is where one says that it should be. */
export function refuseWeakerHeader(path: string, key: string, value: string | undefined): void {
  const good = AT_LEAST[key];
  if (!good || (value !== undefined && (knownAtSynth(value) === undefined || good.test(value)))) { return; }
  throw new EncryptionError(path, 'ListenerDropsHeader',
    `the attribute '${key}' cannot be ${value === undefined ? 'removed' : show(value)}: browsers would lose the protection. Say what you want in 'responseHeaders' when the listener is made.`);
}
