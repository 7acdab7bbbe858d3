import type { CfnResource } from 'aws-cdk-lib';
import { propertiesNow } from './l1-properties';
import type { Read } from '../template/read';

const isText = (read: Read, test: (text: string) => boolean) =>
  read.match({ value: ({ text }) => test(text), absent: () => false, unknown: () => true });

/** Why a resource cannot come under the key by itself: somebody who reads its data would not have the key. By type. */
const WHY: Readonly<Record<string, (resource: CfnResource) => string | undefined>> = {
  // Whoever reads artifacts and logs needs the key under which the project writes them.
  'AWS::CodeBuild::Project': (project) => {
    const now = propertiesNow(project, ['Artifacts', 'SecondaryArtifacts', 'LogsConfig.S3Logs']);
    const types = [now.get('Artifacts', 'Type'), ...now.get('SecondaryArtifacts').items().map((each) => each.get('Type'))];
    if (types.some((type) => isText(type, (text) => text === 'CODEPIPELINE'))) {
      return 'its artifacts are for a pipeline, which reads them with the key of its artifact bucket. Give that bucket a key: the CDK gives it to the project';
    }
    const writes = types.some((type) => isText(type, (text) => text !== 'NO_ARTIFACTS')) || isText(now.get('LogsConfig', 'S3Logs', 'Status'), (text) => text !== 'DISABLED');
    return writes ? 'whoever reads its artifacts or logs in a bucket would need the key. Give it the key of that bucket as `encryptionKey`' : undefined;
  },
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
