import { App, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, HttpsListenerOptions, HttpsLoadBalancer, ListenerTls, TlsProfile } from '../../src';
import { synthAndValidate } from '../support/cloudformation-validator';
import { ENV, propertiesOf, stack } from '../support/stack';

const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')];
const defaultAction = elbv2.ListenerAction.fixedResponse(200);

function loadBalancer(scope = stack(ENV)): [Stack, HttpsLoadBalancer, ec2.IVpc] {
  const vpc = new ec2.Vpc(scope, 'Vpc');
  return [scope, new HttpsLoadBalancer(scope, 'Alb', { vpc }), vpc];
}

const listenerOn = (scope: Stack, port: number) =>
  Object.values(Template.fromStack(scope).findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: port } }))[0].Properties;

describe('certificates', () => {
  test('ACM makes one and proves it in the hosted zone', () => {
    const [scope, alb] = loadBalancer();
    const hostedZone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' });
    alb.addHttpsListener('Https', { domain: { domainName: 'shop.example.com', subjectAlternativeNames: ['www.example.com'], hostedZone }, defaultAction });
    expect(propertiesOf(scope, 'AWS::CertificateManager::Certificate')).toMatchObject({
      DomainName: 'shop.example.com',
      SubjectAlternativeNames: ['www.example.com'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: expect.arrayContaining([{ DomainName: 'shop.example.com', HostedZoneId: 'Z0123456789ABC' }]),
    });
    expect(listenerOn(scope, 443).Certificates).toEqual([{ CertificateArn: { Ref: expect.stringMatching(/Certificate/) } }]);
  });

  test('several are chosen by the name that a client asks for (SNI)', () => {
    const [scope, alb] = loadBalancer();
    const another = elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/def');
    alb.addHttpsListener('Https', { certificates: [...certificates, another], defaultAction });
    expect(propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::ListenerCertificate').Certificates).toEqual([{ CertificateArn: another.certificateArn }]);
  });

  test('none, or two ways to one, is an error', () => {
    const [scope, alb] = loadBalancer();
    const domain = { domainName: 'shop.example.com', hostedZone: new route53.PublicHostedZone(scope, 'Zone', { zoneName: 'example.com' }) };
    expect(() => alb.addHttpsListener('A', { defaultAction })).toThrow(/'certificates' cannot be empty.*or 'domain', for which ACM makes one.*\[ListenerNeedsCertificate\]/);
    expect(() => alb.addHttpsListener('B', { certificates, domain, defaultAction })).toThrow('[ListenerHasTwoCertificates]');
  });
});

test('a certificate of another account, and a name outside of its hosted zone, are errors: a deployment would wait for hours, or fail', () => {
  const [scope, alb] = loadBalancer();
  const other = elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:444455556666:certificate/abc');
  expect(() => alb.addHttpsListener('A', { certificates: [other], defaultAction })).toThrow(/has one of account 444455556666.*this stack is in 111122223333.*\[CertificateInOtherAccount\]/);
  const hostedZone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Org', { hostedZoneId: 'Z1', zoneName: 'example.org.' });
  const listener = (id: string, domainName: string, zone = hostedZone) => () =>
    alb.addHttpsListener(id, { port: 8443, domain: { domainName, hostedZone: zone }, defaultAction });
  expect(listener('B', 'notexample.org')).toThrow(/'domain' has 'notexample\.org', which is not in the hosted zone example\.org: .*\[DomainNotInHostedZone\]/);
  expect(listener('C', 'shop.example.org')).not.toThrow();
  expect(listener('D', 'shop.example.com', route53.HostedZone.fromHostedZoneId(scope, 'ById', 'Z2'))).not.toThrow();
});

describe('a certificate of another Region is an error that names both', () => {
  const frankfurt = elbv2.ListenerCertificate.fromArn('arn:aws:acm:eu-central-1:111122223333:certificate/abc');
  const refused = /'certificates' has one of eu-central-1.*this stack is in us-east-1.*\[CertificateInOtherRegion\]/;

  test('given, added later, or kept by the mixin', () => {
    const [scope, alb] = loadBalancer();
    expect(() => alb.addHttpsListener('A', { certificates: [frankfurt], defaultAction })).toThrow(refused);
    const listener = alb.addHttpsListener('Https', { certificates, defaultAction });
    expect(() => listener.addCertificates('More', [frankfurt])).toThrow(refused);
    expect(() => new elbv2.CfnListener(scope, 'L1', {
      loadBalancerArn: 'arn', protocol: 'HTTPS', defaultActions: [], certificates: [{ certificateArn: frankfurt.certificateArn }],
    }).with(new ListenerTls())).toThrow(refused);
  });

  test('made in another stack', () => {
    const app = new App();
    const made = new acm.Certificate(new Stack(app, 'Edge', { env: { ...ENV, region: 'eu-central-1' } }), 'Certificate', { domainName: 'example.com' });
    const [, alb] = loadBalancer(stack(ENV, 'Stack', app));
    expect(() => alb.addHttpsListener('Https', { certificates: [made], defaultAction })).toThrow(refused);
  });

  test('one of IAM has no Region, and a stack without a Region is not compared', () => {
    const [, alb] = loadBalancer();
    alb.addHttpsListener('Https', { certificates: [elbv2.ListenerCertificate.fromArn('arn:aws:iam::111122223333:server-certificate/mine')], defaultAction });
    const [, anywhere] = loadBalancer(stack());
    anywhere.addHttpsListener('Https', { certificates: [frankfurt], defaultAction });
  });
});

describe('the security policy', () => {
  const warningsOf = (options: Partial<HttpsListenerOptions>) => {
    const app = new App();
    const [scope, alb] = loadBalancer(stack(ENV, 'Stack', app));
    alb.addHttpsListener('Https', { certificates, defaultAction, ...options });
    const { messages } = app.synth().getStackByName('Stack');
    return { policy: listenerOn(scope, 443).SslPolicy, warnings: messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data)).join('\n') };
  };

  test('without post-quantum key exchange is kept, with a warning', () => {
    const { policy, warnings } = warningsOf({ sslPolicy: elbv2.SslPolicy.TLS13_RES });
    expect(policy).toBe('ELBSecurityPolicy-TLS13-1-2-Res-2021-06');
    expect(warnings).toMatch(/^Stack\/Alb\/Https: the 'sslPolicy' ELBSecurityPolicy-TLS13-1-2-Res-2021-06 has no post-quantum key exchange/);
    expect(warningsOf({ sslPolicy: elbv2.SslPolicy.TLS13_13_PQ }).warnings).toBe('');
    expect(warningsOf({ tlsProfile: TlsProfile.FIPS }).warnings).toBe('');
  });

  test('that is a token stays, with a warning', () => {
    const { policy, warnings } = warningsOf({ sslPolicy: Token.asString({ Ref: 'Policy' }) as elbv2.SslPolicy });
    expect(policy).toEqual({ Ref: 'Policy' });
    expect(warnings).toMatch(/its 'sslPolicy' is a token and stays/);
    expect(warningsOf({ tlsProfile: TlsProfile.of(Token.asString({ Ref: 'Policy' })) }).warnings).toMatch(/its 'tlsProfile' is a token and stays/);
  });

  test('can be one that the CDK does not know, never one with old TLS', () => {
    expect(warningsOf({ tlsProfile: TlsProfile.of('ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07') }).policy).toBe('ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07');
    expect(() => TlsProfile.of('ELBSecurityPolicy-TLS13-1-0-2031-01')).toThrow('[ListenerTlsTooOld]');
  });
});

