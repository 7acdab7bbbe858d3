/**
 * The value of `kms:ViaService` for requests that come to KMS through a service: `s3.us-east-1.amazonaws.com`.
 *
 * AWS documents `<service>.<region>.amazonaws.com`, and for the China Regions `<service>.<region>.amazonaws.com.cn`: in both cases the
 * deployment's own suffix (`AWS::URLSuffix`), which is also right in AWS GovCloud (US). For the isolated partitions it is not documented; the suffix of the
 * endpoints is the best guess there.
 *
 * @param region where it is left out, the Region of the deployment
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function viaService(service: string, { region = '${AWS::Region}', urlSuffix = '${AWS::URLSuffix}' }: { readonly region?: string; readonly urlSuffix?: string }): string {
  return `${service}.${region}.${urlSuffix}`;
}
