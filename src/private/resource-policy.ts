import type { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptionError } from './errors';

/**
 * Adds statements to the resource policy of an L1: through its L2 where it has one, so that both write one policy (S3 and
 * SQS keep only the last policy that they are given).
 */
export function addToResourcePolicyOf(resource: CfnResource, ...statements: iam.PolicyStatement[]): void {
  const owner = resource.node.scope;
  const l2 = owner?.node.defaultChild === resource && hasResourcePolicy(owner) ? owner : undefined;
  const target = l2 ?? iam.ResourceWithPolicies.of(resource);
  if (!target) {
    throw new EncryptionError(resource.node.path, 'NoResourcePolicy',
      `a ${resource.cfnResourceType} has no resource policy that the CDK can write. Add the policy by hand.`);
  }
  statements.forEach((statement) => target.addToResourcePolicy(statement));
}

function hasResourcePolicy(construct: object): construct is Pick<iam.IResourceWithPolicyV2, 'addToResourcePolicy'> {
  return typeof (construct as Partial<iam.IResourceWithPolicyV2>).addToResourcePolicy === 'function';
}
