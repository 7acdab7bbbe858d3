import { BUCKET, FLAG, NUMBER, SUBNETS, TEXT, TEXTS, VPC } from '../private/common-kinds';
import { listOf, objectWith, shape } from '../private/kinds';
import { propsShape } from '../private/props';

const TLS_PROFILE = objectWith('a TlsProfile', ['sslPolicy'], (value) => (typeof value === 'string'
  ? 'Give one of its constants, such as `TlsProfile.POST_QUANTUM`, or a security policy of ELB as `sslPolicy`'
  : 'Give one of its constants, such as `TlsProfile.POST_QUANTUM`'));
const CERTIFICATE = objectWith('a certificate', ['certificateArn'], (value) => (typeof value === 'string'
  ? `Give \`elbv2.ListenerCertificate.fromArn('${value}')\`` : 'Give an `acm.Certificate`, or `elbv2.ListenerCertificate.fromArn(…)`'));
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

const OPTIONS = {
  port: NUMBER,
  open: FLAG,
  sslPolicy: TEXT,
  tlsProfile: TLS_PROFILE,
  certificates: listOf(CERTIFICATE, 'certificates', '[certificate]'),
  domain: DOMAIN,
  responseHeaders: HEADERS,
  targetsOverHttps: FLAG,
  defaultAction: ACTION,
  defaultTargetGroups: listOf(TARGET_GROUP, 'target groups', '[targetGroup]'),
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

export const TARGETS = propsShape({
  of: 'addTargets', kinds: { port: NUMBER, targets: listOf(TARGET, 'targets', '[service]') }, confused: { target: 'targets' },
});

export const TARGET_GROUPS = propsShape({
  of: 'addTargetGroups', kinds: { targetGroups: listOf(TARGET_GROUP, 'target groups', '[targetGroup]') }, required: ['targetGroups'], confused: { targetGroup: 'targetGroups' },
});

export const LISTENER_TLS = propsShape({
  of: 'ListenerTls', kinds: { tlsProfile: TLS_PROFILE }, confused: { sslPolicy: 'tlsProfile', tlsPolicy: 'tlsProfile', profile: 'tlsProfile' },
});
