import { IN_TRANSIT, Rule } from '../../rules/rule';
import { hasStrongKey } from '../certificate-checks';

export const rule: Rule = {
  id: 'Encryption-AcmKeyStrength',
  severity: 'error',
  guards: 'in transit',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  info: 'A certificate must have a key of at least 2048 bits.',
  why: 'RSA of 1024 bits can be broken.',
  fix: 'Leave KeyAlgorithm out, or choose RSA_2048, EC_prime256v1 or stronger.',
  see: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html',
  controls: { fsbp: ['ACM.2'], ...IN_TRANSIT },
  examples: {
    wrong: {
      '1024 bits': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, KeyAlgorithm: RSA_1024}`,
      '1024 bits of a private authority': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties:
              DomainName: example.com
              KeyAlgorithm: RSA_1024
              CertificateAuthorityArn: arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x`,
    },
    right: {
      'nothing said': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com}`,
      'elliptic': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, KeyAlgorithm: EC_prime256v1}`,
    },
  },
  check: hasStrongKey,
};
