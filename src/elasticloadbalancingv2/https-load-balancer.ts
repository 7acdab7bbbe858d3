import { RemovalPolicy } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ACCESS_LOG_PREFIX, CONNECTION_LOG_PREFIX } from './defaults';
import { HttpsListener, HttpsListenerOptions } from './https-listener';
import { redirectsToHttps, speaksPlainHttp } from './plain-http';
import { plainHttpThatForwards } from './plain-http-validation';
import { checkAttribute, HTTPS_LISTENER_OPTIONS, HTTPS_LOAD_BALANCER } from './prop-shapes';
import { RedirectListener } from './redirect-listener';
import { BUCKET } from '../private/common-kinds';
import { EncryptionError, pathOf, Refusal, refuse, show } from '../private/errors';
import { checkArgument, checkedPath, checkProps, withoutNull } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { accessLogBucket, refuseKmsLogBucket } from '../s3/access-log-bucket';

/** Properties of `HttpsLoadBalancer`. */
export interface HttpsLoadBalancerProps extends elbv2.ApplicationLoadBalancerProps {
  /**
   * The bucket for access logs, encrypted with S3's own keys: ELB cannot write to one under SSE-KMS.
   *
   * @default - one log bucket for the stack, shared with the access logs of its buckets
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * The bucket for connection logs (client address, TLS version, cipher and certificate of each connection), encrypted with S3's
   * own keys.
   *
   * @default - the bucket for access logs
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
   */
  readonly connectionLogsBucket?: s3.IBucket;

  /**
   * Whether port 80 redirects to HTTPS; with `false` nothing listens there.
   *
   * @default true
   */
  readonly redirectHttp?: boolean;
}

const REFUSED: ReadonlyArray<Refusal<HttpsLoadBalancerProps>> = [
  {
    prop: 'dropInvalidHeaderFields',
    code: 'LoadBalancerKeepsInvalidHeaders',
    refuses: (value) => value === false,
    because: 'invalid headers are a way to smuggle requests (AWS FSBP ELB.4)',
    remedy: 'Leave it out',
  },
  {
    prop: 'desyncMitigationMode',
    code: 'LoadBalancerMonitorsDesync',
    refuses: (value) => value === elbv2.DesyncMitigationMode.MONITOR,
    because: 'it only watches requests that desynchronize (AWS FSBP ELB.12)',
    remedy: 'Leave it out, or choose STRICTEST',
  },
];

/**
 * An Application Load Balancer that accepts TLS only: port 80 redirects, invalid headers are dropped, requests are logged, and
 * deletion is protected. Add listeners with `addHttpsListener`.
 *
 * Takes every prop of `elbv2.ApplicationLoadBalancer`; a value that would weaken these guarantees is an error.
 */
export class HttpsLoadBalancer extends elbv2.ApplicationLoadBalancer {
  /** The listener on port 80 that redirects to HTTPS, where there is one. */
  public readonly redirectListener?: elbv2.ApplicationListener;

  constructor(scope: Construct, id: string, props: HttpsLoadBalancerProps) {
    const path = checkedPath(scope, id, props, HTTPS_LOAD_BALANCER);
    props = withoutNull(props);
    refuse(path, props, REFUSED);
    const { accessLogsBucket, connectionLogsBucket, redirectHttp, ...inherited } = props;
    super(scope, id, {
      deletionProtection: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
      ...inherited,
      dropInvalidHeaderFields: true,
    });
    const logs = accessLogsBucket ?? accessLogBucket(this, props.deletionProtection === false ? RemovalPolicy.DESTROY : undefined);
    this.logAccessLogs(logs, ACCESS_LOG_PREFIX);
    this.logConnectionLogs(connectionLogsBucket ?? logs, CONNECTION_LOG_PREFIX);
    this.node.addValidation({ validate: () => plainHttpThatForwards(this) });
    if (redirectHttp ?? true) { this.redirectListener = this.addRedirect(); }
  }

  /** Adds a TLS listener, on port 443 by default. */
  public addHttpsListener(id: string, options: HttpsListenerOptions): HttpsListener {
    return new HttpsListener(this, id, { ...options, loadBalancer: this });
  }

