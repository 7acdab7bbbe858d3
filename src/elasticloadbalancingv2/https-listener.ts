import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY_ATTRIBUTE } from './defaults';
import { ListenerTls } from './mixins';
import { OLD_TLS } from './refusals';
import { TlsProfile } from './tls-profile';
import { EncryptionError, pathOf, Refusal, refuse } from '../private/errors';
import { asProtected } from '../private/injector';

/** What a listener of `HttpsLoadBalancer` takes. */
export interface HttpsListenerOptions extends elbv2.BaseApplicationListenerProps {
  /**
   * The TLS versions and ciphers to offer.
   *
   * @default TlsProfile.POST_QUANTUM
   */
  readonly tlsProfile?: TlsProfile;

  /**
   * The value of the Strict-Transport-Security header in every response, or an empty text for none.
   *
   * @default 'max-age=63072000; includeSubDomains'
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
   */
  readonly strictTransportSecurity?: string;
}

/** Properties of `HttpsListener`. */
export interface HttpsListenerProps extends HttpsListenerOptions {
  /** The load balancer to listen on. */
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
}

const REFUSED: ReadonlyArray<Refusal<HttpsListenerProps>> = [
  {
    prop: 'protocol',
    code: 'ListenerMustUseHttps',
    refuses: (value) => value !== elbv2.ApplicationProtocol.HTTPS,
    because: 'an HttpsListener speaks HTTPS (AWS FSBP ELB.1)',
    remedy: 'Leave it out; HttpsLoadBalancer redirects plain HTTP by itself',
  },
  {
    prop: 'port',
    code: 'ListenerMustUseHttps',
    refuses: (value) => value === 80,
    because: 'port 80 is for plain HTTP',
    remedy: 'Leave it out, or choose another port',
  },
  OLD_TLS,
];

/**
 * A TLS listener: no TLS below 1.2, post-quantum key exchange where the client knows it, HSTS, and always a certificate.
 */
export class HttpsListener extends elbv2.ApplicationListener {
  constructor(scope: Construct, id: string, props: HttpsListenerProps) {
    const path = pathOf(scope, id);
    refuse(path, props, REFUSED);
    if (props.sslPolicy && props.tlsProfile) {
      throw new EncryptionError(path, 'ListenerHasTwoPolicies', "'sslPolicy' and 'tlsProfile' both choose the TLS policy. Give one of them.");
    }
    if (!props.certificates?.length) {
      throw new EncryptionError(path, 'ListenerNeedsCertificate',
        "'certificates' cannot be empty: a TLS listener needs a certificate. Give one from ACM (acm.Certificate with DNS validation).");
    }
    const { tlsProfile, strictTransportSecurity, ...inherited } = props;
    super(scope, id, asProtected({ ...inherited, protocol: elbv2.ApplicationProtocol.HTTPS }));
    new ListenerTls({ tlsProfile }).applyTo(this.node.defaultChild!);
    const hsts = strictTransportSecurity ?? STRICT_TRANSPORT_SECURITY;
    if (hsts) { this.setAttribute(STRICT_TRANSPORT_SECURITY_ATTRIBUTE, hsts); }
  }
}
