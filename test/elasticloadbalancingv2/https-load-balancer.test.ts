import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, HttpsListener, HttpsListenerOptions, HttpsLoadBalancer, HttpsLoadBalancerProps, ListenerTls, TlsProfile } from '../../src';
import { refusesOldTls } from '../../src/elasticloadbalancingv2/ssl-policies';
import { propertiesOf, stack } from '../support/stack';

const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')];
const defaultAction = elbv2.ListenerAction.fixedResponse(200);

function loadBalancer(props: Partial<HttpsLoadBalancerProps> = {}, scope = stack()): [Stack, HttpsLoadBalancer] {
  return [scope, new HttpsLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc'), ...props })];
}

function listenerOn(scope: Stack, port: number): Record<string, any> | undefined {
  return Object.values(Template.fromStack(scope).findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: port } }))[0]?.Properties;
}

function attributes(scope: Stack): Record<string, unknown> {
  return Object.fromEntries(propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes
    .map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]));
}

test('a load balancer drops invalid headers, resists desync, is protected from deletion and logs', () => {
  const [scope] = loadBalancer();
  expect(attributes(scope)).toMatchObject({
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'defensive',
    'deletion_protection.enabled': 'true',
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': { Ref: expect.stringMatching(/^SharedAccessLogs/) },
    'access_logs.s3.prefix': 'elb',
  });
});

test('its logs share a bucket with those of the stack\'s buckets', () => {
  const [scope] = loadBalancer();
  new EncryptedBucket(scope, 'Bucket');
  Template.fromStack(scope).resourceCountIs('AWS::S3::Bucket', 2);
  const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::S3::BucketPolicy')).filter((resource) => JSON.stringify(resource).includes('ElbAccessLogs'));
  expect(JSON.stringify(policy)).toContain('S3AccessLogs');
});

test('port 80 redirects to HTTPS for ever', () => {
  const [scope] = loadBalancer();
  expect(listenerOn(scope, 80)!.DefaultActions).toEqual([{ Type: 'redirect', RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }]);
});

test('port 80 can be left closed', () => {
  const [scope, alb] = loadBalancer({ redirectHttp: false });
  alb.addHttpsListener('Https', { certificates, defaultAction });
  expect(listenerOn(scope, 80)).toBeUndefined();
  expect(alb.redirectListener).toBeUndefined();
});

test('a listener is post-quantum, TLS 1.2 at least, and sends HSTS', () => {
  const [scope, alb] = loadBalancer();
  alb.addHttpsListener('Https', { certificates, defaultAction });
  expect(listenerOn(scope, 443)).toMatchObject({
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    ListenerAttributes: [
      { Key: 'routing.http.response.strict_transport_security.header_value', Value: 'max-age=63072000; includeSubDomains' },
      { Key: 'routing.http.response.x_content_type_options.header_value', Value: 'nosniff' },
      { Key: 'routing.http.response.x_frame_options.header_value', Value: 'SAMEORIGIN' },
      { Key: 'routing.http.response.server.enabled', Value: 'false' },
    ],
  });
});

test('addListener makes an HttpsListener too', () => {
  const [, alb] = loadBalancer();
  expect(alb.addListener('Https', { port: 443, certificates, defaultAction })).toBeInstanceOf(HttpsListener);
});

test('response headers can be changed or left out', () => {
  const [scope, alb] = loadBalancer();
  alb.addHttpsListener('Https', { certificates, defaultAction, responseHeaders: { strictTransportSecurity: '', contentTypeOptions: '', frameOptions: 'DENY', server: true } });
  expect(listenerOn(scope, 443)!.ListenerAttributes).toEqual([
    { Key: 'routing.http.response.x_frame_options.header_value', Value: 'DENY' },
    { Key: 'routing.http.response.server.enabled', Value: 'true' },
  ]);
});

test('no TLS profile goes below TLS 1.2', () => {
  const { POST_QUANTUM, FIPS, FIPS_POST_QUANTUM, TLS13_ONLY, COMPATIBLE } = TlsProfile;
  const policies = [POST_QUANTUM, FIPS, FIPS_POST_QUANTUM, TLS13_ONLY, COMPATIBLE].map(({ sslPolicy }) => sslPolicy);
  expect(policies.filter((policy) => !refusesOldTls(policy))).toEqual([]);
  expect(FIPS.sslPolicy).toContain('FIPS');
  expect(FIPS_POST_QUANTUM.sslPolicy).toMatch(/FIPS-PQ/);
  expect(TLS13_ONLY.sslPolicy).toContain('TLS13-1-3');
});

test('security policies are judged by the lowest TLS version in their name, future ones too', () => {
  const old = Object.values(elbv2.SslPolicy).filter((policy) => !refusesOldTls(policy));
  expect(old.sort()).toEqual([
    'ELBSecurityPolicy-2016-08',
    'ELBSecurityPolicy-FS-1-1-2019-08',
    'ELBSecurityPolicy-FS-2018-06',
    'ELBSecurityPolicy-TLS-1-0-2015-04',
    'ELBSecurityPolicy-TLS-1-1-2017-01',
    'ELBSecurityPolicy-TLS13-1-0-2021-06',
    'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04',
    'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09',
    'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09',
    'ELBSecurityPolicy-TLS13-1-1-2021-06',
    'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04',
  ].filter((policy) => (Object.values(elbv2.SslPolicy) as string[]).includes(policy)));
  expect(refusesOldTls('ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2031-01')).toBe(true);
  expect(refusesOldTls('ELBSecurityPolicy-TLS13-1-1-PQ-2031-01')).toBe(false);
});

