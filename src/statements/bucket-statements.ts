import * as iam from 'aws-cdk-lib/aws-iam';
import { NO_ROOM, Room, WriterRoom } from './upload-room';

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';

type Conditions = Record<string, Record<string, string | string[]>>;

/**
 * What names an algorithm or a key: an upload, and, since January 2026, a change of an object that is there already.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html
 */
const ENCRYPTS = ['s3:PutObject', 's3:UpdateObjectEncryption'];

/**
 * Denies uploads, and changes of encryption, that name another algorithm than the bucket's, or none of the names of its key. An upload that names
 * none is left alone: S3 then applies the bucket's default encryption. One that names the algorithm and no key does not get the bucket's key,
 * but `aws/s3`, which AWS manages.
 *
 * `StringNotEqualsIfExists` would also match a missing header, hence `Null` beside the operator.
 *
 * @param room writers that always name another encryption, each with what it names
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#AmazonS3-PutObject-request-header-SSEKMSKeyId
 */
export function denyOtherEncryption(objects: string[], algorithm: string, keyArns: string[], room: Room = NO_ROOM): iam.PolicyStatement[] {
  return [
    denyUpload('DenyOtherEncryption', objects, [present(ALGORITHM), { StringNotEquals: { [ALGORITHM]: algorithm } }, unless(room, ({ plain }) => plain)]),
    denyUpload('DenyOtherKey', objects, [present(KEY), { ArnNotEquals: { [KEY]: oneOrMore(keyArns) } }, unless(room, ({ anyKey, keys }) => anyKey || keys.length > 0)]),
    ...withKeysOf(room).map(([who, keys], index) => denyUpload(`DenyOtherKeyOfWriter${index + 1}`, objects, [
      present(KEY), { ArnNotEquals: { [KEY]: [...keyArns, ...keys] } }, who,
    ])),
    denyUpload('DenyKmsWithoutKey', objects, [{ Null: { [KEY]: 'true' } }, { StringEquals: { [ALGORITHM]: algorithm } }, unless(room, ({ anyKey }) => anyKey)]),
  ];
}

function denyUpload(sid: string, objects: string[], conditions: Conditions[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions: [...ENCRYPTS],
    resources: objects,
    conditions: all(conditions),
  });
}

/** One value as text, as CloudFormation writes it back. */
const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);

const present = (header: string): Conditions => ({ Null: { [header]: 'false' } });

/** Everybody but the writers that need room. A key that a request does not have is not equal to anything. */
function unless({ services, roles }: Room, needs: (room: WriterRoom) => boolean): Conditions {
  const names = (writers: ReadonlyMap<string, WriterRoom>) => [...writers].filter(([, room]) => needs(room)).map(([name]) => name);
  return all([
    names(services).length > 0 ? { StringNotEquals: { 'aws:PrincipalServiceName': names(services) } } : {},
    names(roles).length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': names(roles) } } : {},
  ]);
}

/** Writers with keys of their own: those keys, and no others. */
function withKeysOf({ services, roles }: Room): Array<readonly [who: Conditions, keys: readonly string[]]> {
  const limited = (writers: ReadonlyMap<string, WriterRoom>) => [...writers].filter(([, { anyKey, keys }]) => !anyKey && keys.length > 0);
  return [
    ...limited(services).map(([name, { keys }]) => [{ StringEquals: { 'aws:PrincipalServiceName': name } }, keys] as const),
    ...limited(roles).map(([arn, { keys }]) => [{ ArnEquals: { 'aws:PrincipalArn': arn } }, keys] as const),
  ];
}

/** All of several conditions: under one operator each key once. */
function all(conditions: readonly Conditions[]): Conditions {
  const together: Conditions = {};
  for (const [operator, operands] of conditions.flatMap((each) => Object.entries(each))) {
    together[operator] = { ...together[operator], ...operands };
  }
  return together;
}
