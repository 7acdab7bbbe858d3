import { Check, fail, NOT_APPLICABLE, PASS, passIf } from '../rules/rule';
import { dependingOn, verdictOn } from '../rules/values';

export const validatesByDns: Check = (certificate) => {
  const authority = certificate.get('CertificateAuthorityArn');
  if (authority.kind === 'value' && authority.text !== '') { return NOT_APPLICABLE; }
  return dependingOn(authority.kind === 'unknown' ? authority : undefined, verdictOn(certificate.get('ValidationMethod').literal(), {
    absent: fail('ValidationMethod is not set: by mail'),
    value: ({ text }) => passIf(text === 'DNS', `ValidationMethod is ${text}`),
  }));
};

export const hasStrongKey: Check = (certificate) => verdictOn(certificate.get('KeyAlgorithm').literal(), {
  absent: PASS, value: ({ text }) => passIf(text !== 'RSA_1024', 'KeyAlgorithm is RSA_1024'),
});

export const isInPublicLog: Check = (certificate) => verdictOn(certificate.get('CertificateTransparencyLoggingPreference').literal(), {
  absent: PASS, value: ({ text }) => passIf(text !== 'DISABLED', 'CertificateTransparencyLoggingPreference is DISABLED'),
});
