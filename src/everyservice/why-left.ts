import type { CfnResource } from 'aws-cdk-lib';
import { propertiesNow } from './l1-properties';

/** Why a resource cannot come under the key by itself, by type: something that is outside of the template would not work any more. */
const WHY: Readonly<Record<string, (resource: CfnResource) => string | undefined>> = {
  // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html: copies need a grant in the other Region.
  'AWS::Redshift::Cluster': (cluster) => {
    const now = propertiesNow(cluster, ['DestinationRegion', 'SnapshotCopyGrantName']);
    return now.get('DestinationRegion').kind !== 'absent' && now.get('SnapshotCopyGrantName').kind === 'absent'
      ? 'its snapshots are copied to another Region, which needs a snapshot copy grant there. Make an AWS::Redshift::SnapshotCopyGrant, and name it' : undefined;
  },
};

export function whyLeft(resource: CfnResource): string | undefined {
  return Object.hasOwn(WHY, resource.cfnResourceType) ? WHY[resource.cfnResourceType](resource) : undefined;
}
