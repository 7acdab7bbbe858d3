import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { namesBucket } from './bucket-names';
import { Completion, Tell } from '../completion/registry';
import { nameOf } from '../flows/flow';
import { EncryptionError, ownerPath } from '../private/errors';

const POLICY = 'AWS::S3::BucketPolicy';

/**
 * Throws at synth, or tells `tell`, where a bucket that this library protects has a second policy: S3 keeps one, so the deployment fails, or the statements of
 * one are lost, the denials of plain HTTP among them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
 */
export function refuseSecondPolicyAtSynth(bucket: CfnBucket, tell?: Tell): void {
  const path = ownerPath(bucket);
  Completion.of(bucket).question(bucket, {
    tell,
    types: [POLICY],
    ask: (resource, { estate }) => {
      const policies = estate.ofType(POLICY).filter((policy) => namesBucket(resource, policy.get('Bucket')) === true).map(nameOf);
      return policies.length < 2 ? undefined : new EncryptionError(path, 'BucketHasTwoPolicies', `has two policies, ${policies.join(' and ')}: S3 keeps one, and what the other denies is lost. `
        + 'Add the statements to the bucket, `bucket.addToResourcePolicy(statement)`, and take the second policy out.');
    },
  });
}
