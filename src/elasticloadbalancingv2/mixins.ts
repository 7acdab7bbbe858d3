import { Mixin } from 'aws-cdk-lib';
import { CfnListener, CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { checkCertificatePlace } from './certificates';
import { LISTENER_TLS } from './prop-shapes';
import { refusesOldTls } from './ssl-policies';
import { TlsProfile } from './tls-profile';
import { ownerPath } from '../private/errors';
import { refuseTarget } from '../private/mixin-target';
import { referenceIn } from '../private/place';
import { checkProps } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** Options of the mixin `ListenerTls`. */
export interface ListenerTlsOptions {
  /**
   * The TLS versions and ciphers to offer.
   *
   * @default - the listener's own security policy where that refuses TLS 1.1, else TlsProfile.POST_QUANTUM
   */
  readonly tlsProfile?: TlsProfile;
}

/**
 * Gives a TLS listener a security policy without old TLS, and makes a plain HTTP listener only redirect to HTTPS.
 *
 * What it cannot improve it leaves as it is: a TCP or UDP listener, which passes TLS through to its targets, without a word; and with a warning a
 * plain HTTP listener of a load balancer on which nothing listens for HTTPS, and a protocol or policy that is a token. Apply it when the
 * listeners of a load balancer are made.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export class ListenerTls extends Mixin {
  constructor(private readonly options: ListenerTlsOptions = {}) {
    super();
    checkProps('ListenerTls', options, LISTENER_TLS);
  }

  /** Supports `CfnListener`. */
  public supports(construct: IConstruct): boolean {
    return CfnListener.isCfnListener(construct);
  }

  /** Sets the security policy, or the redirect. Throws for a certificate of another Region. */
  public applyTo(construct: IConstruct): void {
    if (!CfnListener.isCfnListener(construct)) { refuseTarget('ListenerTls', construct, 'listeners (AWS::ElasticLoadBalancingV2::Listener)'); }
    const protocol = knownAtSynth(construct.protocol);
    if (protocol === 'HTTP') {
      redirect(construct);
    } else if (protocol === 'HTTPS' || protocol === 'TLS') {
      certificatesOf(construct).forEach((arn) => checkCertificatePlace(ownerPath(construct), construct, arn));
      this.offerTls(construct);
    } else if (protocol === undefined) {
      warn(construct, 'ListenerIsNotTls', `${ownerPath(construct)}: its 'protocol' is left out or a token, so the listener is left as it is. Say HTTPS or TLS, with a certificate.`);
    }
  }

  private offerTls(listener: CfnListener): void {
    const { tlsProfile } = this.options;
    const current = listener.sslPolicy;
    const chosen = tlsProfile?.sslPolicy ?? current;
    if (chosen !== undefined && knownAtSynth(chosen) === undefined) {
      listener.sslPolicy = chosen;
      warn(listener, 'ListenerTlsUnknown', `${ownerPath(listener)}: its '${tlsProfile ? 'tlsProfile' : 'sslPolicy'}' is a token and stays: make sure that the policy refuses TLS 1.1 and older.`);
    } else if (tlsProfile || current === undefined || !refusesOldTls(current)) {
      listener.sslPolicy = (tlsProfile ?? TlsProfile.POST_QUANTUM).sslPolicy;
    }
  }
}

/** To the port on which the load balancer listens for HTTPS; none where the app makes the load balancer and no such listener. */
function redirect(listener: CfnListener): void {
  const secure = secureListeners(listener);
  if (secure && secure.length === 0) {
    warn(listener, 'ListenerHasNoTls', `${ownerPath(listener)}: nothing listens for HTTPS on its load balancer, so a redirect to port 443 would end in nothing: the listener is left on plain HTTP. `
      + 'Add an HTTPS listener with a certificate, and apply the mixin after that.');
    return;
  }
  const ports = (secure ?? []).map(({ port }) => port ?? HTTPS_PORT);
  const port = ports.length === 0 || ports.includes(HTTPS_PORT) ? HTTPS_PORT : ports[0];
  listener.defaultActions = [{ type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: String(port), statusCode: 'HTTP_301' } }];
}

/** The HTTPS listeners of a load balancer that this app makes; `undefined` where another app makes it. */
function secureListeners(listener: CfnListener): CfnListener[] | undefined {
  const target = referenceIn(listener.loadBalancerArn)?.target;
  if (!target || !CfnLoadBalancer.isCfnLoadBalancer(target)) { return undefined; }
  return listener.node.root.node.findAll().filter((construct): construct is CfnListener => CfnListener.isCfnListener(construct)
    && construct.protocol === 'HTTPS' && referenceIn(construct.loadBalancerArn)?.target === target);
}

function certificatesOf(listener: CfnListener): string[] {
  const certificates: unknown = listener.certificates;
  return Array.isArray(certificates) ? certificates.flatMap(({ certificateArn }) => certificateArn ?? []) : [];
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
const HTTPS_PORT = 443;