describe('response headers cannot be switched off behind the listener\'s back', () => {
  const HSTS = 'routing.http.response.strict_transport_security.header_value';
  const listener = () => loadBalancer()[1].addHttpsListener('Https', { certificates, defaultAction });

  test.each<[string, string | undefined]>([
    [HSTS, ''], [HSTS, undefined], [HSTS, 'max-age=0'], [HSTS, 'includeSubDomains'], ['routing.http.response.x_content_type_options.header_value', ''],
    ['routing.http.response.x_frame_options.header_value', undefined],
  ])('%s: %s', (key, value) => {
    const subject = listener();
    const refused = /Stack\/Alb\/Https: the attribute '.*' cannot be .*responseHeaders.*\[ListenerDropsHeader\]/;
    expect(() => (value === undefined ? subject.removeAttribute(key) : subject.setAttribute(key, value))).toThrow(refused);
  });

  test('a stronger value, and other attributes, can be set', () => {
    const subject = listener();
    subject.setAttribute(HSTS, 'max-age=31536000; preload');
    subject.setAttribute('routing.http.response.content_security_policy.header_value', "default-src 'self'");
  });

  test('nor can what the load balancer promises', () => {
    const [, alb] = loadBalancer();
    for (const [key, value] of [['routing.http.drop_invalid_header_fields.enabled', 'false'], ['routing.http.desync_mitigation_mode', 'monitor'], ['access_logs.s3.enabled', 'false']]) {
      expect(() => alb.setAttribute(key, value)).toThrow('[LoadBalancerAttributeWeak]');
    }
    expect(() => alb.removeAttribute('connection_logs.s3.enabled')).toThrow('[LoadBalancerAttributeWeak]');
    alb.setAttribute('routing.http.desync_mitigation_mode', 'strictest');
  });
});

