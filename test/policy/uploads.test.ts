import { RULES } from '../../src/checks/rule-table';
import { Template } from '../../src/template/template';

const [ALGORITHM, KEY] = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'];
const OBJECTS = { Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } };
const deny = (Condition: object, where: object = OBJECTS) => ({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', ...where, Condition });
const otherAlgorithm = deny({ Null: { [ALGORITHM]: 'false' }, StringNotEquals: { [ALGORITHM]: 'aws:kms' } });
const otherKey = deny({ Null: { [KEY]: 'false' }, ArnNotEquals: { [KEY]: { 'Fn::GetAtt': ['Key', 'Arn'] } } });
const noKey = (where?: object) => deny({ Null: { [KEY]: 'true' }, StringEquals: { [ALGORITHM]: 'aws:kms' } }, where);

/** What the rule about uploads says of a bucket under a key with these statements. */
const saidOf = (...statements: object[]) => saidUnder({ 'Fn::GetAtt': ['Key', 'Arn'] }, ...statements);

function saidUnder(KMSMasterKeyID: object, ...Statement: object[]): string {
  const template = new Template({
    Parameters: { KeyArn: { Type: 'String' }, Other: { Type: 'String' } },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } }] } } },
      Key: { Type: 'AWS::KMS::Key' },
      Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement } } },
    },
  });
  return RULES.find(({ id }) => id === 'Encryption-S3BucketUploadsUnderItsKey')!.check(template.resource('Bucket')!).kind;
}

test.each<[string, object]>([
  ['of which it leaves out a folder', { NotResource: { 'Fn::Sub': '${Bucket.Arn}/exempt/*' } }],
  ['in a folder for each user', { Resource: { 'Fn::Sub': '${Bucket.Arn}/${!aws:username}/*' } }],
])('an upload without a key comes under aws/s3 where the Deny is about objects %s', (_, where) => {
  expect(saidOf(otherAlgorithm, otherKey, noKey(where))).toBe('fail');
});

test.each<[string, object]>([
  ['all objects of the bucket', OBJECTS],
  ['everything but another bucket', { NotResource: 'arn:aws:s3:::another/*' }],
  ['a folder, and all objects', { Resource: [{ 'Fn::Sub': '${Bucket.Arn}/a/*' }, { 'Fn::Sub': '${Bucket.Arn}/*' }] }],
])('no upload comes under another key where each Deny is about %s', (_, where) => {
  expect(saidOf(otherAlgorithm, otherKey, noKey(where))).toBe('pass');
});

test('a parameter is one key, for the bucket and for its policy; another parameter may be another', () => {
  const named = (Ref: string) => deny({ Null: { [KEY]: 'false' }, ArnNotEquals: { [KEY]: { Ref } } });
  expect(['KeyArn', 'Other'].map((name) => saidUnder({ Ref: 'KeyArn' }, otherAlgorithm, named(name), noKey()))).toEqual(['pass', 'undetermined']);
  expect(saidUnder({ Ref: 'KeyArn' }, otherAlgorithm, named('KeyArn'))).toBe('fail');
});
