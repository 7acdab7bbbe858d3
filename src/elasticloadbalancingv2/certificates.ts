import { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IConstruct } from 'constructs';
import type { ListenerDomain } from './listener-domain';
import { EncryptionError } from '../private/errors';
import { placeOf } from '../private/place';
import { knownAtSynth } from '../private/tokens';

/**
 * Throws for a certificate of ACM in another Region than the listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export function checkCertificateRegion(path: string, scope: IConstruct, certificateArn: string): void {
  const own = knownAtSynth(Stack.of(scope).region);
  const { region } = placeOf(certificateArn, ['AWS::CertificateManager::Certificate']);
  if (!own || !region || own === region) { return; }
  throw new EncryptionError(path, 'CertificateInOtherRegion',
    `'certificates' has one of ${region}${knownAtSynth(certificateArn) ? ` (${certificateArn})` : ''}, and this stack is in ${own}: ELB takes certificates of its own Region only. `
    + `Give a certificate of ${own}, or 'domain', for which ACM makes one.`);
}

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
  certificates.forEach(({ certificateArn }) => checkCertificateRegion(path, scope, certificateArn));
  if (!domain) { return certificates; }
  return [new acm.Certificate(scope, `${id}Certificate`, {
    domainName: domain.domainName,
    subjectAlternativeNames: domain.subjectAlternativeNames,
    validation: acm.CertificateValidation.fromDns(domain.hostedZone),
  })];
}
