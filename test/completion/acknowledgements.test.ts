import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
import { EncryptionChecks } from '../../src';
import { runIn } from '../support/command-line';
import { ENV } from '../support/stack';

const outdir = mkdtempSync(join(tmpdir(), 'acknowledgements-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** What the command finds of a rule in the assembly of an app. */
function found(app: App, rule: string): string[] {
  app.synth({ force: true });
  const { findings } = JSON.parse(runIn(outdir, ['check', outdir, '--format', 'json', '--fail-on', 'never']).out);
  return findings.filter((finding: { rule: string }) => finding.rule === rule).map(({ path }: { path: string }) => path).sort();
}

const appWithChecks = () => {
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
  const checks = new EncryptionChecks(app);
  return { app, checks };
};
const env = { account: ENV.account, region: ENV.region };

describe('an acknowledgement above the stacks holds for the command too', () => {
  const RULE = 'Encryption-S3BucketCustomerKey';
  type Made = ReturnType<typeof withStage>;
  const withStage = () => {
    const { app } = appWithChecks();
    const group = new Construct(app, 'Group');
    new s3.Bucket(new Stack(group, 'Own'), 'Public');
    // Made after the checks, and with nothing of this library in it.
    const stage = new Stage(app, 'Prod');
    new s3.Bucket(new Stack(stage, 'Data'), 'Public');
    return { app, group, stage };
  };

  test.each([
    ['nobody', () => undefined, ['Group/Own/Public', 'Prod/Data/Public']],
    ['the app', ({ app }: Made) => app, []],
    ['a Stage', ({ stage }: Made) => stage, ['Group/Own/Public']],
    ['a group of stacks', ({ group }: Made) => group, ['Prod/Data/Public']],
  ])('on %s', (_, on: (made: Made) => IConstruct | undefined, expected) => {
    const made = withStage();
    const scope = on(made);
    if (scope) { Validations.of(scope).acknowledge({ id: RULE, reason: 'public data' }); }
    expect(found(made.app, RULE)).toEqual(expected);
  });

  test('in an app that makes nothing of this library, and has only loaded it', () => {
    const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } });
    new s3.Bucket(new Stack(app, 'Own'), 'Public');
    Validations.of(app).acknowledge({ id: RULE, reason: 'public data' });
    expect(found(app, RULE)).toEqual([]);
  });

  test('and changes no manifest where there is none', () => {
    const { app } = withStage();
    app.synth({ force: true });
    expect(readFileSync(join(outdir, 'manifest.json'), 'utf8')).not.toContain('EncryptionAcknowledgements');
  });
});

describe('a flow between two stacks', () => {
  const SERVICES = 'Encryption-S3BucketServicesHaveKey';
  const ROLES = 'Encryption-IamPolicyHasKey';
  /** The CDK adds nothing to a key for a trail, nor for a policy that is written by hand. */
  const twoStacks = () => {
    const { app, checks } = appWithChecks();
    const [data, audit] = ['Data', 'Audit'].map((id) => new Stack(app, id, { env }));
    const bucket = new s3.Bucket(data, 'Bucket', { encryptionKey: new kms.Key(data, 'Key'), bucketName: 'logs-of-the-trail' });
    const trail = new cloudtrail.CfnTrail(audit, 'Trail', { isLogging: true, s3BucketName: bucket.bucketName });
    const role = new iam.Role(audit, 'Role', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
    return { app, checks, bucket, trail, role };
  };

  test('is judged in the assembly, and names both ends', () => {
    const { app, checks } = twoStacks();
    expect([found(app, SERVICES), found(app, ROLES)]).toEqual([['Data/Bucket'], ['Audit/Role/DefaultPolicy']]);
    const { violations } = checks.validateScope(app);
    expect(violations.find(({ ruleName }) => ruleName === SERVICES)?.description).toMatch(/cloudtrail.amazonaws.com \(Audit\/Trail\) writes to it/);
    expect(violations.find(({ ruleName }) => ruleName === ROLES)?.description).toMatch(/Audit\/Role may read from Data\/Bucket and may not use its key/);
  });

  test.each([
    ['the trail', SERVICES, ({ trail }: ReturnType<typeof twoStacks>) => trail],
    ['the bucket', SERVICES, ({ bucket }: ReturnType<typeof twoStacks>) => bucket],
    ['the bucket that a role reads', ROLES, ({ bucket }: ReturnType<typeof twoStacks>) => bucket],
    ['the role', ROLES, ({ role }: ReturnType<typeof twoStacks>) => role],
  ])('is accepted where %s is acknowledged (%s), at synth and by the command', (_, rule, end: (made: ReturnType<typeof twoStacks>) => IConstruct) => {
    const made = twoStacks();
    Validations.of(end(made)).acknowledge({ id: rule, reason: 'by the grants of another team' });
    expect(found(made.app, rule)).toEqual([]);
    expect(made.checks.validateScope(made.app).violations.map(({ ruleName }) => ruleName)).not.toContain(rule);
  });

  test('is not accepted as a whole where one of two is acknowledged', () => {
    const made = twoStacks();
    new cloudtrail.CfnTrail(made.trail.stack, 'Other', { isLogging: true, s3BucketName: made.bucket.bucketName });
    Validations.of(made.trail).acknowledge({ id: SERVICES, reason: 'known' });
    expect(found(made.app, SERVICES)).toEqual(['Data/Bucket']);
  });
});

test('stacks that give the same name to keys and aliases are told apart', () => {
  const { app } = appWithChecks();
  for (const [id, account] of [['One', '222222222222'], ['Two', '333333333333']]) {
    const scope = new Stack(app, id, { env });
    const key = new kms.Key(scope, 'Key');
    const alias = new kms.Alias(scope, 'Alias', { targetKey: key, aliasName: `alias/${id}` });
    const bucket = new s3.CfnBucket(scope, 'Bucket', {
      bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: alias.aliasArn } }] },
    });
    const reader = new iam.AccountPrincipal(account);
    key.grantDecrypt(reader);
    new s3.CfnBucketPolicy(scope, 'Policy', {
      bucket: bucket.ref,
      policyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: reader.arn }, Action: 's3:GetObject', Resource: `${bucket.attrArn}/*` }] },
    });
  }
  expect(found(app, 'Encryption-S3BucketServicesHaveKey')).toEqual([]);
});