describe('mutual TLS', () => {
  const withTrustStore = (mutual: (trustStore: elbv2.TrustStore) => elbv2.MutualAuthentication) => {
    const [scope, alb] = loadBalancer();
    const trustStore = new elbv2.TrustStore(scope, 'Clients', { bucket: new EncryptedBucket(scope, 'Bundles'), key: 'ca.pem' });
    alb.addHttpsListener('Https', { certificates, defaultAction, mutualAuthentication: mutual(trustStore) });
    return scope;
  };

  test('clients are verified against a trust store', () => {
    const scope = withTrustStore((trustStore) => ({ mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY, trustStore }));
    expect(listenerOn(scope, 443).MutualAuthentication).toMatchObject({ Mode: 'verify', TrustStoreArn: { 'Fn::GetAtt': [expect.stringMatching(/^Clients/), 'TrustStoreArn'] } });
  });

  test('with expired certificates it is an error', () => {
    expect(() => withTrustStore((trustStore) => ({
      mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY, trustStore, ignoreClientCertificateExpiry: true,
    }))).toThrow(/'mutualAuthentication' cannot be .*expired ones are refused.*\[ListenerTrustsAnyClient\]/);
  });
});

describe('targets over HTTPS', () => {
  const options: HttpsListenerOptions = { certificates, defaultAction, targetsOverHttps: true };

  test('addTargets takes HTTPS on port 443', () => {
    const [scope, alb] = loadBalancer();
    alb.addHttpsListener('Https', options).addTargets('Service', { priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])], targets: [] });
    expect(propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({ Protocol: 'HTTPS', Port: 443 });
  });

  test('HTTP is an error wherever it is said', () => {
    const [scope, alb, vpc] = loadBalancer();
    const listener = alb.addHttpsListener('Https', options);
    const plain = new elbv2.ApplicationTargetGroup(scope, 'Plain', { vpc, port: 80 });
    expect(() => listener.addTargets('A', { protocol: elbv2.ApplicationProtocol.HTTP })).toThrow("'protocol' cannot be HTTP");
    expect(() => listener.addTargetGroups('B', { targetGroups: [plain] })).toThrow(/the target group Stack\/Plain cannot have 'protocol' HTTP.*\[TargetsArePlainHttp\]/);
    expect(() => alb.addHttpsListener('C', { ...options, port: 8443, defaultAction: undefined, defaultTargetGroups: [plain] })).toThrow('[TargetsArePlainHttp]');
  });

  const [forward, weighted] = [
    (group: elbv2.IApplicationTargetGroup) => elbv2.ListenerAction.forward([group]),
    (group: elbv2.IApplicationTargetGroup) => elbv2.ListenerAction.weightedForward([{ targetGroup: group, weight: 1 }]),
  ];
  const conditions = [elbv2.ListenerCondition.pathPatterns(['/x'])];
  const plainGroup = (scope: Stack, vpc: ec2.IVpc) => new elbv2.ApplicationTargetGroup(scope, 'Plain', { vpc, port: 80 });

  test('a default action or an action that forwards to HTTP is an error, also behind an authentication', () => {
    const [scope, alb, vpc] = loadBalancer();
    const plain = plainGroup(scope, vpc);
    const refused = /the target group Stack\/Plain cannot have 'protocol' HTTP.*\[TargetsArePlainHttp\]/;
    expect(() => alb.addHttpsListener('A', { ...options, defaultAction: forward(plain) })).toThrow(refused);
    expect(() => alb.addHttpsListener('B', { ...options, defaultAction: weighted(plain) })).toThrow(refused);
    const listener = alb.addHttpsListener('Https', options);
    const authenticated = elbv2.ListenerAction.authenticateOidc({
      authorizationEndpoint: 'https://a', clientId: 'c', clientSecret: SecretValue.unsafePlainText('x'), issuer: 'i', tokenEndpoint: 'https://t', userInfoEndpoint: 'https://u', next: forward(plain),
    });
    for (const action of [forward(plain), weighted(plain), authenticated]) { expect(() => listener.addAction('X', { action, priority: 1, conditions })).toThrow(refused); }
  });

  const outside: Record<string, (scope: Stack, listener: elbv2.ApplicationListener, plain: elbv2.ApplicationTargetGroup) => unknown> = {
    'a rule made outside': (scope, listener, plain) => new elbv2.ApplicationListenerRule(scope, 'Rule', { listener, priority: 5, targetGroups: [plain], conditions }),
    'a rule made outside, with weights': (scope, listener, plain) => new elbv2.ApplicationListenerRule(scope, 'Rule', { listener, priority: 5, action: weighted(plain), conditions }),
    'an L1 rule': (scope, listener, plain) => new elbv2.CfnListenerRule(scope, 'Rule', {
      listenerArn: listener.listenerArn, priority: 5, conditions: [], actions: [{ type: 'forward', targetGroupArn: plain.targetGroupArn }],
    }),
    'a rule in another stack': (scope, listener, plain) => new elbv2.ApplicationListenerRule(new Stack(scope.node.root as App, 'Other', { env: ENV }), 'Rule', { listener, priority: 5, targetGroups: [plain], conditions }),
    'the L1 of the listener': (_, listener, plain) => {
      (listener.node.defaultChild as elbv2.CfnListener).defaultActions = [{ type: 'forward', targetGroupArn: plain.targetGroupArn }];
    },
  };
  test.each(Object.entries(outside))('%s that forwards to HTTP is an error at synth', (_, add) => {
    const app = new App();
    const [scope, alb, vpc] = loadBalancer(stack(ENV, 'Stack', app));
    const listener = alb.addHttpsListener('Https', options);
    new elbv2.ApplicationListenerRule(scope, 'Good', { listener, priority: 1, targetGroups: [new elbv2.ApplicationTargetGroup(scope, 'Tls', { vpc, port: 443 })], conditions });
    add(scope, listener, plainGroup(scope, vpc));
    expect(() => app.synth()).toThrow(/(Stack\/Rule|Other\/Rule|Stack\/Alb\/Https): the target group Stack\/Plain cannot have 'protocol' HTTP.*\[TargetsArePlainHttp\]/);
  });

  test('a port for plain HTTP is an error, unless the protocol says HTTPS', () => {
    const [scope, alb] = loadBalancer();
    const listener = alb.addHttpsListener('Https', { certificates, targetsOverHttps: true });
    expect(() => listener.addTargets('A', { port: 80 })).toThrow(/'port' cannot be 80, a port for plain HTTP.*\[TargetsArePlainHttp\]/);
    listener.addTargets('B', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTPS });
    expect(propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({ Protocol: 'HTTPS', Port: 8080 });
  });

  test('a target group of another app is a warning: its protocol cannot be seen', () => {
    const app = new App();
    const [scope, alb] = loadBalancer(stack(ENV, 'Stack', app));
    const theirs = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(scope, 'Theirs', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/theirs/1234567890abcdef',
    });
    alb.addHttpsListener('Https', { ...options, defaultAction: forward(theirs) });
    const { messages } = app.synth().getStackByName('Stack');
    expect(messages.map(({ entry }) => entry.data)).toContainEqual(expect.stringMatching(/^Stack\/Alb\/Https: forwards to a target group that this app does not make/));
  });

  test('is an option: without it targets may speak HTTP', () => {
    const [scope, alb] = loadBalancer();
    alb.addHttpsListener('Https', { certificates }).addTargets('Service', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP });
    expect(propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::TargetGroup').Protocol).toBe('HTTP');
  });
});

