import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';

/**
 * The logical ids and names of the buckets to which buckets and load balancers of a stack write their access logs.
 *
 * Neither delivery can write to a bucket under SSE-KMS: the logs would be lost without an error.
 */
export function logBucketsOf(stack: Stack): Set<string> {
  const names = stack.node.findAll().flatMap((construct) => {
    if (CfnBucket.isCfnBucket(construct)) { return [stack.resolve(construct.loggingConfiguration)?.destinationBucketName]; }
    if (isLoadBalancer(construct)) { return attributesOf(stack, construct); }
    return [];
  });
  return new Set(names.map((name) => (typeof name === 'object' ? name?.Ref : name)).filter((name) => name !== undefined));
}

/** By its type: S3's code does not load Elastic Load Balancing for the sake of a name. */
function isLoadBalancer(construct: object): construct is CfnLoadBalancer {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::ElasticLoadBalancingV2::LoadBalancer';
}

function attributesOf(stack: Stack, loadBalancer: CfnLoadBalancer): unknown[] {
  const attributes: Array<{ key?: string; value?: unknown }> = stack.resolve(loadBalancer.loadBalancerAttributes) ?? [];
  return attributes.filter(({ key }) => /_logs\.s3\.bucket$/.test(key ?? '')).map(({ value }) => value);
}
