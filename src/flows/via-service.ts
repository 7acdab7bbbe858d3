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
  const documented = region !== undefined && !/^(us|eu)-?(iso|sc)/.test(region);
  const suffix = !documented ? '${AWS::URLSuffix}' : region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${service}.${region ?? '${AWS::Region}'}.${suffix}`;
}
