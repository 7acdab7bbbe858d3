import { IN_TRANSIT, Rule } from '../../rules/rule';
import { refusesOldTlsVersions } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbListenerTlsPolicy',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  info: 'A TLS listener must have a security policy that refuses TLS 1.1 and older.',
  why: 'Without one, ELB takes ELBSecurityPolicy-2016-08, which still offers TLS 1.0.',
  fix: 'Use HttpsListener, the mixin ListenerTls, or set SslPolicy to a policy of TLS 1.2 or newer.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
  controls: { fsbp: ['ELB.17'], ...IN_TRANSIT, nist: ['SC-13', ...IN_TRANSIT.nist] },
  examples: {
    wrong: {
      'none, which is the policy of 2016': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
      'TLS 1.0': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-2016-08}`,
      'TLS 1.1': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-1-2021-06}`,
      'forward secrecy with TLS 1.0': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: TLS, SslPolicy: ELBSecurityPolicy-FS-2018-06}`,
      'TLS 1.3 down to 1.0': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-0-2021-06}`,
    },
    right: {
      'TLS 1.3 and 1.2': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06}`,
      'post-quantum': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: TLS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-PQ-2025-09}`,
      'FIPS': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04}`,
      'a policy that is newer than this rule': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-3-PQ-2031-01}`,
    },
    notApplicable: {
      'plain HTTP': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTP}`,
    },
  },
  check: refusesOldTlsVersions,
};
