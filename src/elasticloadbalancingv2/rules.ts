import { refusesOldTls } from './ssl-policies';
import { fail, NOT_APPLICABLE, PASS, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';

export const ELBV2_RULES: Rule[] = [
  {
    id: 'Encryption-ElbListenerTlsPolicy',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
    info: 'A TLS listener must have a security policy that refuses TLS 1.1 and older.',
    why: 'Without one, ELB takes ELBSecurityPolicy-2016-08, which still offers TLS 1.0.',
    fix: 'Use HttpsListener, the mixin ListenerTls, or set SslPolicy to a policy of TLS 1.2 or newer.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
    controls: {
      fsbp: ['ELB.17'],
      nist: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-13', 'SC-23'],
      pci: ['4.2.1'],
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
    },
    check: refusesOldTlsVersions,
  },
  {
    id: 'Encryption-ElbListenerRedirectsHttp',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
    info: 'An HTTP listener must do nothing but redirect to HTTPS.',
    why: 'What it forwards has travelled in the clear.',
    fix: 'Use HttpsLoadBalancer, the mixin ListenerTls, or a default action that redirects to HTTPS.',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions',
    controls: {
      fsbp: ['ELB.1'],
      controlTower: ['CT.ELASTICLOADBALANCING.PR.1'],
      nist: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
      pci: ['4.2.1'],
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
    },
    check: redirectsHttp,
  },
];

function refusesOldTlsVersions(listener: TemplateResource, template: Template): Verdict {
  const protocol = template.property(listener, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  if (protocol !== 'HTTPS' && protocol !== 'TLS') { return NOT_APPLICABLE; }
  const policy = template.property(listener, 'SslPolicy');
  if (policy instanceof Unknown) { return undetermined(`SslPolicy: ${policy.reason}`); }
  if (policy === undefined) { return fail('no SslPolicy: ELB takes ELBSecurityPolicy-2016-08, with TLS 1.0'); }
  return refusesOldTls(template.text(policy)) ? PASS : fail(`${template.text(policy)} offers TLS 1.1 or older`);
}

function redirectsHttp(listener: TemplateResource, template: Template): Verdict {
  const protocol = template.property(listener, 'Protocol');
  if (protocol instanceof Unknown) { return undetermined(`Protocol: ${protocol.reason}`); }
  if (protocol !== 'HTTP') { return NOT_APPLICABLE; }
  const actions = template.list(listener.properties.DefaultActions);
  const unknown = actions.find((action) => action instanceof Unknown) as Unknown | undefined;
  if (unknown) { return undetermined(`DefaultActions: ${unknown.reason}`); }
  const redirects = actions.length > 0 && actions.every((action) => {
    const { Type, RedirectConfig } = template.object(action);
    return template.value(Type) === 'redirect' && template.value(template.object(RedirectConfig).Protocol) === 'HTTPS';
  });
  return redirects ? PASS : fail('a default action does not redirect to HTTPS');
}
