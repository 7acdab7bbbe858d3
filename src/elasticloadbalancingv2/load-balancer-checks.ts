import { refusesOldTls } from './ssl-policies';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { isTrue } from '../rules/values';
import { Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** An attribute of a load balancer or target group. */
function attributeOf(resource: TemplateResource, template: Template, name: string): unknown {
  const found = template.objects(resource.properties.LoadBalancerAttributes).find(({ Key }) => template.text(Key) === name);
  return found && template.value(found.Value);
}

/** Not for Network and Gateway Load Balancers. */
function isApplication(loadBalancer: TemplateResource, template: Template): boolean {
  const type = template.property(loadBalancer, 'Type');
  return type === undefined || type === 'application';
}

/** An attribute of an Application Load Balancer must have one of some values. */
function mustSay(name: string, good: RegExp, byDefault: string, applies = isApplication): Check {
  return (loadBalancer, template) => {
    if (!applies(loadBalancer, template)) { return NOT_APPLICABLE; }
    const attributes = template.property(loadBalancer, 'LoadBalancerAttributes');
    if (attributes instanceof Unknown) { return undetermined(`LoadBalancerAttributes: ${attributes.reason}`); }
    const value = attributeOf(loadBalancer, template, name);
    if (value instanceof Unknown) { return undetermined(`${name}: ${value.reason}`); }
    return passIf(good.test(value === undefined ? byDefault : template.text(value)), `${name} is ${value === undefined ? 'not set' : template.text(value)}`);
  };
}

const notGateway = (loadBalancer: TemplateResource, template: Template) => template.property(loadBalancer, 'Type') !== 'gateway';

export const dropsInvalidHeaders = mustSay('routing.http.drop_invalid_header_fields.enabled', /^true$/i, 'false');
export const resistsDesync = mustSay('routing.http.desync_mitigation_mode', /^(defensive|strictest)$/, 'defensive');
export const isProtectedFromDeletion = mustSay('deletion_protection.enabled', /^true$/i, 'false', () => true);
export const logsRequests = mustSay('access_logs.s3.enabled', /^true$/i, 'false', notGateway);

export const refusesOldTlsVersions: Check = (listener, template) => {
  const protocol = template.property(listener, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  const policy = template.property(listener, 'SslPolicy');
  const speaksTls = protocol === 'HTTPS' || protocol === 'TLS' || (protocol === undefined && policy !== undefined);
  if (!speaksTls) { return NOT_APPLICABLE; }
  if (policy instanceof Unknown) { return undetermined(`SslPolicy: ${policy.reason}`); }
  if (policy === undefined) { return fail('no SslPolicy: ELB takes ELBSecurityPolicy-2016-08, with TLS 1.0'); }
  return refusesOldTls(template.text(policy)) ? PASS : fail(`${template.text(policy)} offers TLS 1.1 or older`);
};

export const hasCertificate: Check = (listener, template) => {
  const protocol = template.property(listener, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  if (protocol !== 'HTTPS' && protocol !== 'TLS') { return NOT_APPLICABLE; }
  const certificates = template.property(listener, 'Certificates');
  if (certificates instanceof Unknown) { return undetermined(`Certificates: ${certificates.reason}`); }
  const arns = template.objects(certificates).map(({ CertificateArn }) => CertificateArn).filter((arn) => arn !== undefined);
  if (arns.length === 0) { return fail('it has no certificate'); }
  return passIf(!arns.some((arn) => /:iam:.*:server-certificate\//.test(template.text(arn))), 'its certificate is one of IAM, which nobody renews');
};

export const redirectsHttp: Check = (listener, template) => {
  const protocol = template.property(listener, 'Protocol') ?? (template.text(listener.properties.Port) === '80' ? 'HTTP' : undefined);
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  return protocol === 'HTTP' ? onlyRedirects(listener.properties.DefaultActions, template) : NOT_APPLICABLE;
};

/** A rule of a listener on plain HTTP. */
export const ruleRedirectsHttp: Check = (rule, template) => {
  const listener = template.target(rule.properties.ListenerArn);
  if (listener?.type !== 'AWS::ElasticLoadBalancingV2::Listener') { return NOT_APPLICABLE; }
  const protocol = listener.owner.property(listener, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol of ${listener.logicalId}: ${protocol.reason}`); }
  return protocol === 'HTTP' ? onlyRedirects(rule.properties.Actions, template) : NOT_APPLICABLE;
};

function onlyRedirects(written: unknown, template: Template): Verdict {
  const actions = template.list(written);
  const unknown = actions.find((action) => action instanceof Unknown) as Unknown | undefined;
  if (unknown) { return undetermined(`the actions: ${unknown.reason}`); }
  const redirects = actions.length > 0 && actions.every((action) => {
    const { Type, RedirectConfig } = template.object(action);
    return template.value(Type) === 'redirect' && template.value(template.object(RedirectConfig).Protocol) === 'HTTPS';
  });
  return redirects ? PASS : fail('an action does not redirect to HTTPS');
}

/** What an Application Load Balancer forwards to targets over plain HTTP. */
export const encryptsToTargets: Check = (group, template) => {
  const protocol = template.property(group, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  return protocol === 'HTTP' || protocol === 'HTTPS' ? passIf(protocol === 'HTTPS', 'Protocol is HTTP') : NOT_APPLICABLE;
};

export const verifiesClients: Check = (listener, template) => {
  const mutual = template.object(listener.properties.MutualAuthentication);
  if (template.text(mutual.Mode) !== 'verify') { return NOT_APPLICABLE; }
  if (isTrue(template.value(mutual.IgnoreClientCertificateExpiry))) { return fail('IgnoreClientCertificateExpiry is true'); }
  return passIf(mutual.TrustStoreArn !== undefined, 'it has no trust store');
};

export const validatesByDns: Check = (certificate, template) => {
  const method = template.property(certificate, 'ValidationMethod');
  if (certificate.properties.CertificateAuthorityArn !== undefined) { return NOT_APPLICABLE; }
  if (method instanceof Unknown) { return undetermined(`ValidationMethod: ${method.reason}`); }
  return passIf(method === 'DNS', `ValidationMethod is ${method === undefined ? 'not set: by mail' : template.text(method)}`);
};

export const hasStrongKey: Check = (certificate, template) => {
  const algorithm = template.property(certificate, 'KeyAlgorithm') ?? 'RSA_2048';
  if (algorithm instanceof Unknown) { return undetermined(`KeyAlgorithm: ${algorithm.reason}`); }
  return passIf(algorithm !== 'RSA_1024', 'KeyAlgorithm is RSA_1024');
};

export const isInPublicLog: Check = (certificate, template) => {
  const preference = template.property(certificate, 'CertificateTransparencyLoggingPreference');
  if (preference instanceof Unknown) { return undetermined(`CertificateTransparencyLoggingPreference: ${preference.reason}`); }
  return passIf(preference !== 'DISABLED', 'CertificateTransparencyLoggingPreference is DISABLED');
};
