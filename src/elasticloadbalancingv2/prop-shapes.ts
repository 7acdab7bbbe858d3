import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { BUCKET, FLAG, NUMBER, SECONDS, SECURITY_GROUP, SUBNETS, TEXT, TEXTS, VPC } from '../private/common-kinds';
import { listOf, objectWith, oneOf, shape } from '../private/kinds';
import { checkArgument, propsShape } from '../private/props';

const TLS_PROFILE = objectWith('a TlsProfile', ['sslPolicy'], (value) => (typeof value === 'string'
  ? 'Give one of its constants, such as `TlsProfile.POST_QUANTUM`, or a security policy of ELB as `sslPolicy`'
  : 'Give one of its constants, such as `TlsProfile.POST_QUANTUM`'));
const CERTIFICATE = objectWith('a certificate', ['certificateArn'], (value) => (typeof value === 'string'
  ? `Give \`elbv2.ListenerCertificate.fromArn('${value}')\`` : 'Give an `acm.Certificate`, or `elbv2.ListenerCertificate.fromArn(…)`'));
export const CERTIFICATES = listOf(CERTIFICATE, 'certificates', '[certificate]');
const HOSTED_ZONE = objectWith('a hosted zone', ['hostedZoneId'], (value) => (typeof value === 'string'
  ? `Look it up: \`route53.HostedZone.fromLookup(this, 'Zone', { domainName: '${value}' })\`` : 'Give a `route53.HostedZone`'));
const DOMAIN = shape(
  'an object with domainName and hostedZone',
  { domainName: TEXT, hostedZone: HOSTED_ZONE, subjectAlternativeNames: TEXTS },
  ['domainName', 'hostedZone'],
  (value) => `Give \`{ domainName: '${typeof value === 'string' ? value : 'shop.example.com'}', hostedZone }\`, with the public hosted zone of the name`,
);
const HEADERS = shape('an object with headers', {
  strictTransportSecurity: TEXT,
  contentTypeOptions: TEXT,
  frameOptions: TEXT,
  contentSecurityPolicy: TEXT,
  accessControlAllowOrigin: TEXT,
  server: FLAG,
}, [], () => "Give `{ frameOptions: 'DENY' }` and the like, or leave it out");
const ACTION = objectWith('an elbv2.ListenerAction', ['renderActions'], () =>
  'Give one of its factories, such as `elbv2.ListenerAction.forward([targetGroup])`');
const TARGET_GROUP = objectWith('a target group', ['targetGroupArn'], () => 'Give an `elbv2.ApplicationTargetGroup`');
const LOAD_BALANCER = objectWith('a load balancer', ['loadBalancerArn'], () => 'Give an HttpsLoadBalancer, or use its addHttpsListener()');

export const HTTPS_LOAD_BALANCER = propsShape({
  of: 'HttpsLoadBalancer',
  kinds: {
    vpc: VPC,
    vpcSubnets: SUBNETS,
    internetFacing: FLAG,
    deletionProtection: FLAG,
    dropInvalidHeaderFields: FLAG,
    loadBalancerName: TEXT,
    accessLogsBucket: BUCKET,
    connectionLogsBucket: BUCKET,
    redirectHttp: FLAG,
    clientKeepAlive: SECONDS,
    crossZoneEnabled: FLAG,
    denyAllIgwTraffic: FLAG,
    desyncMitigationMode: oneOf('elbv2.DesyncMitigationMode', elbv2.DesyncMitigationMode),
    http2Enabled: FLAG,
    idleTimeout: SECONDS,
    ipAddressType: oneOf('elbv2.IpAddressType', elbv2.IpAddressType),
    minimumCapacityUnit: NUMBER,
    preserveHostHeader: FLAG,
    preserveXffClientPort: FLAG,
    securityGroup: SECURITY_GROUP,
    wafFailOpen: FLAG,
    xAmznTlsVersionAndCipherSuiteHeaders: FLAG,
    xffHeaderProcessingMode: oneOf('elbv2.XffHeaderProcessingMode', elbv2.XffHeaderProcessingMode),
  },
  required: ['vpc'],
  confused: {
    subnets: 'vpcSubnets',
    accessLogBucket: 'accessLogsBucket',
    serverAccessLogsBucket: 'accessLogsBucket',
    logBucket: 'accessLogsBucket',
    logsBucket: 'accessLogsBucket',
    connectionLogBucket: 'connectionLogsBucket',
    redirect: 'redirectHttp',
    httpRedirect: 'redirectHttp',
  },
});

