import { App, Mixins, Stack } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketEncryptionAtRest, BucketTlsOnly, EncryptionDefaults } from '../../src';
import { ENV, stack } from '../support/stack';

type Json = Record<string, any>;

/** What the CDK writes when the app is synthesized, once more. */
const synth = (scope: Stack): Json => (scope.node.root as App).synth({ force: true }).getStackArtifact(scope.artifactId).template;
const statements = (template: Json, type: string): Json[] => Object.values<Json>(template.Resources).filter(({ Type }) => Type === type)
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const reader = (scope: Stack, id: string, bucket: s3.IBucket) => {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
  return role;
};

describe.each<[string, (scope: Stack) => s3.Bucket]>([
  ['EncryptionDefaults', (scope) => { EncryptionDefaults.of(scope).apply(); return new s3.Bucket(scope, 'Bucket'); }],
  ['a mixin with a plain key', (scope) => {
    const bucket = new s3.Bucket(scope, 'Bucket');
    Mixins.of(scope).apply(new BucketEncryptionAtRest(new kms.Key(scope, 'Key', { enableKeyRotation: true })), new BucketTlsOnly());
    return bucket;
  }],
])('an app that is synthesized again, under %s', (_, make) => {
  const scope = stack(ENV);
  const bucket = make(scope);
  reader(scope, 'First', bucket);
  const first = synth(scope);

  test('is the same where nothing has changed', () => {
    expect(synth(scope)).toEqual(first);
  });

  test('gives the key to a role that came between', () => {
    reader(scope, 'Second', bucket);
    expect(statements(synth(scope), 'AWS::IAM::Policy').filter(({ Action }) => Action === 'kms:Decrypt')).toHaveLength(2);
  });

  test('leaves room for a writer that came between, in one set of denials', () => {
    const role = new iam.Role(scope, 'BuildRole', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') });
    bucket.grantWrite(role);
    new codebuild.CfnProject(scope, 'Build', {
      serviceRole: role.roleArn,
      source: { type: 'NO_SOURCE', buildSpec: '{}' },
      environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
      artifacts: { type: 'S3', location: bucket.bucketName, name: 'a' },
    });
    const denials = statements(synth(scope), 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Deny');
    expect(denials.map(({ Sid }) => Sid)).toEqual([...new Set(denials.map(({ Sid }) => Sid))]);
    expect(JSON.stringify(denials.filter(({ Sid }) => Sid === 'DenyOtherKey'))).toContain('BuildRole');
  });
});
