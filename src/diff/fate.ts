import type { Sides } from './sides';
import { isPartOfCluster } from '../checks/inventory';
import type { TemplateResource } from '../template/template';

/** What becomes of a resource that CloudFormation gives up. */
export type Fate = 'deleted' | 'kept' | 'snapshot' | 'unknown';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
const TAKES_SNAPSHOTS = new Set([
  'AWS::DocDB::DBCluster', 'AWS::EC2::Volume', 'AWS::ElastiCache::CacheCluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::Redshift::Cluster',
]);

export const takesSnapshots = ({ type }: TemplateResource) => TAKES_SNAPSHOTS.has(type);

/**
 * What the policy of a resource says of it when it is removed, or replaced. Left out it is deleted; for databases of RDS a snapshot is taken when they
 * are removed, and not when they are replaced.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
export function fateOf(resource: TemplateResource, attribute: 'DeletionPolicy' | 'UpdateReplacePolicy'): Fate {
  return resource.attribute(attribute).match<Fate>({
    absent: () => (attribute === 'DeletionPolicy' && isDatabase(resource) ? 'snapshot' : 'deleted'),
    value: ({ text }) => (/^Retain/.test(text) ? 'kept' : text === 'Delete' ? 'deleted' : text === 'Snapshot' && takesSnapshots(resource) ? 'snapshot' : 'unknown'),
    unknown: () => 'unknown',
  });
}

/** A database of RDS that has data of its own. */
function isDatabase(resource: TemplateResource): boolean {
  return resource.type === 'AWS::RDS::DBCluster' || (resource.type === 'AWS::RDS::DBInstance' && !isPartOfCluster(resource));
}

/** What becomes of a resource that is not in the new templates: a nested stack that is kept keeps what is in it. */
export function fateOfRemoved(resource: TemplateResource, sides: Sides): Fate {
  const own = fateOf(resource, 'DeletionPolicy');
  const { nestedIn } = resource.owner.surroundings;
  const stack = nestedIn?.template.resource(nestedIn.logicalId);
  if (own === 'kept' || !stack || sides.new.resource(sides.idOf(stack))) { return own; }
  return fateOfRemoved(stack, sides) === 'kept' ? 'kept' : own;
}

/** Whether the whole stack is not among the new ones: CloudFormation touches nothing of it before somebody deletes it. */
export function isStackGone(resource: TemplateResource, sides: Sides): boolean {
  const { nestedIn } = resource.owner.surroundings;
  const stack = nestedIn?.template.resource(nestedIn.logicalId);
  return stack ? !sides.new.resource(sides.idOf(stack)) && isStackGone(stack, sides) : !sides.new.hasStack(sides.inputOf(resource).id);
}
