import { IN_TRANSIT, Rule } from '../../rules/rule';
import { validatesByDns } from '../certificate-checks';

export const rule: Rule = {
  id: 'Encryption-AcmDnsValidation',
  severity: 'warning',
  guards: 'in transit',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  info: 'A certificate should be validated by DNS.',
  why: 'ACM renews it as long as the record is there; one that is validated by email expires if nobody answers the email.',
  fix: 'Set ValidationMethod to DNS (HttpsListener: domain).',
  see: 'https://docs.aws.amazon.com/acm/latest/userguide/domain-ownership-validation.html',
  controls: { fsbp: ['ACM.1'], ...IN_TRANSIT },
  examples: {
    wrong: {
      'nothing said, which is mail': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com}`,
      'by mail': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, ValidationMethod: EMAIL}`,
    },
    right: {
      'by DNS': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, ValidationMethod: DNS}`,
      'by DNS in a zone': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties:
              DomainName: example.com
              ValidationMethod: DNS
              DomainValidationOptions: [{DomainName: example.com, HostedZoneId: Z1}]`,
    },
  },
  check: validatesByDns,
};
