import { IN_TRANSIT, Rule } from '../../rules/rule';
import { isInPublicLog } from '../certificate-checks';

export const rule: Rule = {
  id: 'Encryption-AcmTransparency',
  severity: 'info',
  guards: 'in transit',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  info: 'A certificate should be in the public transparency logs.',
  why: 'Browsers refuse one that is not; and somebody else\'s certificate for your name is seen there.',
  fix: 'Leave CertificateTransparencyLoggingPreference out.',
  see: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html#best-practices-transparency',
  controls: IN_TRANSIT,
  examples: {
    wrong: {
      'disabled': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, CertificateTransparencyLoggingPreference: DISABLED}`,
      'disabled beside DNS validation': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties:
              DomainName: example.com
              ValidationMethod: DNS
              CertificateTransparencyLoggingPreference: DISABLED`,
    },
    right: {
      'nothing said': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com}`,
      'enabled': `
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties: {DomainName: example.com, CertificateTransparencyLoggingPreference: ENABLED}`,
    },
  },
  check: isInPublicLog,
};
