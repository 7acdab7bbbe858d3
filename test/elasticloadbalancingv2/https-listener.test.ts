import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedBucket, HttpsListenerOptions, HttpsLoadBalancer } from '../../src';
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