  /**
   * Writes access logs to a bucket, and allows ELB in its policy. Throws where the bucket is encrypted with a KMS key.
   *
   * Unlike the base class, it works without an explicit Region: one service principal delivers in every Region.
   *
   * @param bucket encrypted with S3's own keys
   * @param prefix without a slash at its end
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
   */
  public logAccessLogs(bucket: s3.IBucket, prefix?: string): void {
    this.deliverLogs(ACCESS_LOGS, bucket, prefix ?? '');
  }

  /**
   * Writes connection logs to a bucket, and allows ELB in its policy. Throws where the bucket is encrypted with a KMS key.
   *
   * @param bucket encrypted with S3's own keys
   * @param prefix without a slash at its end
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-connection-logging.html
   */
  public logConnectionLogs(bucket: s3.IBucket, prefix?: string): void {
    this.deliverLogs(CONNECTION_LOGS, bucket, prefix ?? '');
  }

  /**
   * Adds a listener, as `elbv2.ApplicationLoadBalancer` does: an `HttpsListener`, or one on plain HTTP that only redirects.
   */
  public addListener(id: string, props: elbv2.BaseApplicationListenerProps): elbv2.ApplicationListener {
    checkProps<HttpsListenerOptions>(pathOf(this, id), props, HTTPS_LISTENER_OPTIONS);
    if (!speaksPlainHttp(props ?? {})) { return this.addHttpsListener(id, props); }
    if (redirectsToHttps(props.defaultAction)) { return new RedirectListener(this, id, { ...props, loadBalancer: this }); }
    throw new EncryptionError(pathOf(this, id), 'ListenerIsPlainHttp',
      `'protocol' cannot be HTTP (port ${props.port ?? 80}): an HttpsLoadBalancer does not forward requests that came without TLS. `
      + 'Use addHttpsListener(); port 80 redirects already.');
  }

  /** Sets an attribute; one that would weaken what an HttpsLoadBalancer promises is an error. */
  public setAttribute(key: string, value: string | undefined): void {
    checkAttribute(this.node.path, key, value);
    const good = GUARANTEED[key];
    if (good && (value === undefined || (knownAtSynth(value) !== undefined && !good.test(value)))) {
      throw new EncryptionError(this.node.path, 'LoadBalancerAttributeWeak',
        `the attribute '${key}' cannot be ${value === undefined ? 'removed' : show(value)}: an HttpsLoadBalancer drops invalid headers, resists desync and logs. Leave it as it is.`);
    }
    super.setAttribute(key, value);
  }

  private deliverLogs(kind: LogKind, bucket: s3.IBucket, prefix: string): void {
    checkArgument(this.node.path, 'bucket', bucket, BUCKET);
    refuseKmsLogBucket(this.node.path, kind.prop, bucket);
    this.setAttribute(`${kind.attribute}.s3.enabled`, 'true');
    this.setAttribute(`${kind.attribute}.s3.bucket`, bucket.bucketName);
    this.setAttribute(`${kind.attribute}.s3.prefix`, prefix);
    const objects = bucket.arnForObjects(`${prefix ? `${prefix}/` : ''}AWSLogs/${this.env.account}/*`);
    bucket.addToResourcePolicy(elbLogDelivery(`${kind.sid}${prefix === kind.prefix ? '' : prefix.replace(/[^A-Za-z0-9]/g, '')}`, objects));
    if (bucket.policy) { this.node.defaultChild?.node.addDependency(bucket.policy); }
  }
}

/** Attributes that stay, whoever sets them. */
const GUARANTEED: Record<string, RegExp> = {
  'routing.http.drop_invalid_header_fields.enabled': /^true$/i,
  'routing.http.desync_mitigation_mode': /^(defensive|strictest)$/,
  'access_logs.s3.enabled': /^true$/i,
  'connection_logs.s3.enabled': /^true$/i,
};

/** A kind of log that ELB delivers to S3. */
interface LogKind {
  readonly attribute: string;
  readonly prop: string;
  readonly prefix: string;
  readonly sid: string;
}

const ACCESS_LOGS: LogKind = { attribute: 'access_logs', prop: 'accessLogsBucket', prefix: ACCESS_LOG_PREFIX, sid: 'ElbAccessLogs' };
const CONNECTION_LOGS: LogKind = { attribute: 'connection_logs', prop: 'connectionLogsBucket', prefix: CONNECTION_LOG_PREFIX, sid: 'ElbConnectionLogs' };

/** The bucket policy's statement for ELB: an account's logs are kept apart by the path. */
function elbLogDelivery(sid: string, objects: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    principals: [new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [objects],
  });
}
