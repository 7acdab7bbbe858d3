import { CfnResource } from 'aws-cdk-lib';
import { propertiesNow } from './l1-properties';
import { placesOf } from '../table/places';
import type { AtRestRow } from '../table/row';

const VOLUMES = 'its volumes are encrypted as the image and the account say. Give `BlockDeviceMappings` with `Ebs` for each device, the root device too, or turn on encryption of EBS by default in the account';

/** What is so where a resource has none of the properties that could name the key, and keeps data all the same. */
const NOTHING: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
  'AWS::EC2::Instance': VOLUMES,
  'AWS::EC2::LaunchTemplate': VOLUMES,
  'AWS::AutoScaling::LaunchConfiguration': VOLUMES,
  'AWS::ImageBuilder::ImageRecipe': VOLUMES,
  'AWS::ImageBuilder::ContainerRecipe': VOLUMES,
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/data-protection.html
  'AWS::AmazonMQ::Broker': 'a broker of this engine is encrypted under a key that AWS owns, and takes no other',
  // https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html
  'AWS::Athena::WorkGroup': 'query results are encrypted as their bucket says, unless `ResultConfiguration.EncryptionConfiguration` or the client says otherwise. Put the bucket under the key. '
    + 'It is not set here, because whoever queries would need the key that is named',
  // https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
  'AWS::KinesisFirehose::DeliveryStream': 'what it reads is encrypted as its source says, and what it writes as the destination says. Put both under the key',
  // https://docs.aws.amazon.com/managed-flink/latest/java/encryption-at-rest.html
  'AWS::KinesisAnalyticsV2::Application': 'a key that AWS owns encrypts it. Set `ApplicationConfiguration.ApplicationEncryptionConfiguration`',
};

/** Why a resource of a type that has keys gets none, where that leaves data outside of the key. */
export function nothingHere(resource: CfnResource, rows: readonly AtRestRow[]): string | undefined {
  const why = Object.hasOwn(NOTHING, resource.cfnResourceType) ? NOTHING[resource.cfnResourceType] : undefined;
  if (why === undefined) { return undefined; }
  const paths = rows.flatMap(({ when, where = {} }) => [...(when === undefined ? [] : [when]), ...Object.keys(where)]).filter((path) => !path.startsWith('.'));
  const now = propertiesNow(resource, paths);
  return rows.every((row) => placesOf(now, row).length === 0) ? `${why}.` : undefined;
}
