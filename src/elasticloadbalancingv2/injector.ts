import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { checkCertificatePlace } from './certificates';
import { redirectsToHttps, speaksPlainHttp } from './plain-http';
import { OLD_TLS } from './refusals';
import { TlsProfile } from './tls-profile';
import { EncryptionError } from '../private/errors';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** Gives every HTTPS `elbv2.ApplicationListener` a good security policy; one on plain HTTP may only redirect to HTTPS. */
export class ListenerInjector extends ProtectingInjector<elbv2.ApplicationListenerProps> {
  public static readonly TARGET = elbv2.ApplicationListener.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = [OLD_TLS];

  protected protect(
    props: elbv2.ApplicationListenerProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof elbv2.ApplicationListenerProps>,
  ): Partial<elbv2.ApplicationListenerProps> {
    if (speaksPlainHttp(props)) {
      this.accepts(scope, () => refuseForwarding(path, props));
      return {};
    }
    this.accepts(scope, () => props.certificates?.forEach(({ certificateArn }) => checkCertificatePlace(path, scope, certificateArn)));
    return insecure.has('sslPolicy') ? {} : { sslPolicy: props.sslPolicy ?? TlsProfile.POST_QUANTUM.sslPolicy as elbv2.SslPolicy };
  }
}

function refuseForwarding(path: string, { defaultAction, port }: elbv2.ApplicationListenerProps): void {
  if (redirectsToHttps(defaultAction)) { return; }
  throw new EncryptionError(path, 'ListenerIsPlainHttp',
    `'protocol' cannot be HTTP (port ${port ?? 80}) for a listener that does not redirect: requests reach it without encryption (AWS FSBP ELB.1). `
    + 'Make it HTTPS, or redirect: ListenerAction.redirect({ protocol: \'HTTPS\', port: \'443\', permanent: true }).');
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new ListenerInjector(ListenerInjector.TARGET, settings, ListenerInjector.REFUSALS, previous(ListenerInjector.TARGET))];
