import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const OWN = 'EncryptionChecks::';

/**
 * The CDK's report shows the id `EncryptionChecks::Encryption-…` for an acknowledgement, and cdk-nag knows ids without the name of the pack only. The CDK takes one with it
 * for every construct of the app, wherever it stands: a bucket whose finding is acceptable would hide all other buckets. Without that name it holds where it stands, and below.
 */
export function holdWhereTheyStand(root: IConstruct): void {
  for (const { node } of root.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !data) { continue; }
      for (const id of Object.keys(data).filter((each) => each.startsWith(OWN))) {
        data[`Annotation::${id.slice(OWN.length)}`] ??= data[id];
        delete data[id];
      }
    }
  }
}
