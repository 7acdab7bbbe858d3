import { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IConstruct } from 'constructs';
import type { ListenerDomain } from './listener-domain';
import { EncryptionError } from '../private/errors';
import { placeOf } from '../private/place';
import { knownAtSynth } from '../private/tokens';

/**
 * Throws for a certificate of ACM in another Region or account than the listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export function checkCertificatePlace(path: string, scope: IConstruct, certificateArn: string): void {
  const { region: ownRegion, account: ownAccount } = Stack.of(scope);
  const { region, account } = placeOf(certificateArn, ['AWS::CertificateManager::Certificate']);
  const shown = knownAtSynth(certificateArn) ? ` (${certificateArn})` : '';
  if (differ(region, ownRegion)) {
    throw new EncryptionError(path, 'CertificateInOtherRegion',
      `'certificates' has one of ${region}${shown}, and this stack is in ${ownRegion}: ELB takes certificates of its own Region only. `
      + `Give a certificate of ${ownRegion}, or 'domain', for which ACM makes one.`);
  }
  if (differ(account, ownAccount)) {
    throw new EncryptionError(path, 'CertificateInOtherAccount',
      `'certificates' has one of account ${account}${shown}, and this stack is in ${ownAccount}: ELB takes certificates of its own account only. `
      + `Give a certificate of ${ownAccount}, or 'domain', for which ACM makes one.`);
  }
}

/** Both are known, and are not the same. */
function differ(given: string | undefined, own: string): boolean {
  return given !== undefined && knownAtSynth(own) !== undefined && given !== own;
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
  certificates.forEach(({ certificateArn }) => checkCertificatePlace(path, scope, certificateArn));
  if (!domain) { return certificates; }
  checkDomain(path, domain);
  return [new acm.Certificate(scope, `${id}Certificate`, {
    domainName: domain.domainName,
    subjectAlternativeNames: domain.subjectAlternativeNames,
    validation: acm.CertificateValidation.fromDns(domain.hostedZone),
  })];
}

/**
 * Throws for a name that is not in its hosted zone: the record that proves it could not be read, and the deployment would wait for hours.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function checkDomain(path: string, { domainName, subjectAlternativeNames = [], hostedZone }: ListenerDomain): void {
  const zone = knownAtSynth(zoneNameOf(hostedZone));
  if (zone === undefined) { return; }
  const isIn = (name: string) => name === zone || name.endsWith(`.${zone}`);
  const outside = [domainName, ...subjectAlternativeNames].find((name) => knownAtSynth(name) !== undefined && !isIn(name));
  if (outside === undefined) { return; }
  throw new EncryptionError(path, 'DomainNotInHostedZone',
    `'domain' has '${outside}', which is not in the hosted zone ${zone}: ACM could never prove it, and the deployment would wait for hours. Give the hosted zone of the name.`);
}

/** One that is imported by its id alone has no name, and says so by an error. */
function zoneNameOf(zone: ListenerDomain['hostedZone']): string | undefined {
  try {
    return zone.zoneName.replace(/\.$/, '');
  } catch {
    return undefined;
  }
}
