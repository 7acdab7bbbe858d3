import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketEncryptionAtRest, EncryptedBucket, EncryptionDefaults } from '../../src';
import { deployedLength } from '../../src/completion/policy-size';
import { ENV, stack } from '../support/stack';

/** A statement with about as many characters. */
const filler = (characters: number, more: object) => new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/x': 'x'.repeat(characters) } }, ...more });
const statementsOf = (scope: Stack, type: string, property = 'PolicyDocument') => Object.values(Template.fromStack(scope).findResources(type)).flatMap(({ Properties }) => Properties[property].Statement);

function heldBy(who: iam.IIdentity): Partial<iam.CfnPolicyProps> {
  if (who instanceof iam.Role) { return { roles: [who.roleName] }; }
  return who instanceof iam.User ? { users: [who.userName] } : { groups: [(who as iam.Group).groupName] };
}

function withDefaults(): Stack {
  const scope = stack(ENV);
  EncryptionDefaults.of(scope).apply();
  return scope;
}

describe.each([
  ['a role', 10240, (scope: Stack): iam.IIdentity => new iam.Role(scope, 'Who', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })],
  ['a user', 2048, (scope: Stack): iam.IIdentity => new iam.User(scope, 'Who')],
  ['a group', 5120, (scope: Stack): iam.IIdentity => new iam.Group(scope, 'Who')],
] as const)('the inline policies of %s, of which IAM takes %i characters', (_, limit, make) => {
  const reader = (full: number) => {
    const scope = withDefaults();
    const bucket = new s3.Bucket(scope, 'Bucket');
    const who = make(scope);
    new iam.CfnPolicy(scope, 'Policy', {
      policyName: 'p',
      policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: bucket.arnForObjects('*') }, filler(full, {}).toJSON()] },
      ...heldBy(who),
    });
    return scope;
  };

  test('get the key where it has room', () => {
    expect(JSON.stringify(statementsOf(reader(limit - 1000), 'AWS::IAM::Policy'))).toContain('kms:Decrypt');
  });

  test('are left where it has none, and a warning has the statement and the numbers', () => {
    const scope = reader(limit - 300);
    expect(JSON.stringify(statementsOf(scope, 'AWS::IAM::Policy'))).not.toContain('kms:Decrypt');
    Annotations.fromStack(scope).hasWarning('*', Match.stringLikeRegexp(`Stack/Who cannot read from Stack/Bucket yet.*The inline policies of Stack/Who would have about \\d+ characters with it, and IAM takes ${limit}\\. Add to its policy: .*kms:Decrypt`));
  });
});

test('a bucket policy without room is an error for the one bucket, and a warning under EncryptionDefaults', () => {
  const full = (bucket: s3.Bucket) => { bucket.addToResourcePolicy(filler(19500, { principals: [new iam.AccountPrincipal('444455556666')], resources: [bucket.bucketArn] })); };
  const [one, many] = [stack(ENV), withDefaults()];
  full(new EncryptedBucket(one, 'Bucket'));
  expect(() => Template.fromStack(one)).toThrow(/^Stack\/Bucket: cannot deny uploads under another key: its policy would have about \d+ bytes.*and S3 takes 20480.*\[BucketPolicyTooLarge\]$/);
  full(new s3.Bucket(many, 'Bucket'));
  Annotations.fromStack(many).hasWarning('*', Match.stringLikeRegexp('Stack/Bucket: cannot deny uploads under another key.*S3 takes 20480'));
  expect(statementsOf(many, 'AWS::S3::BucketPolicy').map(({ Sid }) => Sid)).not.toContain('DenyOtherKey');
});

test('a key policy without room stays as it is, and a warning names the key and the service', () => {
  const scope = stack(ENV);
  const key = new kms.Key(scope, 'Key', { enableKeyRotation: true });
  key.addToResourcePolicy(filler(32300, { principals: [new iam.AccountPrincipal('444455556666')], actions: ['kms:DescribeKey'] }));
  const bucket = new s3.Bucket(scope, 'Bucket');
  bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('config.amazonaws.com')], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }));
  bucket.with(new BucketEncryptionAtRest(key));
  Annotations.fromStack(scope).hasWarning('*', Match.stringLikeRegexp('The policy of the KMS key Stack/Key/Resource would have about \\d+ bytes, and KMS takes 32768.*config\\.amazonaws\\.com'));
  expect(JSON.stringify(statementsOf(scope, 'AWS::KMS::Key', 'KeyPolicy'))).not.toContain('config.amazonaws.com');
});

test('the length of a document is that of its JSON without white space, and ARNs that only the deployment knows have theirs', () => {
  const plain = { Statement: [{ Effect: 'Allow', Action: ['a', 'b'], Resource: 'arn:aws:s3:::x', Condition: { Bool: { k: 'true' } } }] };
  expect(deployedLength(plain)).toBe(JSON.stringify(plain).length);
  expect(deployedLength({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] })).toBe('"arn:aws:s3"'.length);
});
