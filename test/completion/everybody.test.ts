import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketEncryptionAtRest, EncryptedBucket, EncryptionDefaults, EncryptionKey } from '../../src';
import { readersCanUseKey } from '../../src/flows/checks';
import { Template } from '../../src/template/template';
import { ENV, stack } from '../support/stack';

type Json = Record<string, any>;

const ENDPOINT = { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
const NOT_ENDPOINT = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };

const bucketOf = (scope: Stack) => new s3.Bucket(scope, 'Bucket');
const WAYS: Record<string, () => s3.Bucket> = {
  construct: () => new EncryptedBucket(stack(ENV), 'Bucket'),
  mixin: () => {
    const bucket = bucketOf(stack(ENV));
    new BucketEncryptionAtRest(new EncryptionKey(bucket.stack, 'Key')).applyTo(bucket.node.defaultChild as s3.CfnBucket);
    return bucket;
  },
  injector: () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    return bucketOf(stack(ENV, 'Stack', app));
  },
};

function readBy(way: string, ...conditions: ReadonlyArray<readonly ['Allow' | 'Deny', Json]>): { warnings: string; key: Json[] } {
  const bucket = WAYS[way]();
  conditions.forEach(([effect, condition]) => bucket.addToResourcePolicy(new iam.PolicyStatement({
    effect: iam.Effect[effect === 'Allow' ? 'ALLOW' : 'DENY'], principals: [new iam.StarPrincipal()], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], conditions: condition,
  })));
  const { messages, template } = (bucket.node.root as App).synth().getStackArtifact(bucket.stack.artifactId);
  const [key] = (Object.values(template.Resources) as Json[]).filter(({ Type }) => Type === 'AWS::KMS::Key');
  return { warnings: messages.map(({ entry }) => entry.data).join('\n'), key: key.Properties.KeyPolicy.Statement.filter(({ Effect, Principal }: Json) => Effect === 'Allow' && Principal.AWS === '*') };
}

describe.each(Object.keys(WAYS))('a bucket under a key by the %s', (way) => {
  test('is for everybody of an endpoint: a warning has what their policies, or the key policy, need, and nothing is added for everybody', () => {
    const { warnings, key } = readBy(way, ['Allow', ENDPOINT]);
    expect(warnings).toMatch(/Everybody whom .*Policy limits by aws:SourceVpce cannot read from .* yet: .*Add .*"kms:Decrypt".* to the policies of the roles that are meant; or, .* add to the key policy: .*"kms:CallerAccount":"\d{12}","kms:ViaService":"s3\./);
    expect(key).toEqual([]);
  });

  test.each<[string, Json]>([['a tag of their own', { StringEquals: { 'aws:PrincipalTag/team': 'x' } }], ['any address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }]])(
    'is not for whoever has %s', (_, condition) => {
      expect(() => readBy(way, ['Allow', condition])).toThrow(/public/i);
    });
});

test.each(['mixin', 'injector'])('a bucket under a key by the %s may be for everybody, of whom a Deny leaves an endpoint', (way) => {
  expect(readBy(way, ['Allow', {}], ['Deny', NOT_ENDPOINT]).warnings).toMatch(/limits by a Deny of the policy cannot read/);
});

const POLICY = (Statement: Json[]) => new Template({
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } }] } } },
    Key: { Type: 'AWS::KMS::Key' },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement } } },
  },
});
const read = (Condition: Json | undefined, Effect = 'Allow') => ({ Effect, Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Bucket.Arn}/*' }, ...(Condition ? { Condition } : {}) });

test.each<[string, Json[], string]>([
  ['everybody', [read(undefined)], 'fail'],
  ['everybody over TLS', [read({ Bool: { 'aws:SecureTransport': 'true' } })], 'fail'],
  ['everybody of an endpoint', [read(ENDPOINT)], 'pass'],
  ['everybody, of whom a Deny leaves an endpoint', [read(undefined), read(NOT_ENDPOINT, 'Deny')], 'pass'],
  ['sources of an account', [read({ StringEquals: { 'aws:SourceAccount': '111122223333' } })], 'not applicable'],
])('the rule takes a policy for %s as the constructs do', (_, statements, expected) => {
  expect(readersCanUseKey(POLICY(statements).resource('Bucket')!).kind).toBe(expected);
});
