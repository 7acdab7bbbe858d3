import { App, Aspects, AspectPriority, Aws, CfnResource, Fn, Mixins, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BucketEncryptionAtRest, BucketTlsOnly, EncryptedBucket, EncryptedQueue, EncryptionDefaults, EncryptionKey, InsecureProps } from '../../src';
import { ENV, stack } from '../support/stack';

type Json = Record<string, any>;

const templateOf = (scope: Stack): Json => Template.fromStack(scope).toJSON();
const resources = (template: Json, type: string): Json[] => Object.values(template.Resources as Json).filter(({ Type }) => Type === type)
  .map(({ Properties }) => Properties ?? {});
const statements = (template: Json, type: string, property = 'PolicyDocument'): Json[] => resources(template, type).flatMap((properties) => properties[property].Statement);
const warnings = (scope: Stack): string => (scope.node.root as App).synth().getStackArtifact(scope.artifactId).messages.map(({ entry }) => entry.data).join('\n');
const plainRole = (scope: Stack, id = 'Role') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const reads = (bucket: s3.IBucket) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] });

function withDefaults(options = {}): Stack {
  const app = new App();
  EncryptionDefaults.of(app).apply(options);
  return stack(ENV, 'Stack', app);
}

describe('a role', () => {
  test('gets the key in the policy that names the bucket, through S3 only', () => {
    const scope = withDefaults();
    plainRole(scope).addToPolicy(reads(new s3.Bucket(scope, 'Bucket')));
    const [, added, ...others] = statements(templateOf(scope), 'AWS::IAM::Policy');
    expect(added).toMatchObject({ Effect: 'Allow', Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } } });
    expect(added.Resource['Fn::GetAtt'][0]).toMatch(/^SharedEncryptionKey/);
    expect(others).toEqual([]);
  });

  test('that has the key already gets nothing', () => {
    const scope = stack(ENV);
    const bucket = new EncryptedBucket(scope, 'Bucket');
    bucket.grantReadWrite(plainRole(scope));
    const kmsStatements = statements(templateOf(scope), 'AWS::IAM::Policy').filter(({ Action }) => JSON.stringify(Action).includes('kms:'));
    expect(kmsStatements).toHaveLength(1);
  });

  test('gets the key where its policy is an L1, a managed policy, or stands in the role', () => {
    const scope = withDefaults();
    const bucket = new s3.Bucket(scope, 'Bucket');
    const document = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: bucket.arnForObjects('*') }] };
    new iam.CfnPolicy(scope, 'L1', { policyName: 'l1', policyDocument: document, roles: [plainRole(scope, 'A').roleName] });
    new iam.ManagedPolicy(scope, 'Managed', { roles: [plainRole(scope, 'B')], statements: [reads(bucket)] });
    new iam.CfnRole(scope, 'Inline', { assumeRolePolicyDocument: {}, policies: [{ policyName: 'p', policyDocument: document }] });
    const template = templateOf(scope);
    const inline = resources(template, 'AWS::IAM::Role').flatMap(({ Policies = [] }) => Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement));
    for (const all of [statements(template, 'AWS::IAM::Policy'), statements(template, 'AWS::IAM::ManagedPolicy'), inline]) {
      expect(all.filter(({ Action }) => Action === 'kms:Decrypt')).toHaveLength(1);
    }
  });

  test('that replicates gets what S3 asks of it for replicas', () => {
    const scope = withDefaults();
    const destination = new s3.Bucket(scope, 'Replica', { versioned: true });
    new s3.Bucket(scope, 'Source', { versioned: true, replicationRules: [{ destination }] });
    const uses = statements(templateOf(scope), 'AWS::IAM::Policy').filter(({ Action }) => JSON.stringify(Action).includes('kms:'));
    expect(uses.map(({ Action }) => Action)).toEqual(expect.arrayContaining(['kms:Decrypt', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']]));
  });

  test.each<[string, (scope: Stack) => string]>([
    ['an L2', (scope) => new iam.Role(scope, 'Export', {
      assumedBy: new iam.CompositePrincipal(
        new iam.ServicePrincipal('ec2.amazonaws.com'), new iam.ServicePrincipal('export.rds.amazonaws.com').withConditions({ Bool: { 'aws:SecureTransport': 'true' } }),
      ),
    }).roleName],
    ['an L1', (scope) => new iam.CfnRole(scope, 'Export', {
      assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'export.rds.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    }).ref],
  ])('for exports of database snapshots, %s, may name the key of the call in its uploads, and another role may not', (_, make) => {
    const scope = withDefaults();
    const bucket = new s3.Bucket(scope, 'Exports');
    const policyDocument = { Statement: [{ Effect: 'Allow', Action: 's3:PutObject*', Resource: bucket.arnForObjects('*') }] };
    new iam.CfnPolicy(scope, 'Policy', { policyName: 'uploads', policyDocument, roles: [make(scope), plainRole(scope, 'Other').roleName] });
    const denials = statements(templateOf(scope), 'AWS::S3::BucketPolicy').filter(({ Sid }) => /DenyOtherKey|DenyKmsWithoutKey/.test(Sid));
    const exporter = { 'Fn::GetAtt': [expect.stringMatching(/^Export/), 'Arn'] };
    expect(denials.map(({ Condition }) => Condition.ArnNotEquals['aws:PrincipalArn'])).toEqual([[exporter], [exporter]]);
  });

  test('gets the key beside a statement of it that holds for another service, or for another bucket', () => {
    const scope = withDefaults();
    const key = new kms.Key(scope, 'Key', { enableKeyRotation: true });
    const [one, two] = ['One', 'Two'].map((id) => new s3.Bucket(scope, id, { encryptionKey: key }));
    const through = (conditions: Json) => new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn], conditions });
    const role = plainRole(scope);
    [reads(one), reads(two), through({ StringEquals: { 'kms:EncryptionContext:aws:s3:arn': one.bucketArn } })].forEach((statement) => role.addToPolicy(statement));
    const machine = plainRole(scope, 'Machine');
    [reads(two), through({ StringLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': 'arn:aws:states:*' } })].forEach((statement) => machine.addToPolicy(statement));
    const added = statements(templateOf(scope), 'AWS::IAM::Policy').filter(({ Condition }) => Condition?.StringEquals?.['kms:ViaService']);
    expect(added).toHaveLength(2);
  });

  test.each<[string, (scope: Stack) => string]>([
    ['the account', (scope) => new s3.Bucket(scope, 'Bucket', { bucketName: `data-${Aws.ACCOUNT_ID}` }) && `arn:${Aws.PARTITION}:s3:::data-${Aws.ACCOUNT_ID}/*`],
    ['the Region, known here and a pseudo parameter there', (scope) => new s3.Bucket(scope, 'Bucket', { bucketName: 'data-us-east-1' }) && Fn.sub('arn:aws:s3:::data-${AWS::Region}/*')],
    ['an access point', (scope) => `${new s3.CfnAccessPoint(scope, 'Point', { bucket: new s3.Bucket(scope, 'Bucket').bucketName }).attrArn}/object/*`],
    ['an access point by its name', (scope) => new s3.CfnAccessPoint(scope, 'Point', { bucket: new s3.Bucket(scope, 'Bucket').bucketName, name: 'point' })
      && 'arn:aws:s3:us-east-1:111122223333:accesspoint/point/object/*'],
  ])('that names a bucket by %s gets the key', (_, arnOf) => {
    const scope = withDefaults();
    plainRole(scope).addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [arnOf(scope)] }));
    expect(statements(templateOf(scope), 'AWS::IAM::Policy').filter(({ Action }) => Action === 'kms:Decrypt')).toHaveLength(1);
  });

  test('whose policy names everything is told of, with the statement', () => {
    const scope = withDefaults();
    new s3.Bucket(scope, 'Bucket');
    plainRole(scope).addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    expect(warnings(scope)).toMatch(/Stack\/Role cannot read from Stack\/Bucket yet.*names every resource.*"Action":\["kms:Decrypt"\].*"kms:ViaService":"s3\.us-east-1\.amazonaws\.com"/s);
    expect(warnings(scope)).not.toContain('${Token');
  });

  test('of another stack gets the key: its stack depends on the key\'s already, and no circle comes of it', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const [data, compute] = ['Data', 'Compute'].map((id) => stack(ENV, id, app));
    plainRole(compute).addToPolicy(reads(new s3.Bucket(data, 'Bucket')));
    expect(JSON.stringify(statements(templateOf(compute), 'AWS::IAM::Policy'))).toMatch(/kms:Decrypt.*Data:ExportsOutputFnGetAttSharedEncryptionKey/);
    expect(data.dependencies).toEqual([]);
  });

  test('of another stack that knows only the name of the bucket is told of: a reference to the key could be a circle', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const [data, compute] = ['Data', 'Compute'].map((id) => stack(ENV, id, app));
    new s3.Bucket(data, 'Bucket', { bucketName: 'known-name' });
    plainRole(compute).addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::known-name/*'] }));
    expect(warnings(data)).toMatch(/Compute\/Role cannot read from Data\/Bucket yet.*two stacks depend on each other/);
    expect(compute.dependencies).toEqual([]);
  });

  test('is told of and not given the key of another stack with the same logical id', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const [one, two] = ['One', 'Two'].map((id) => stack(ENV, id, app));
    const theirs = new s3.Bucket(one, 'Bucket');
    new s3.Bucket(two, 'Bucket');
    plainRole(two).addToPolicy(reads(theirs));
    expect(JSON.stringify(statements(templateOf(two), 'AWS::IAM::Policy'))).toMatch(/kms:Decrypt.*One:ExportsOutputFnGetAttSharedEncryptionKey/);
  });
});

describe('a service', () => {
  test('is in the key policy once, for all accounts that it acts for', () => {
    const scope = withDefaults();
    for (const [index, account] of ['444455556666', '777788889999', '444455556666'].entries()) {
      const queue = new sqs.Queue(scope, `Queue${index}`);
      sns.Topic.fromTopicArn(scope, `Topic${index}`, `arn:aws:sns:us-east-1:${account}:orders${index}`).addSubscription(new subscriptions.SqsSubscription(queue));
    }
    const added = statements(templateOf(scope), 'AWS::KMS::Key', 'KeyPolicy').filter(({ Principal }) => Principal.Service === 'sns.amazonaws.com');
    expect(added.map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'aws:SourceAccount': ['444455556666', '777788889999'] } }]);
  });

  test.each<[string, (scope: Stack, bucket: s3.Bucket) => unknown]>([
    ['Amazon MSK', (scope, { bucketName: bucket }) => new CfnResource(scope, 'Source', { type: 'AWS::MSK::Cluster', properties: { LoggingInfo: { BrokerLogs: { S3: { Enabled: true, Bucket: bucket } } } } })],
    ['AWS Network Firewall', (scope, { bucketName }) => new CfnResource(scope, 'Source', { type: 'AWS::NetworkFirewall::LoggingConfiguration', properties: { LoggingConfiguration: { LogDestinationConfigs: [{ LogDestination: { bucketName } }] } } })],
    ['EventBridge Pipes', (scope, { bucketName }) => new CfnResource(scope, 'Source', { type: 'AWS::Pipes::Pipe', properties: { LogConfiguration: { S3LogDestination: { BucketName: bucketName } } } })],
  ])('that delivers the logs of %s gets the key', (_, log) => {
    const scope = withDefaults();
    log(scope, new s3.Bucket(scope, 'Logs'));
    const added = statements(templateOf(scope), 'AWS::KMS::Key', 'KeyPolicy').filter(({ Principal }) => Principal.Service === 'delivery.logs.amazonaws.com');
    expect(added).toHaveLength(1);
  });

  test('is told of where the key is imported, with the statement to paste', () => {
    const scope = stack(ENV);
    const encryptionKey = kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-1234567890ab');
    new EncryptedBucket(scope, 'Bucket', { encryptionKey }).addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('config.amazonaws.com')], actions: ['s3:PutObject'], resources: ['*'],
    }));
    expect(warnings(scope)).toMatch(/config\.amazonaws\.com .*cannot write to Stack\/Bucket yet.*"aws:SourceAccount":"111122223333".*"Principal":\{"Service":"config\.amazonaws\.com"\}/);
  });

  test('of which nothing is documented is told of, and not let in', () => {
    const scope = withDefaults();
    new s3.Bucket(scope, 'Bucket').addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('newservice.amazonaws.com')], actions: ['s3:PutObject'], resources: ['*'] }));
    expect(warnings(scope)).toMatch(/newservice\.amazonaws\.com .*AWS does not document/);
    expect(JSON.stringify(statements(templateOf(scope), 'AWS::KMS::Key', 'KeyPolicy'))).not.toContain('newservice');
  });
});

describe('EventBridge', () => {
  test.each([true, false])('keeps the rules that may send to a queue with a key, as it has them without (same account flag %s)', (flag) => {
    const app = new App({ context: { '@aws-cdk/aws-events:eventsTargetQueueSameAccount': flag } });
    const scope = stack(ENV, 'Stack', app);
    const queue = new EncryptedQueue(scope, 'Queue');
    for (const id of ['A', 'B']) { new events.Rule(scope, id, { eventPattern: { source: ['x'] }, targets: [new targets.SqsQueue(queue)] }); }
    const policy = statements(templateOf(scope), 'AWS::SQS::QueuePolicy').filter(({ Principal }) => Principal.Service === 'events.amazonaws.com');
    expect(policy.length).toBeGreaterThan(0);
    expect(policy.every(({ Condition }) => /aws:Source(Arn|Account)/.test(JSON.stringify(Condition ?? {})))).toBe(true);
  });
});

describe('what cannot be under the key', () => {
  const opened = (options = {}) => {
    const scope = withDefaults(options);
    new s3.Bucket(scope, 'Open').grantPublicAccess('public/*');
    return scope;
  };

  test('a bucket that the code opens to everybody is an error of this library, and as it was with a warning where the defaults only warn', () => {
    expect(() => templateOf(opened())).toThrow(/^Stack\/Open: its policy allows everybody.*exceptions: \[\{ path: 'Stack\/Open'.*\[BucketIsPublic\]$/);
    const scope = opened({ insecureProps: InsecureProps.WARN });
    expect(resources(templateOf(scope), 'AWS::S3::Bucket')).toEqual([{}]);
    expect(warnings(scope)).toMatch(/Stack\/Open: its policy allows everybody/);
  });

  const site = (bucket: s3.Bucket) => new cloudfront.Distribution(Stack.of(bucket), 'Site', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessIdentity(bucket) } });

  test('is left as it was by EncryptionDefaults, with a warning and an acknowledgement', () => {
    const scope = withDefaults();
    site(new s3.Bucket(scope, 'Bucket'));
    const bucket = Object.values(templateOf(scope).Resources as Json).find(({ Type }) => Type === 'AWS::S3::Bucket');
    expect(bucket.Properties.BucketEncryption).toBeUndefined();
    expect(JSON.stringify(scope.node.findChild('Bucket').node.defaultChild!.node.metadata)).toContain('Encryption-S3BucketCustomerKey');
    expect(warnings(scope)).toMatch(/Stack\/Bucket is left as it was.*origin access identity/);
  });

  test('is left by a mixin over a scope, and refused by a mixin on the one bucket', () => {
    const [many, one] = [stack(ENV), stack(ENV)];
    for (const scope of [many, one]) {
      const bucket = new s3.Bucket(scope, 'Bucket');
      site(bucket);
      const mixin = new BucketEncryptionAtRest(new EncryptionKey(scope, 'Key'));
      if (scope === many) { Mixins.of(scope).apply(mixin); } else { bucket.with(mixin); }
    }
    expect(warnings(many)).toMatch(/Stack\/Bucket is left as it was/);
    expect(() => warnings(one)).toThrow(/^Stack\/Bucket: cannot be encrypted under a KMS key, because it is used by the CloudFront origin access identity.*\[CannotBeUnderKey\]$/);
  });

  test('a website keeps plain HTTP under a mixin over a scope, and is an error by itself', () => {
    const scope = stack(ENV);
    const bucket = new s3.Bucket(scope, 'Site', { websiteIndexDocument: 'index.html' });
    expect(() => bucket.with(new BucketTlsOnly())).toThrow(/\[WebsiteIsPlainHttp\]$/);
    Mixins.of(scope).apply(new BucketTlsOnly());
    expect(warnings(scope)).toMatch(/Stack\/Site is left as it was, not limited to TLS/);
  });
});

describe('completion', () => {
  test('reaches a Stage, by an EncryptionDefaults of the app', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const scope = stack(ENV, 'Data', new Stage(app, 'Prod') as never);
    plainRole(scope).addToPolicy(reads(new s3.Bucket(scope, 'Bucket')));
    const [{ template }] = app.synth().getNestedAssembly('assembly-Prod').stacks;
    expect(statements(template, 'AWS::S3::BucketPolicy').map(({ Sid }) => Sid)).toEqual(['DenyPlainHttp', 'DenyTlsBelow12', 'DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey']);
    expect(resources(template, 'AWS::S3::Bucket')[0].BucketEncryption.ServerSideEncryptionConfiguration[0].BlockedEncryptionTypes).toEqual({ EncryptionType: ['SSE-C'] });
    expect(JSON.stringify(statements(template, 'AWS::IAM::Policy'))).toContain('kms:Decrypt');
  });

  test.each([true, false])('comes after aspects that still write policies (stabilization %s)', (stabilization) => {
    const app = new App({ context: { '@aws-cdk/core:aspectStabilization': stabilization } });
    EncryptionDefaults.of(app).apply();
    const scope = stack(ENV, 'Stack', app);
    const bucket = new s3.Bucket(scope, 'Bucket');
    const role = plainRole(scope);
    new s3.Bucket(scope, 'Later');
    Aspects.of(scope).add({ visit: (node) => { if (node === role) { role.addToPolicy(reads(bucket)); } } }, { priority: AspectPriority.READONLY });
    expect(JSON.stringify(statements(templateOf(scope), 'AWS::IAM::Policy'))).toContain('kms:Decrypt');
  });

  test('changes no logical id, and makes nothing but what was missing', () => {
    const make = (scope: Stack) => {
      const bucket = new s3.Bucket(scope, 'Bucket');
      plainRole(scope).addToPolicy(reads(bucket));
      new sqs.Queue(scope, 'Queue');
      return Object.keys(templateOf(scope).Resources).sort();
    };
    const before = make(stack(ENV));
    const after = make(withDefaults());
    expect(after).toEqual(expect.arrayContaining(before));
    const added = after.filter((id) => !before.includes(id));
    expect(added.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['BucketPolicy', 'QueuePolicy', 'SharedEncryptionKey']);
  });

  test('puts the statements of the app first, in their order', () => {
    const scope = withDefaults();
    const bucket = new s3.Bucket(scope, 'Bucket');
    for (const sid of ['One', 'Two']) { bucket.addToResourcePolicy(new iam.PolicyStatement({ sid, principals: [new iam.AccountPrincipal('444455556666')], actions: ['s3:ListBucket'], resources: [bucket.bucketArn] })); }
    expect(statements(templateOf(scope), 'AWS::S3::BucketPolicy').map(({ Sid }) => Sid)).toEqual(['One', 'Two', 'DenyPlainHttp', 'DenyTlsBelow12', 'DenyOtherEncryption', 'DenyOtherKey', 'DenyKmsWithoutKey']);
  });
});

describe('strict mode', () => {
  test('tells all errors in one run, each with the exception to add where the code cannot be changed', () => {
    const scope = withDefaults();
    new s3.Bucket(scope, 'A', { enforceSSL: false });
    new sqs.Queue(scope, 'B', { enforceSSL: false });
    const run = () => (scope.node.root as App).synth();
    expect(run).toThrow(/Stack\/A: 'enforceSSL' cannot be false.*exceptions: \[\{ path: 'Stack\/A', reason: '…' \}\] \[BucketMustEnforceTls\]\nStack\/B: 'enforceSSL'.*\[QueueMustEnforceTls\]$/);
  });

  test('exceptions take globs, and say when they match nothing', () => {
    const scope = withDefaults({ exceptions: [{ path: '**/Legacy*', reason: 'old' }, { path: 'Stack/Nothing', reason: 'gone' }] });
    new s3.Bucket(scope, 'LegacyLogs', { enforceSSL: false });
    const told = warnings(scope.node.root.node.findChild('Stack') as Stack);
    expect(told).not.toContain('enforceSSL');
    expect(told).toContain("'exceptions' names Stack/Nothing, and nothing that EncryptionDefaults would change is made there");
  });

  test('warning mode never throws', () => {
    const scope = withDefaults({ insecureProps: InsecureProps.WARN });
    new s3.Bucket(scope, 'A', { enforceSSL: false, publicReadAccess: true, blockPublicAccess: new s3.BlockPublicAccess({ blockPublicPolicy: false }) });
    expect(() => (scope.node.root as App).synth()).not.toThrow();
  });
});
