import { IN_TRANSIT, Rule } from '../../rules/rule';
import { hasCertificate } from '../listener-checks';

export const rule: Rule = {
  id: 'Encryption-ElbListenerCertificate',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  info: 'A TLS listener must have a certificate of ACM, of its own Region.',
  why: 'ELB refuses the listener without one, and with one of another Region; one that was uploaded to IAM expires unnoticed.',
  fix: 'Set Certificates, with a certificate of ACM (HttpsListener: certificates, domain).',
  see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html',
  controls: { controlTower: ['CT.ELASTICLOADBALANCING.PR.2'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'of another Region': `
        Metadata: {Region: us-east-1}
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              Certificates: [{CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/x}]`,
      'none': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS}`,
      'of IAM': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              Certificates: [{CertificateArn: arn:aws:iam::111122223333:server-certificate/x}]`,
      'of IAM, in the template': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, Certificates: [{CertificateArn: !GetAtt C.Arn}]}
          C:
            Type: AWS::IAM::ServerCertificate`,
    },
    right: {
      'of ACM, of its Region': `
        Metadata: {Region: eu-west-1}
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              Certificates: [{CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/x}]`,
      'of ACM': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties:
              Protocol: HTTPS
              Certificates: [{CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/x}]`,
      'of the template': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: TLS, Certificates: [{CertificateArn: !Ref C}]}
          C:
            Type: AWS::CertificateManager::Certificate`,
    },
    undetermined: {
      'one that a parameter names': `
        Resources:
          Listener:
            Type: AWS::ElasticLoadBalancingV2::Listener
            Properties: {Protocol: HTTPS, Certificates: [{CertificateArn: !Ref Arn}]}
        Parameters: {Arn: {Type: String}}`,
    },
  },
  check: hasCertificate,
};