describe('the mixin ListenerTls', () => {
  const listener = (props: Partial<elbv2.CfnListenerProps>) => {
    const scope = stack();
    new elbv2.CfnListener(scope, 'Listener', { loadBalancerArn: 'arn', defaultActions: [{ type: 'forward', targetGroupArn: 'arn' }], certificates, ...props }).with(new ListenerTls());
    return propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::Listener');
  };

  test('replaces an old policy and keeps a good one', () => {
    expect(listener({ protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-2016-08' }).SslPolicy).toBe(TlsProfile.POST_QUANTUM.sslPolicy);
    expect(listener({ protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }).SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-2021-06');
  });

  test('makes a plain HTTP listener redirect', () => {
    expect(listener({ protocol: 'HTTP', port: 80, certificates: undefined }).DefaultActions[0].Type).toBe('redirect');
  });

  test('leaves a listener alone that passes TLS through to its targets', () => {
    expect(listener({ protocol: 'TCP', port: 5432, certificates: undefined }).DefaultActions).toEqual([{ Type: 'forward', TargetGroupArn: 'arn' }]);
  });

  const onItsLoadBalancer = (httpsPort?: number) => {
    const app = new App();
    const scope = stack(undefined, 'Stack', app);
    const loadBalancerArn = new elbv2.CfnLoadBalancer(scope, 'Alb').ref;
    const forward = [{ type: 'forward', targetGroupArn: 'arn' }];
    if (httpsPort) { new elbv2.CfnListener(scope, 'Https', { loadBalancerArn, port: httpsPort, protocol: 'HTTPS', certificates, defaultActions: forward }); }
    new elbv2.CfnListener(scope, 'Http', { loadBalancerArn, port: 80, protocol: 'HTTP', defaultActions: forward }).with(new ListenerTls());
    const { messages } = app.synth().getStackByName('Stack');
    const [{ Type, RedirectConfig }] = listenerOn(scope, 80)!.DefaultActions;
    return { [Type]: RedirectConfig?.Port, warnings: messages.map(({ entry }) => entry.data) };
  };

  test('redirects to the port of the HTTPS listener; where there is none it leaves the listener alone, with a warning', () => {
    expect(onItsLoadBalancer(443)).toEqual({ redirect: '443', warnings: [] });
    expect(onItsLoadBalancer(8443)).toEqual({ redirect: '8443', warnings: [] });
    expect(onItsLoadBalancer()).toEqual({ forward: undefined, warnings: [expect.stringMatching(/^Stack\/Http: nothing listens for HTTPS on its load balancer/)] });
  });
});

describe('what would weaken TLS is an error', () => {
  const cases: Array<[string, Partial<HttpsListenerOptions>, RegExp]> = [
    ['old TLS', { sslPolicy: elbv2.SslPolicy.TLS13_10 }, /^Stack\/Alb\/Https: 'sslPolicy' cannot be 'ELBSecurityPolicy-TLS13-1-0-2021-06'/],
    ['no certificate', { certificates: [] }, /'certificates' cannot be empty/],
    ['plain HTTP', { protocol: elbv2.ApplicationProtocol.HTTP }, /'protocol' cannot be 'HTTP'/],
    ['port 80', { port: 80 }, /'port' cannot be 80/],
    ['two policies', { sslPolicy: elbv2.SslPolicy.TLS13_13, tlsProfile: TlsProfile.FIPS }, /'sslPolicy' and 'tlsProfile' both/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    const [, alb] = loadBalancer();
    expect(() => alb.addHttpsListener('Https', { certificates, defaultAction, ...props })).toThrow(message);
  });

  test('invalid headers kept, desync only watched', () => {
    expect(() => loadBalancer({ dropInvalidHeaderFields: false })).toThrow(/'dropInvalidHeaderFields' cannot be false/);
    expect(() => loadBalancer({ desyncMitigationMode: elbv2.DesyncMitigationMode.MONITOR })).toThrow(/'desyncMitigationMode' cannot be 'monitor'/);
  });

  test('a later listener on port 80 that forwards', () => {
    const [, alb] = loadBalancer({ redirectHttp: false });
    expect(() => alb.addListener('Http', { port: 80, defaultAction })).toThrow(/Stack\/Alb\/Http: 'protocol' cannot be HTTP \(port 80\)/);
  });

  test('a log bucket under KMS (aws/aws-cdk#21947)', () => {
    const scope = stack(undefined, 'Stack', new App());
    const accessLogsBucket = new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS });
    expect(() => loadBalancer({ accessLogsBucket }, scope)).toThrow(/'accessLogsBucket' cannot be Stack\/Logs: it is encrypted with a KMS key/);
  });
});
