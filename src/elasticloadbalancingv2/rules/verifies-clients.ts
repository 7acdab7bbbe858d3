import { IN_TRANSIT, Rule } from '../../rules/rule';
import { verifiesClients } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbVerifiesClients',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  info: 'Mutual TLS must verify client certificates against a trust store, and refuse expired ones.',
  why: 'A certificate that is not checked proves nothing.',
  fix: 'Set TrustStoreArn, and leave IgnoreClientCertificateExpiry out.',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html',
  controls: { ...IN_TRANSIT, nist: ['IA-3', ...IN_TRANSIT.nist] },
  examples: {
    wrong: {
      'no trust store': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, MutualAuthentication: {Mode: verify}}`,
      'expired ones taken': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              MutualAuthentication:
                Mode: verify
                TrustStoreArn: !Ref Store
                IgnoreClientCertificateExpiry: true`,
    },
    right: {
      'a trust store': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              MutualAuthentication:
                Mode: verify
                TrustStoreArn: arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/x`,
      'expired ones refused explicitly': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              MutualAuthentication:
                Mode: verify
                TrustStoreArn: !Ref Store
                IgnoreClientCertificateExpiry: false`,
    },
    undetermined: {
      'a mode that is not known, and expired ones taken': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              MutualAuthentication: {Mode: !Ref Mode, IgnoreClientCertificateExpiry: true}
        Parameters: {Mode: {Type: String}}`,
    },
    notApplicable: {
      'certificates that are passed on to the targets': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, MutualAuthentication: {Mode: passthrough}}`,
    },
  },
  check: verifiesClients,
};
