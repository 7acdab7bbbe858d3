import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Mistake, vpcOf } from './mistake';

const certificates = [elbv2.ListenerCertificate.fromArn('arn:aws:acm:us-east-1:111122223333:certificate/abc')];
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const defaultAction = elbv2.ListenerAction.fixedResponse(200);

export const MISTAKES_WITH_LOAD_BALANCERS: Mistake[] = [
  ['no VPC', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', {}),
    'Stack/Alb: \'vpc\' is missing: it must be a VPC. Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`. [ValueMissing]'],
  ['no props', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb'),
    'Stack/Alb: \'vpc\' is missing: it must be a VPC. Give a VPC, such as `new ec2.Vpc(this, \'Vpc\')`. [ValueMissing]'],
  ['the log bucket by its name', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), accessLogsBucket: 'logs' }),
    'Stack/Alb: \'accessLogsBucket\' must be a bucket, got \'logs\'. Import it: `s3.Bucket.fromBucketName(this, \'Imported\', \'logs\')`. [ValueOfWrongKind]'],
  ['the log bucket by the name that buckets have', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), serverAccessLogsBucket: 'logs' }),
    'Stack/Alb: \'serverAccessLogsBucket\' is not a prop of HttpsLoadBalancer and would be ignored. Use `accessLogsBucket`. [PropNameConfused]'],
  ['a log bucket under a KMS key', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), accessLogsBucket: new lib.EncryptedBucket(scope, 'Logs') }),
    'Stack/Alb: \'accessLogsBucket\' cannot be Stack/Logs: it is encrypted with a KMS key, and S3 and Elastic Load Balancing cannot deliver access logs to such a bucket; they would be lost without an error. Leave the prop out (each stack gets one log bucket), or give a bucket with BucketEncryption.S3_MANAGED. [LogBucketUnderKms]'],
  ['a redirect as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), redirectHttp: 'yes' }),
    'Stack/Alb: \'redirectHttp\' must be true or false, got \'yes\'. Write true or false, without quotes. [ValueOfWrongKind]'],
  ['logs to no bucket', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).logAccessLogs(),
    'Stack/Alb: \'bucket\' is missing: it must be a bucket. Give a bucket, such as an `s3.Bucket`. [ValueMissing]'],
  ['invalid headers', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), dropInvalidHeaderFields: false }),
    'Stack/Alb: \'dropInvalidHeaderFields\' cannot be false: invalid headers are a way to smuggle requests (AWS FSBP ELB.4). Leave it out. [LoadBalancerKeepsInvalidHeaders]'],

  ['a listener without options', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addHttpsListener('Https'),
    'Stack/Alb/Https: \'certificates\' cannot be empty: a TLS listener needs a certificate. Give one from ACM, or \'domain\', for which ACM makes one. [ListenerNeedsCertificate]'],
  ['a listener without a certificate', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addHttpsListener('Https', { defaultAction }),
    'Stack/Alb/Https: \'certificates\' cannot be empty: a TLS listener needs a certificate. Give one from ACM, or \'domain\', for which ACM makes one. [ListenerNeedsCertificate]'],
  ['a domain as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addHttpsListener('Https', { domain: 'example.com', defaultAction }),
    'Stack/Alb/Https: \'domain\' must be an object with domainName and hostedZone, got \'example.com\'. Give `{ domainName: \'example.com\', hostedZone }`, with the public hosted zone of the name. [ValueOfWrongKind]'],
  ['a domain without a hosted zone', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { domain: { domainName: 'example.com' }, defaultAction }),
  'Stack/Alb/Https: \'domain.hostedZone\' is missing: it must be a hosted zone. Give a `route53.HostedZone`. [ValueMissing]'],
  ['a hosted zone as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { domain: { domainName: 'shop.example.com', hostedZone: 'example.com' }, defaultAction }),
  'Stack/Alb/Https: \'domain.hostedZone\' must be a hosted zone, got \'example.com\'. Look it up: `route53.HostedZone.fromLookup(this, \'Zone\', { domainName: \'example.com\' })`. [ValueOfWrongKind]'],
  ['a domain by another name', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addHttpsListener('Https', { domainName: 'example.com' }),
    'Stack/Alb/Https: \'domainName\' is not a prop of HttpsListener and would be ignored. Use `domain`. [PropNameConfused]'],
  ['a certificate by its ARN', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates: ['arn:aws:acm:us-east-1:111122223333:certificate/abc'], defaultAction }),
  'Stack/Alb/Https: \'certificates[0]\' must be a certificate, got \'arn:aws:acm:us-east-1:111122223333:certificate/abc\'. Give `elbv2.ListenerCertificate.fromArn(\'arn:aws:acm:us-east-1:111122223333:certificate/abc\')`. [ValueOfWrongKind]'],
  ['one certificate without a list', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates: certificates[0], defaultAction }),
  'Stack/Alb/Https: \'certificates\' must be a list of certificates, got a ListenerCertificate. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['a certificate by another name', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificate: certificates[0], defaultAction }),
  'Stack/Alb/Https: \'certificate\' is not a prop of HttpsListener and would be ignored. Use `certificates`. [PropNameConfused]'],
  ['a profile as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction, tlsProfile: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
  'Stack/Alb/Https: \'tlsProfile\' must be a TlsProfile, got \'ELBSecurityPolicy-TLS13-1-2-2021-06\'. Give one of its constants, such as `TlsProfile.POST_QUANTUM`, or a security policy of ELB as `sslPolicy`. [ValueOfWrongKind]'],
  ['old TLS', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction, sslPolicy: elbv2.SslPolicy.RECOMMENDED }),
  'Stack/Alb/Https: \'sslPolicy\' cannot be \'ELBSecurityPolicy-2016-08\': it offers TLS 1.1 or older (AWS FSBP ELB.17). Leave it out, or choose a `tlsProfile`. [ListenerTlsTooOld]'],
  ['a header that is not text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction, responseHeaders: { frameOptions: false } }),
  'Stack/Alb/Https: \'responseHeaders.frameOptions\' must be text, got false. Write it in quotes. [ValueOfWrongKind]'],
  ['headers by another name', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction, headers: {} }),
  'Stack/Alb/Https: \'headers\' is not a prop of HttpsListener and would be ignored. Use `responseHeaders`. [PropNameConfused]'],
  ['an action as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction: 'forward' }),
  'Stack/Alb/Https: \'defaultAction\' must be an elbv2.ListenerAction, got \'forward\'. Give one of its factories, such as `elbv2.ListenerAction.forward([targetGroup])`. [ValueOfWrongKind]'],
  ['one target without a list', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates }).addTargets('Targets', { targets: { attachToApplicationTargetGroup: () => ({}) } }),
  'Stack/Alb/Https/Targets: \'targets\' must be a list of targets, got an object with \'attachToApplicationTargetGroup\'. Put it in a list, in square brackets. [ValueOfWrongKind]'],
  ['no target group', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets })
    .addHttpsListener('Https', { certificates, defaultAction }).addTargetGroups('Targets', {}),
  'Stack/Alb/Https/Targets: \'targetGroups\' is missing: it must be a list of target groups. Give a list: `[targetGroup]`. [ValueMissing]'],
  ['a listener of no load balancer', (scope, lib) => new lib.HttpsListener(scope, 'Https', { certificates, defaultAction }),
    'Stack/Https: \'loadBalancer\' is missing: it must be a load balancer. Give an HttpsLoadBalancer, or use its addHttpsListener(). [ValueMissing]'],
  ['a port as text', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addListener('Http', { port: '443', defaultAction }),
    'Stack/Alb/Http: \'port\' must be a number, got \'443\'. Write digits, without quotes. [ValueOfWrongKind]'],
  ['plain HTTP', (scope, lib) => new lib.HttpsLoadBalancer(scope, 'Alb', { vpc: vpcOf(scope), vpcSubnets }).addListener('Http', { port: 80, defaultAction }),
    'Stack/Alb/Http: \'protocol\' cannot be HTTP (port 80): an HttpsLoadBalancer does not forward requests that came without TLS. Use addHttpsListener(); port 80 redirects already. [ListenerIsPlainHttp]'],
  ['the mixin with a policy', (_, lib) => new lib.ListenerTls({ sslPolicy: elbv2.SslPolicy.TLS12 }),
    'ListenerTls: \'sslPolicy\' is not a prop of ListenerTls and would be ignored. Use `tlsProfile`. [PropNameConfused]'],
  ['the mixin with a profile as text', (_, lib) => new lib.ListenerTls({ tlsProfile: 'POST_QUANTUM' }),
    'ListenerTls: \'tlsProfile\' must be a TlsProfile, got \'POST_QUANTUM\'. Give one of its constants, such as `TlsProfile.POST_QUANTUM`, or a security policy of ELB as `sslPolicy`. [ValueOfWrongKind]'],
];
