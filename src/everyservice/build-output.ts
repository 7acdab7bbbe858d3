import { CfnResource, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { propertiesNow } from './l1-properties';
import { has } from '../private/kinds';
import { referencesIn } from '../private/place';

/**
 * Where the output of a build is for others. They read it with the key of the bucket, which they have; under another key they would lose it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html#cfn-codebuild-project-encryptionkey
 */
export type Output = 'none' | 'bucket' | 'pipeline';

export function outputOf(project: CfnResource): Output {
  const now = propertiesNow(project, ['Artifacts', 'SecondaryArtifacts', 'LogsConfig.S3Logs.Status']);
  const types = [now.get('Artifacts', 'Type'), ...now.get('SecondaryArtifacts').items().map((each) => each.get('Type'))]
    .map((type) => type.match({ value: ({ text }) => text, absent: () => 'NO_ARTIFACTS', unknown: () => 'S3' }));
  const logs = now.get('LogsConfig', 'S3Logs', 'Status').match({ value: ({ text }) => text !== 'DISABLED', absent: () => false, unknown: () => true });
  return types.includes('CODEPIPELINE') ? 'pipeline' : logs || types.some((type) => type !== 'NO_ARTIFACTS') ? 'bucket' : 'none';
}

/** The one key under which all buckets are to which a project writes; none where a bucket is not made in this app, or under no key that is. */
export function keyOfOutput(project: CfnResource): kms.IKeyRef | undefined {
  const { artifacts, secondaryArtifacts, logsConfig } = project as unknown as Record<string, unknown>;
  const output = [artifacts, secondaryArtifacts, logsConfig];
  const buckets = [...referencesIn(project, output)].filter(s3.CfnBucket.isCfnBucket);
  const ids = buckets.map(({ logicalId }): string => JSON.stringify(Stack.of(project).resolve(logicalId)));
  const isMadeHere = (location: unknown) => ids.some((id) => JSON.stringify(location).includes(id));
  const [key, ...others] = new Set(buckets.map((bucket) => [...referencesIn(bucket, bucket.bucketEncryption)].find(isKey)));
  if (!key || others.length > 0 || !locationsIn(Stack.of(project).resolve(output)).every(isMadeHere)) { return undefined; }
  const owner = key.node.scope;
  return owner?.node.defaultChild === key && has('keyRef')(owner) ? owner as unknown as kms.IKeyRef : key;
}

const isKey = (construct: IConstruct): construct is kms.CfnKey => kms.CfnKey.isCfnKey(construct);

/** Every `location` of artifacts and logs. */
function locationsIn(json: unknown): unknown[] {
  if (typeof json !== 'object' || json === null) { return []; }
  return Object.entries(json).flatMap(([name, value]) => (name === 'location' && value !== undefined ? [value] : locationsIn(value)));
}