describe('plain HTTP only redirects, however it is added', () => {
  const forwards = /only redirects to HTTPS.*\[ListenerIsPlainHttp\]/;

  test('targets and actions on the listener that redirects', () => {
    const [, alb] = loadBalancer();
    const redirect = alb.redirectListener!;
    expect(() => redirect.addTargets('A', { port: 80 })).toThrow(forwards);
    expect(() => redirect.addTargetGroups('B', { targetGroups: [] })).toThrow(forwards);
    expect(() => redirect.addAction('C', { action: defaultAction, priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/x'])] })).toThrow(forwards);
    redirect.addAction('D', {
      action: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', host: 'new.example.com' }), priority: 2, conditions: [elbv2.ListenerCondition.pathPatterns(['/y'])],
    });
  });

  test('a listener or a rule made outside of the load balancer is an error at synth', () => {
    const app = new App();
    const [scope, alb] = loadBalancer(stack(ENV, 'Stack', app));
    new elbv2.ApplicationListener(scope, 'Plain', { loadBalancer: alb, port: 8080, defaultAction });
    new elbv2.ApplicationListenerRule(scope, 'Rule', { listener: alb.redirectListener!, priority: 5, action: defaultAction, conditions: [elbv2.ListenerCondition.pathPatterns(['/z'])] });
    expect(() => app.synth()).toThrow(/Stack\/Plain\/Resource forwards what came over plain HTTP[\s\S]*Stack\/Rule\/Resource forwards what came over plain HTTP/);
  });
});

test('connection logs go to the same bucket, apart; ELB may write both', () => {
  const app = new App();
  const [scope] = loadBalancer(stack(ENV, 'Stack', app));
  const { LoadBalancerAttributes } = propertiesOf(scope, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  expect(Object.fromEntries(LoadBalancerAttributes.map(({ Key, Value }: any) => [Key, Value]))).toMatchObject({
    'connection_logs.s3.enabled': 'true', 'connection_logs.s3.prefix': 'elb-connections', 'connection_logs.s3.bucket': { Ref: expect.stringMatching(/^SharedAccessLogs/) },
  });
  const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::S3::BucketPolicy'));
  const allowed = policy.Properties.PolicyDocument.Statement.filter(({ Principal }: any) => Principal.Service === 'logdelivery.elasticloadbalancing.amazonaws.com');
  expect(allowed.map(({ Sid, Resource }: any) => [Sid, Resource['Fn::Join'][1][1]])).toEqual([
    ['ElbAccessLogs', '/elb/AWSLogs/111122223333/*'], ['ElbConnectionLogs', '/elb-connections/AWSLogs/111122223333/*'],
  ]);
  expect(synthAndValidate(app).findings.filter((finding) => /Alb|SharedAccessLogs/.test(finding))).toEqual([]);
});

test('connection logs into a bucket under KMS are an error', () => {
  const scope = stack(ENV);
  const vpc = new ec2.Vpc(scope, 'Vpc');
  expect(() => new HttpsLoadBalancer(scope, 'Alb', { vpc, accessLogsBucket: new s3.Bucket(scope, 'Logs'), connectionLogsBucket: new EncryptedBucket(scope, 'Kms') }))
    .toThrow(/'connectionLogsBucket' cannot be Stack\/Kms.*\[LogBucketUnderKms\]/);
});
