import type { Estate } from '../flows/estate';
import { actsFor, found, outsideByPolicy } from '../flows/finders';
import type { FlowDeclaration, Found, Party } from '../flows/flow';
import type { TemplateResource } from '../template/template';

const types = ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'];
const LOGS = /^(access|connection|health_check)_logs\.s3\.bucket$/;

function isNetwork(loadBalancer: TemplateResource): boolean {
  return loadBalancer.get('Type').match({ value: (type) => type.is('network'), absent: () => false, unknown: () => false });
}

/** The logs of load balancers of one type, by the attributes that name a bucket. */
function logsOf(estate: Estate, network: boolean, party: (loadBalancer: TemplateResource) => Party): Found[] {
  return estate.ofType(types[0]).filter((each) => isNetwork(each) === network).flatMap((each) => each.get('LoadBalancerAttributes').items()
    .filter((attribute) => attribute.get('Key').match({ value: ({ text }) => LOGS.test(text), absent: () => false, unknown: () => false }))
    .flatMap((attribute) => found(estate, each, 'bucket', attribute.get('Value'), party(each))));
}

const ALB_LOGS = { kind: 'outside', name: 'the access logs of an Application or Classic Load Balancer (ELB)', reason: 'they can be delivered only to a bucket under SSE-S3' } as const;

export const FLOWS: readonly FlowDeclaration[] = [
  {
    id: 'LoadBalancerLogs',
    service: 'Elastic Load Balancing',
    what: 'an Application or Classic Load Balancer writes access and connection logs',
    kind: 'bucket',
    direction: 'write',
    types,
    foundBy: '`AWS::ElasticLoadBalancingV2::LoadBalancer` `LoadBalancerAttributes`, `AWS::ElasticLoadBalancing::LoadBalancer` `AccessLoggingPolicy`',
    principal: '`logdelivery.elasticloadbalancing.amazonaws.com`, or the account of the Region',
    sends: 'nothing',
    needs: 'cannot write to a bucket under a customer-managed key',
    becomes: 'left',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
    find: (estate) => [
      ...logsOf(estate, false, () => ALB_LOGS),
      ...estate.ofType(types[1]).flatMap((classic) => found(estate, classic, 'bucket', classic.get('AccessLoggingPolicy', 'S3BucketName'), ALB_LOGS)),
      ...outsideByPolicy(estate, /Load Balancer/),
    ],
  },
  {
    id: 'NetworkLoadBalancerLogs',
    service: 'Elastic Load Balancing',
    what: 'a Network Load Balancer with a TLS listener writes access logs',
    kind: 'bucket',
    direction: 'write',
    types,
    foundBy: '`AWS::ElasticLoadBalancingV2::LoadBalancer` of the type `network`, `LoadBalancerAttributes`',
    principal: '`delivery.logs.amazonaws.com`',
    sends: 'nothing',
    needs: '`kms:GenerateDataKey*`, `kms:Decrypt`, `kms:Encrypt`, `kms:ReEncrypt*`, `kms:DescribeKey` (`aws:SourceAccount`, `aws:SourceArn`)',
    becomes: 'completed',
    see: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html',
    find: (estate) => logsOf(estate, true, (loadBalancer) => actsFor('delivery.logs.amazonaws.com', loadBalancer)),
  },
];
