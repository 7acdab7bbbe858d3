import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What names an algorithm or a key: an upload, and, since January 2026, a change of an object that is there already.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html
 */
const ENCRYPTS = ['s3:PutObject', 's3:UpdateObjectEncryption'];

/**
 * Denies uploads, and changes of encryption, that name another algorithm than the bucket's, or none of the names of its key. An upload that names
 * none is left alone: S3 then applies the bucket's default encryption.
 *
 * `StringNotEqualsIfExists` would also match a missing header, hence `Null` beside the operator.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 */
export function denyOtherEncryption(objects: string[], algorithm: string, keyArns: string[]): iam.PolicyStatement[] {
  return [
    denyUpload('DenyOtherEncryption', objects, 's3:x-amz-server-side-encryption', 'StringNotEquals', algorithm),
    denyUpload('DenyOtherKey', objects, 's3:x-amz-server-side-encryption-aws-kms-key-id', 'ArnNotEquals', keyArns.length === 1 ? keyArns[0] : keyArns),
  ];
}

function denyUpload(sid: string, objects: string[], header: string, operator: string, value: string | string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: [...ENCRYPTS],
    resources: objects,
    conditions: { Null: { [header]: 'false' }, [operator]: { [header]: value } },
  });
}