const PROTOCOL = oneOf('elbv2.ApplicationProtocol', elbv2.ApplicationProtocol);
const TRUST_STORE = objectWith('a trust store', ['trustStoreRef'], () => 'Give an `elbv2.TrustStore`');
const MUTUAL_AUTHENTICATION = shape('an object with mutualAuthenticationMode', {
  mutualAuthenticationMode: oneOf('elbv2.MutualAuthenticationMode', elbv2.MutualAuthenticationMode), trustStore: TRUST_STORE, ignoreClientCertificateExpiry: FLAG,
}, [], () => 'Give `{ mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY, trustStore }`');

const OPTIONS = {
  port: NUMBER,
  open: FLAG,
  sslPolicy: TEXT,
  tlsProfile: TLS_PROFILE,
  certificates: CERTIFICATES,
  domain: DOMAIN,
  responseHeaders: HEADERS,
  targetsOverHttps: FLAG,
  defaultAction: ACTION,
  defaultTargetGroups: listOf(TARGET_GROUP, 'target groups', '[targetGroup]'),
  mutualAuthentication: MUTUAL_AUTHENTICATION,
  protocol: PROTOCOL,
};
const CONFUSED = {
  certificate: 'certificates',
  certificateArn: 'certificates',
  certificateArns: 'certificates',
  domainName: 'domain',
  tlsPolicy: 'tlsProfile',
  securityPolicy: 'sslPolicy',
  headers: 'responseHeaders',
  httpsTargets: 'targetsOverHttps',
  action: 'defaultAction',
  targetGroups: 'defaultTargetGroups',
};

export const HTTPS_LISTENER = propsShape({
  of: 'HttpsListener', kinds: { ...OPTIONS, loadBalancer: LOAD_BALANCER }, required: ['loadBalancer'], confused: CONFUSED,
});

export const HTTPS_LISTENER_OPTIONS = propsShape({ of: 'addHttpsListener', kinds: OPTIONS, confused: CONFUSED });

const TARGET = objectWith('a target', ['attachToApplicationTargetGroup'], () => 'Give a service, an Auto Scaling group, or one of aws-cdk-lib/aws-elasticloadbalancingv2-targets');

const CONDITION = objectWith('an elbv2.ListenerCondition', ['renderRawCondition'], () => "Give `elbv2.ListenerCondition.pathPatterns(['/api/*'])` or another factory");
const RULE = { priority: NUMBER, conditions: listOf(CONDITION, 'elbv2.ListenerCondition', "[elbv2.ListenerCondition.pathPatterns(['/api/*'])]") };

export const TARGETS = propsShape({
  of: 'addTargets',
  kinds: {
    ...RULE,
    port: NUMBER,
    protocol: PROTOCOL,
    protocolVersion: oneOf('elbv2.ApplicationProtocolVersion', elbv2.ApplicationProtocolVersion),
    targets: listOf(TARGET, 'targets', '[service]'),
    targetGroupName: TEXT,
    healthCheck: shape('an object with options', {
      path: TEXT,
      port: TEXT,
      interval: SECONDS,
      timeout: SECONDS,
      healthyHttpCodes: TEXT,
      healthyThresholdCount: NUMBER,
      unhealthyThresholdCount: NUMBER,
    }, [], () => "Give `{ path: '/health' }`"),
    slowStart: SECONDS,
    deregistrationDelay: SECONDS,
    stickinessCookieDuration: SECONDS,
    stickinessCookieName: TEXT,
    loadBalancingAlgorithmType: oneOf('elbv2.TargetGroupLoadBalancingAlgorithmType', elbv2.TargetGroupLoadBalancingAlgorithmType),
    enableAnomalyMitigation: FLAG,
  },
  confused: { target: 'targets' },
});

export const LISTENER_ACTION = propsShape({
  of: 'addAction', kinds: { ...RULE, action: ACTION, removeSuffix: FLAG }, required: ['action'], confused: { actions: 'action', defaultAction: 'action' },
});

export const TARGET_GROUPS = propsShape({
  of: 'addTargetGroups', kinds: { ...RULE, targetGroups: listOf(TARGET_GROUP, 'target groups', '[targetGroup]') }, required: ['targetGroups'], confused: { targetGroup: 'targetGroups' },
});

export const LISTENER_TLS = propsShape({
  of: 'ListenerTls', kinds: { tlsProfile: TLS_PROFILE }, confused: { sslPolicy: 'tlsProfile', tlsPolicy: 'tlsProfile', profile: 'tlsProfile' },
});

/** Throws where the name or the value of an attribute is not text; no value takes it away. */
export function checkAttribute(path: string, key: unknown, value: unknown): void {
  checkArgument(path, 'key', key, TEXT);
  if (value !== undefined) { checkArgument(path, 'value', value, TEXT); }
}
