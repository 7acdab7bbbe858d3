import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { ListenerDomain } from './listener-domain';
import { EncryptionError } from '../private/errors';

/** The certificates that are given, or one that is made. Throws where there is neither, or both. */
export function certificatesOf(
  scope: Construct, path: string, id: string,
  { certificates = [], domain }: { readonly certificates?: elbv2.IListenerCertificate[]; readonly domain?: ListenerDomain },
): elbv2.IListenerCertificate[] {
  if (domain && certificates.length > 0) {
    throw new EncryptionError(path, 'ListenerHasTwoCertificates',
      "'domain' makes a certificate, and 'certificates' gives one. Give one of them; further certificates are added by addCertificates().");
  }
  if (!domain && certificates.length === 0) {
    throw new EncryptionError(path, 'ListenerNeedsCertificate',
      "'certificates' cannot be empty: a TLS listener needs a certificate. Give one from ACM, or 'domain', for which ACM makes one.");
  }
  if (!domain) { return certificates; }
  return [new acm.Certificate(scope, `${id}Certificate`, {
    domainName: domain.domainName,
    subjectAlternativeNames: domain.subjectAlternativeNames,
    validation: acm.CertificateValidation.fromDns(domain.hostedZone),
  })];
}
