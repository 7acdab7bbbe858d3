/** What stands after the Region in the name of a service's endpoint, by partition. */
const SUFFIX: Record<string, string> = {
  'aws': 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
};

/** The partition of a Region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) { return 'aws-cn'; }
  const [, isolated] = /^(?:us|eu)-(gov|iso[a-z]*|sc)/.exec(region) ?? [];
  return isolated === 'gov' ? 'aws-us-gov' : isolated ? `aws-${isolated}` : 'aws';
}

/**
 * The value of `kms:ViaService` for requests that come to KMS through a service: `s3.us-east-1.amazonaws.com`.
 *
 * AWS documents the form `<service>.<region>.amazonaws.com`, and `amazonaws.com.cn` for the China Regions. For the isolated partitions it is not documented:
 * there, and where the Region is known only when the stack is deployed, the suffix is the deployment's own (`AWS::URLSuffix`).
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 * @see https://docs.amazonaws.cn/en_us/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, region: string | undefined): string {
  const suffix = region === undefined ? undefined : SUFFIX[partitionOf(region)];
  return `${service}.${region ?? '${AWS::Region}'}.${suffix ?? '${AWS::URLSuffix}'}`;
}
