import { Mixin } from 'aws-cdk-lib';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { refusesOldTls } from './ssl-policies';
import { TlsProfile } from './tls-profile';
import { EncryptionError } from '../private/errors';
import { literal } from '../private/tokens';

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
 * Gives a TLS listener a security policy without old TLS, and lets a plain HTTP listener do nothing but redirect to HTTPS.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export class ListenerTls extends Mixin {
  constructor(private readonly options: ListenerTlsOptions = {}) {
    super();
  }

  /** Supports `CfnListener`. */
  public supports(construct: IConstruct): boolean {
    return CfnListener.isCfnListener(construct);
  }

  /** Sets the security policy, or the redirect. */
  public applyTo(construct: IConstruct): void {
    if (!CfnListener.isCfnListener(construct)) { return; }
    const protocol = literal(construct.protocol);
    if (protocol === 'HTTP') {
      construct.defaultActions = [REDIRECT_TO_HTTPS];
    } else if (protocol === 'HTTPS' || protocol === 'TLS') {
      this.offerTls(construct);
    } else {
      throw new EncryptionError(construct.node.path, 'ListenerIsNotTls',
        `'protocol' ${protocol ?? 'of this listener, which is a token,'} cannot be made to use TLS. Make it HTTPS (or TLS), with a certificate.`);
    }
  }

  private offerTls(listener: CfnListener): void {
    const current = literal(listener.sslPolicy);
    const good = current !== undefined && refusesOldTls(current);
    if (this.options.tlsProfile || !good) {
      listener.sslPolicy = (this.options.tlsProfile ?? TlsProfile.POST_QUANTUM).sslPolicy;
    }
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
const REDIRECT_TO_HTTPS: CfnListener.ActionProperty = {
  type: 'redirect',
  redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
};
