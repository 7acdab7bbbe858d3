import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { namesBucket } from './bucket-names';
import type { Tell } from '../completion/registry';
import { refuseSecondPolicy } from '../completion/second-policy';
import { EncryptionError, ownerPath } from '../private/errors';

/**
 * Throws at synth, or tells `tell`, where a bucket that this library protects has a second policy: S3 keeps one, so the deployment fails, or the statements of
 * one are lost, the denials of plain HTTP among them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html
 */
export function refuseSecondPolicyAtSynth(bucket: CfnBucket, tell?: Tell): void {
  const path = ownerPath(bucket);
  refuseSecondPolicy(bucket, {
    types: ['AWS::S3::BucketPolicy'],
    isFor: (policy, resource) => namesBucket(resource, policy.get('Bucket')) === true,
    refusal: (policies) => new EncryptionError(path, 'BucketHasTwoPolicies', `has two policies, ${policies}: S3 keeps one, and what the other denies is lost. `
      + 'Add the statements to the bucket, `bucket.addToResourcePolicy(statement)`, and take the second policy out.'),
  }, tell);
}
