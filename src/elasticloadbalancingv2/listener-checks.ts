import { attributeMustBe } from './attributes';
import { forwardersTo, isListener, protocolOf } from './listeners';
import { refusesOldTls } from './ssl-policies';
import { differ, placeNamed, placeOfStack } from '../rules/places';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { dependingOn, someOf, targetOf, verdictOn } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What a rule says of listeners of some protocols. */
function speaking(protocols: readonly string[], check: Check): Check {
  return (listener) => protocolOf(listener).match({
    value: ({ text }) => (protocols.includes(text) ? check(listener) : NOT_APPLICABLE),
    absent: () => NOT_APPLICABLE,
    unknown: (unknown) => dependingOn(unknown, check(listener)),
  });
}

export const refusesOldTlsVersions = speaking(['HTTPS', 'TLS'], (listener) => verdictOn(listener.get('SslPolicy').literal(), {
  absent: fail('SslPolicy is not set: ELB takes ELBSecurityPolicy-2016-08, with TLS 1.0'),
  value: ({ text }) => passIf(refusesOldTls(text), `${text} offers TLS 1.1 or older`),
}));

export const hasCertificate = speaking(['HTTPS', 'TLS'], (listener) => {
  const arns = listener.get('Certificates').items().map((certificate) => certificate.get('CertificateArn')).filter(({ kind }) => kind !== 'absent');
  if (arns.length === 0) { return fail('it has no certificate'); }
  const verdicts = arns.map((arn) => inOtherRegion(listener, arn)
    ?? verdictOn(arn, { absent: NOT_APPLICABLE, value: (value) => ofAcm(value.text, value.target) }));
  return verdicts.find(({ kind }) => kind === 'fail') ?? verdicts.find(({ kind }) => kind === 'undetermined') ?? PASS;
});

/** ELB takes a certificate of its own Region only. */
function inOtherRegion(listener: TemplateResource, arn: Read): Verdict | undefined {
  const [{ region }, own] = [placeNamed(listener, arn), placeOfStack(listener.owner)];
  return differ(region, own.region) ? fail(`its certificate is in ${region}, and the stack is in ${own.region}: ELB takes one of its own Region only`) : undefined;
}

function ofAcm(arn: string, target: TemplateResource | undefined): Verdict {
  return passIf(!/:iam:.*:server-certificate\//.test(arn) && target?.type !== 'AWS::IAM::ServerCertificate', 'its certificate is one of IAM, which ACM does not renew');
}

export const redirectsHttp = speaking(['HTTP'], (listener) => onlyRedirects(listener.get('DefaultActions')));

/** A rule of a listener on plain HTTP. */
export const ruleRedirectsHttp: Check = (rule) => {
  const arn = rule.get('ListenerArn');
  const listener = targetOf(arn);
  const verdict = onlyRedirects(rule.get('Actions'));
  if (!listener || !isListener(listener)) {
    return arn.kind === 'unknown' ? dependingOn(arn, verdict) : verdict.kind === 'fail' ? undetermined('its listener is not in this template') : verdict;
  }
  return protocolOf(listener).match({
    value: (protocol) => (protocol.is('HTTP') ? verdict : NOT_APPLICABLE), absent: () => NOT_APPLICABLE, unknown: (unknown) => dependingOn(unknown, verdict),
  });
};

function onlyRedirects(actions: Read): Verdict {
  const items = actions.items();
  const forwards = someOf(items, (action) => negated(redirects(action.get('Type'), action.get('RedirectConfig', 'Protocol'))));
  if (forwards === undefined) { return undetermined(`${actions.where}: whether each action redirects to HTTPS is known only when the stack is deployed`); }
  return passIf(items.length > 0 && !forwards, 'an action does not redirect to HTTPS');
}

const negated = (answer: boolean | undefined) => (answer === undefined ? undefined : !answer);

function redirects(type: Read, protocol: Read): boolean | undefined {
  const [isRedirect, isHttps] = [isText(type, 'redirect'), isText(protocol, 'HTTPS')];
  return isRedirect === false || isHttps === false ? false : isRedirect === undefined || isHttps === undefined ? undefined : true;
}

function isText(read: Read, text: string): boolean | undefined {
  return read.literal().match<boolean | undefined>({ value: (value) => value.is(text), absent: () => false, unknown: () => undefined });
}

/** Protocols in the clear between a load balancer and its targets; what a TLS listener takes apart, the others pass on as it came. */
const PASSED_ON = ['TCP', 'UDP', 'TCP_UDP', 'TCP_QUIC'];

/** What a load balancer sends to its targets over plain HTTP; or over TCP, where a TLS listener takes the encryption off before. */
export const encryptsToTargets: Check = (group) => verdictOn(group.get('Protocol').literal(), {
  absent: NOT_APPLICABLE,
  value: ({ text }) => {
    if (PASSED_ON.includes(text)) { return afterTls(group, text); }
    return text === 'TLS' || text === 'HTTPS' ? PASS : text === 'HTTP' ? fail('Protocol is HTTP') : NOT_APPLICABLE;
  },
});

/**
 * A TLS listener decrypts what it gets before it forwards it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
 */
function afterTls(group: TemplateResource, protocol: string): Verdict {
  const { some, unknown } = forwardersTo(group, 'TLS');
  return some === false ? NOT_APPLICABLE : dependingOn(unknown, fail(`Protocol is ${protocol}, and a TLS listener forwards to it`));
}

export const verifiesClients: Check = (listener) => {
  const mutual = listener.get('MutualAuthentication');
  const check = () => {
    const ignores = mutual.get('IgnoreClientCertificateExpiry').or(false).literal();
    const expiry = verdictOn(ignores, { value: ({ isTrue }) => passIf(!isTrue, 'IgnoreClientCertificateExpiry is true') });
    return expiry.kind === 'pass' ? passIf(mutual.get('TrustStoreArn').kind !== 'absent', 'it does not have a trust store') : expiry;
  };
  return mutual.get('Mode').literal().match({
    value: (mode) => (mode.is('verify') ? check() : NOT_APPLICABLE), absent: () => NOT_APPLICABLE, unknown: (unknown) => dependingOn(unknown, check()),
  });
};

/**
 * A listener adds the header to every response, over what the targets say; one that is empty, or ends at once, takes it off the browser.
 * A listener that says nothing leaves it to its targets.
 */
export const addsHsts = speaking(['HTTPS'], (listener) =>
  attributeMustBe(listener, 'ListenerAttributes', 'routing.http.response.strict_transport_security.header_value', {
    absent: NOT_APPLICABLE, good: (text) => /max-age\s*=\s*"?0*[1-9]/i.test(text),
  }));
