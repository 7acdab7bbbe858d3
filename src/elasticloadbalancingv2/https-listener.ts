import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { certificatesOf, checkCertificatePlace } from './certificates';
import { headerAttributes, refuseWeakerHeader } from './header-attributes';
import type { ListenerDomain } from './listener-domain';
import { ListenerTls } from './mixins';
import { CERTIFICATES, checkAttribute, HTTPS_LISTENER, LISTENER_ACTION, TARGET_GROUPS, TARGETS } from './prop-shapes';
import { OLD_TLS } from './refusals';
import type { ResponseHeaders } from './response-headers';
import { isPostQuantum } from './ssl-policies';
import { plainTargetsOf, refusePlainAction, refusePlainTargetGroups, targetsOverHttps } from './target-encryption';
import { TlsProfile } from './tls-profile';
import { EncryptionError, pathOf, Refusal, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, checkProps, withoutNull } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';

/** Options of a listener of `HttpsLoadBalancer`. */
export interface HttpsListenerOptions extends elbv2.BaseApplicationListenerProps {
  /**
   * The TLS versions and ciphers to offer.
   *
   * @default TlsProfile.POST_QUANTUM
   */
  readonly tlsProfile?: TlsProfile;

  /**
   * Headers that the load balancer adds to every response: HSTS and others.
   *
   * @default - HSTS for two years, nosniff, frames of the same origin only, no name of the server
   */
  readonly responseHeaders?: ResponseHeaders;

  /**
   * Makes a certificate with ACM, instead of `certificates`.
   *
   * @default - `certificates` are given
   */
  readonly domain?: ListenerDomain;

  /**
   * Whether the load balancer speaks HTTPS to its targets too: `addTargets` then takes HTTPS on port 443, and a target group over
   * HTTP is an error, in whatever action or rule. ELB does not verify the certificates of targets.
   *
   * @default false
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
   */
  readonly targetsOverHttps?: boolean;
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
    because: 'an HttpsListener uses HTTPS (AWS FSBP ELB.1)',
    remedy: 'Leave it out; HttpsLoadBalancer redirects plain HTTP itself',
  },
  {
    prop: 'port',
    code: 'ListenerMustUseHttps',
    refuses: (value) => value === 80,
    because: 'port 80 is for plain HTTP',
    remedy: 'Leave it out, or choose another port',
  },
  OLD_TLS,
  {
    prop: 'mutualAuthentication',
    code: 'ListenerTrustsAnyClient',
    refuses: ({ mutualAuthenticationMode: mode, trustStore, ignoreClientCertificateExpiry }: elbv2.MutualAuthentication) =>
      ignoreClientCertificateExpiry === true || (trustStore === undefined && mode === elbv2.MutualAuthenticationMode.VERIFY),
    because: 'client certificates are verified against a trust store, and expired ones are refused',
    remedy: 'Give `mutualAuthenticationMode` VERIFY with a `trustStore`, and leave `ignoreClientCertificateExpiry` out',
  },
];

/**
 * A TLS listener: no TLS below 1.2, post-quantum key exchange where the client knows it (a `sslPolicy` without it is a warning), HSTS, and
 * always a certificate of its Region, which ACM makes and renews where `domain` is given.
 */
export class HttpsListener extends elbv2.ApplicationListener {
  private readonly encryptsTargets: boolean;

  constructor(scope: Construct, id: string, props: HttpsListenerProps) {
    const path = checkedPath(scope, id, props, HTTPS_LISTENER);
    props = withoutNull(props);
    refuse(path, props, REFUSED);
    if (props.sslPolicy && props.tlsProfile) {
      throw new EncryptionError(path, 'ListenerHasTwoPolicies', "'sslPolicy' and 'tlsProfile' both choose the TLS policy. Give one of them.");
    }
    const { tlsProfile, responseHeaders, domain, targetsOverHttps: encryptsTargets, ...inherited } = props;
    if (encryptsTargets) {
      refusePlainTargetGroups(path, scope, props.defaultTargetGroups);
      refusePlainAction(path, scope, props.defaultAction);
    }
    super(scope, id, markManaged({ ...inherited, certificates: certificatesOf(scope, path, id, props), protocol: elbv2.ApplicationProtocol.HTTPS }));
    this.encryptsTargets = encryptsTargets ?? false;
    const cfnListener = this.node.defaultChild as elbv2.CfnListener;
    new ListenerTls({ tlsProfile }).applyTo(cfnListener);
    if (props.sslPolicy) { warnOfQuantum(this, props.sslPolicy); }
    headerAttributes(responseHeaders ?? {}).forEach(([key, value]) => super.setAttribute(key, value));
    if (encryptsTargets) { this.node.addValidation({ validate: () => plainTargetsOf(cfnListener) }); }
  }

  /** Adds an action; one that forwards to targets over plain HTTP is an error where the listener was made with `targetsOverHttps`. */
  public addAction(id: string, props: elbv2.AddApplicationActionProps): void {
    checkProps(pathOf(this, id), props, LISTENER_ACTION);
    if (this.encryptsTargets) { refusePlainAction(pathOf(this, id), this, props.action); }
    super.addAction(id, props);
  }

  /** Adds targets, over HTTPS where the listener was made with `targetsOverHttps`. */
  public addTargets(id: string, props: elbv2.AddApplicationTargetsProps): elbv2.ApplicationTargetGroup {
    checkProps(pathOf(this, id), props, TARGETS);
    return super.addTargets(id, this.encryptsTargets ? targetsOverHttps(pathOf(this, id), props) : props);
  }

  /** Adds target groups; one over plain HTTP is an error where the listener was made with `targetsOverHttps`. */
  public addTargetGroups(id: string, props: elbv2.AddApplicationTargetGroupsProps): void {
    checkProps(pathOf(this, id), props, TARGET_GROUPS);
    if (this.encryptsTargets) { refusePlainTargetGroups(pathOf(this, id), this, props.targetGroups); }
    super.addTargetGroups(id, props);
  }

  /** Adds certificates; one of another Region is an error. */
  public addCertificates(id: string, certificates: elbv2.IListenerCertificate[]): void {
    checkArgument(pathOf(this, id), 'certificates', certificates, CERTIFICATES);
    certificates.forEach(({ certificateArn }) => checkCertificatePlace(this.node.path, this, certificateArn));
    super.addCertificates(id, certificates);
  }

  /** Sets an attribute; a response header that `responseHeaders` gives cannot be switched off here. */
  public setAttribute(key: string, value: string | undefined): void {
    checkAttribute(this.node.path, key, value);
    refuseWeakerHeader(this.node.path, key, value);
    super.setAttribute(key, value);
  }
}

/** The docs promise post-quantum key exchange: a policy that the caller chose without it is said. A token is said by the mixin. */
function warnOfQuantum(listener: HttpsListener, sslPolicy: string): void {
  if (knownAtSynth(sslPolicy) === undefined || isPostQuantum(sslPolicy)) { return; }
  warn(listener, 'ListenerNotPostQuantum', `${listener.node.path}: the 'sslPolicy' ${sslPolicy} has no post-quantum key exchange: what is recorded today could be decrypted by a `
    + 'quantum computer later. Leave it out, choose a `tlsProfile`, or a policy with PQ in its name.');
}
