import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as library from '../../../src';
import { Emulator } from '../../support/emulator';
import { decide } from '../../support/simulator';
import { ENV } from '../../support/stack';

/*
 * Who may do what with what is deployed. Expected answers are written from AWS's pages; an independent policy simulator judges the
 * policies that the services gave back after `cdk deploy`: the key's, the bucket's or queue's, and the principal's own, together.
 */
const ACCOUNT = ENV.account!;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const [ADMIN, USER, GLASS, APPLICATION, STRANGER] = ['Admin', 'User', 'Glass', 'Application', 'Stranger'].map(role);
const FOREIGN = 'arn:aws:iam::444455556666:role/Foreign';

/** Keys with administrators and users of their own, and roles whose IAM policies allow far too much. */
function vault(app: App): void {
  const stack = new Stack(app, 'Vault', { env: ENV });
  const [admin, user, glass, stranger] = ['Admin', 'User', 'Glass', 'Stranger'].map((roleName) =>
    new iam.Role(stack, roleName, { roleName, assumedBy: new iam.AccountRootPrincipal() }));
  for (const insider of [admin, user, glass, stranger]) {
    // What a careless administrator of IAM gives away, so that key, bucket and queue have to hold by themselves.
    insider.addToPolicy(new iam.PolicyStatement({ actions: ['kms:*', 's3:*', 'sqs:*', 'sns:*'], resources: ['*'] }));
  }
  const closed = { administrators: [admin], users: [user], trustAccountIdentities: false };
  const key = new library.EncryptionKey(stack, 'Key', { ...closed, breakGlassPrincipals: [glass], alias: 'alias/closed' });
  new library.MultiRegionKey(stack, 'Everywhere', { ...closed, replicaRegions: ['eu-west-1'], alias: 'alias/everywhere' });
  new library.SigningKey(stack, 'Signing', { ...closed, alias: 'alias/signing' });
  new library.MacKey(stack, 'Mac', { ...closed, alias: 'alias/mac' });
  new library.AsymmetricEncryptionKey(stack, 'Asymmetric', { ...closed, alias: 'alias/asymmetric' });
  new library.KeyAgreementKey(stack, 'Agreement', { ...closed, alias: 'alias/agreement' });
  new library.KeyLifecycleMonitor(stack, 'Monitor', { keys: [key] });
}

/** A bucket, a queue, a database and a load balancer under one open key. */
function fort(app: App): void {
  const stack = new Stack(app, 'Fort', { env: ENV });
  const application = new iam.Role(stack, 'Application', { roleName: 'Application', assumedBy: new iam.AccountRootPrincipal() });
  const encryptionKey = new library.EncryptionKey(stack, 'Shared', { alias: 'alias/shared' });
  const bucket = new library.EncryptedBucket(stack, 'Bucket', { encryptionKey });
  const queue = new library.EncryptedQueue(stack, 'Queue', { encryptionKey });
  queue.allowSendFrom(library.MessageSource.bucket(bucket));
  bucket.grantReadWrite(application);
  queue.grantSendMessages(application);

  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, availabilityZones: ['us-east-1a', 'us-east-1b'] });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  new library.EncryptedDatabaseInstance(stack, 'Database', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    encryptionKey,
    vpc,
    vpcSubnets,
    instanceIdentifier: 'fort',
    cloudwatchLogsExports: ['postgresql'],
  });
  new library.HttpsLoadBalancer(stack, 'LoadBalancer', { vpc, vpcSubnets }).addHttpsListener('Https', {
    certificates: [new acm.Certificate(stack, 'Certificate', { domainName: 'fort.example.com', validation: acm.CertificateValidation.fromDns() })],
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
  });
}

function synth(): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'attacked-')), defaultStackSynthesizer: new BootstraplessSynthesizer() });
  vault(app);
  fort(app);
  return app.synth().directory;
}

interface Target { readonly arn: string; readonly policy: unknown }
const targets: Record<string, Target> = {};
const identities: Record<string, unknown[]> = {};
let aws: Emulator;

async function keyTarget(alias: string, region?: string): Promise<Target> {
  const client = new KMSClient(aws.client(region));
  const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: alias }));
  const { Policy: policy } = await client.send(new GetKeyPolicyCommand({ KeyId: key!.KeyId, PolicyName: 'default' }));
  return { arn: key!.Arn!, policy: JSON.parse(policy!) };
}

async function bucketTarget(logicalId: RegExp): Promise<Target> {
  const name = await aws.physicalId('Fort', logicalId);
  const { Policy: policy } = await new S3Client({ ...aws.client(), forcePathStyle: true }).send(new GetBucketPolicyCommand({ Bucket: name }));
  return { arn: `arn:aws:s3:::${name}`, policy: JSON.parse(policy!) };
}

async function queueTarget(logicalId: RegExp): Promise<Target> {
  const url = await aws.physicalId('Fort', logicalId);
  const client = new SQSClient({ ...aws.client(), useQueueUrlAsEndpoint: false });
  const { Attributes: attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  return { arn: attributes!.QueueArn!, policy: JSON.parse(attributes!.Policy!) };
}

async function topicTarget(logicalId: RegExp): Promise<Target> {
  const arn = await aws.physicalId('Vault', logicalId);
  const { Attributes: attributes } = await new SNSClient(aws.client()).send(new GetTopicAttributesCommand({ TopicArn: arn }));
  return { arn, policy: JSON.parse(attributes!.Policy!) };
}

async function policiesOf(arn: string): Promise<unknown[]> {
  const client = new IAMClient(aws.client());
  const RoleName = arn.split('/').pop()!;
  const { PolicyNames: names = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
  return Promise.all(names.map(async (PolicyName) =>
    JSON.parse(decodeURIComponent((await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument!))));
}

beforeAll(async () => {
  aws = await Emulator.start();
  aws.deployed(synth());
  for (const alias of ['closed', 'shared', 'everywhere', 'signing', 'mac', 'asymmetric', 'agreement']) { targets[alias] = await keyTarget(`alias/${alias}`); }
  targets.replica = await keyTarget('alias/everywhere', 'eu-west-1');
  targets.bucket = await bucketTarget(/^Bucket[0-9A-F]{8}$/);
  targets.logs = await bucketTarget(/^SharedAccessLogs[0-9A-F]{8}$/);
  targets.queue = await queueTarget(/^Queue[0-9A-F]{8}$/);
  targets.topic = await topicTarget(/^MonitorTopic[0-9A-F]{8}$/);
  for (const arn of [ADMIN, USER, GLASS, APPLICATION, STRANGER]) { identities[arn] = await policiesOf(arn); }
}, 300_000);
afterAll(() => aws.stop());

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
type Context = Record<string, string>;
const https: Context = { 'aws:SecureTransport': 'true' };
const TLS13: Context = { ...https, 's3:TlsVersion': '1.3' };
const TLS12: Context = { ...https, 's3:TlsVersion': '1.2' };
const TLS11: Context = { ...https, 's3:TlsVersion': '1.1' };
const HTTP: Context = { 'aws:SecureTransport': 'false' };

/** Whether a principal is let in to one target. A stranger of another account has every permission that his own account can give. */
function ask(principal: string, action: string, target: string, context: Context = {}, path = ''): Promise<'allowed' | 'denied'> {
  const { arn, policy } = targets[target];
  const foreign = principal === FOREIGN ? [EVERYTHING] : [];
  return decide({ principal, action, resource: arn + path, resourcePolicy: policy, identityPolicies: identities[principal] ?? foreign, context });
}

type Row = [who: string, action: string, target: string, expected: 'allowed' | 'denied', context?: Context];
async function check([who, action, target, expected, context]: Row, path?: string): Promise<void> {
  expect(await ask(who, action, target, context, path)).toBe(expected);
}

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: administrators do not use, users do not manage.
test.each<Row>([
  [ADMIN, 'kms:Decrypt', 'closed', 'denied'],
  [ADMIN, 'kms:Encrypt', 'closed', 'denied'],
  [ADMIN, 'kms:GenerateDataKey', 'closed', 'denied'],
  [ADMIN, 'kms:CreateGrant', 'closed', 'denied'],
  [ADMIN, 'kms:PutKeyPolicy', 'closed', 'allowed'],
  [ADMIN, 'kms:EnableKeyRotation', 'closed', 'allowed'],
  [USER, 'kms:Decrypt', 'closed', 'allowed'],
  [USER, 'kms:GenerateDataKey', 'closed', 'allowed'],
  [USER, 'kms:PutKeyPolicy', 'closed', 'denied'],
  [USER, 'kms:DisableKeyRotation', 'closed', 'denied'],
  [USER, 'kms:CreateGrant', 'closed', 'denied'],
  [STRANGER, 'kms:Decrypt', 'closed', 'denied'],
  [STRANGER, 'kms:PutKeyPolicy', 'closed', 'denied'],
  [FOREIGN, 'kms:Decrypt', 'closed', 'denied'],
  [FOREIGN, 'kms:PutKeyPolicy', 'closed', 'denied'],
  ['anonymous', 'kms:Decrypt', 'closed', 'denied'],
  [FOREIGN, 'kms:Decrypt', 'shared', 'denied'],
  ['anonymous', 'kms:Decrypt', 'shared', 'denied'],
  [STRANGER, 'kms:CreateGrant', 'shared', 'denied'],
])('key: %s asks for %s of %s: %s', (...row) => check(row));

// https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
test.each<Row>([
  [GLASS, 'kms:ScheduleKeyDeletion', 'closed', 'allowed'],
  [GLASS, 'kms:DisableKey', 'closed', 'allowed'],
  [GLASS, 'kms:Decrypt', 'closed', 'denied'],
  [ADMIN, 'kms:ScheduleKeyDeletion', 'closed', 'denied'],
  [ADMIN, 'kms:DisableKey', 'closed', 'denied'],
  [ADMIN, 'kms:DeleteImportedKeyMaterial', 'closed', 'denied'],
  [USER, 'kms:ScheduleKeyDeletion', 'closed', 'denied'],
  [STRANGER, 'kms:ScheduleKeyDeletion', 'closed', 'denied'],
  [FOREIGN, 'kms:ScheduleKeyDeletion', 'closed', 'denied'],
  [FOREIGN, 'kms:ScheduleKeyDeletion', 'shared', 'denied'],
])('deletion: %s asks for %s of %s: %s', (...row) => check(row));

// https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html: each key of the set has a policy of its own.
// https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-concepts.html: what each usage has operations for.
test.each<Row>([
  [USER, 'kms:Decrypt', 'replica', 'allowed'],
  [USER, 'kms:PutKeyPolicy', 'replica', 'denied'],
  [ADMIN, 'kms:Decrypt', 'replica', 'denied'],
  [ADMIN, 'kms:ScheduleKeyDeletion', 'replica', 'allowed'],
  [STRANGER, 'kms:Decrypt', 'replica', 'denied'],
  [FOREIGN, 'kms:Decrypt', 'replica', 'denied'],
  [USER, 'kms:Decrypt', 'everywhere', 'allowed'],
  [FOREIGN, 'kms:ReplicateKey', 'everywhere', 'denied'],
  [USER, 'kms:ReplicateKey', 'everywhere', 'denied'],
  [USER, 'kms:Sign', 'signing', 'allowed'],
  [ADMIN, 'kms:Sign', 'signing', 'denied'],
  [STRANGER, 'kms:Sign', 'signing', 'denied'],
  [USER, 'kms:PutKeyPolicy', 'signing', 'denied'],
  [USER, 'kms:GenerateMac', 'mac', 'allowed'],
  [ADMIN, 'kms:GenerateMac', 'mac', 'denied'],
  [STRANGER, 'kms:VerifyMac', 'mac', 'denied'],
  [USER, 'kms:Decrypt', 'asymmetric', 'allowed'],
  [ADMIN, 'kms:Decrypt', 'asymmetric', 'denied'],
  [FOREIGN, 'kms:Decrypt', 'asymmetric', 'denied'],
  [USER, 'kms:DeriveSharedSecret', 'agreement', 'allowed'],
  [ADMIN, 'kms:DeriveSharedSecret', 'agreement', 'denied'],
  [STRANGER, 'kms:DeriveSharedSecret', 'agreement', 'denied'],
])('key set and other usages: %s asks for %s of %s: %s', (...row) => check(row));

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
const otherKey = { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': `arn:aws:kms:us-east-1:${ACCOUNT}:key/other` };
test.each<Row>([
  [APPLICATION, 's3:GetObject', 'bucket', 'allowed', TLS13],
  [APPLICATION, 's3:GetObject', 'bucket', 'allowed', TLS12],
  [APPLICATION, 's3:GetObject', 'bucket', 'denied', TLS11],
  [APPLICATION, 's3:GetObject', 'bucket', 'denied', HTTP],
  [STRANGER, 's3:GetObject', 'bucket', 'denied', HTTP],
  [STRANGER, 's3:PutObject', 'bucket', 'denied', TLS11],
  [APPLICATION, 's3:PutObject', 'bucket', 'allowed', TLS13],
  [APPLICATION, 's3:PutObject', 'bucket', 'denied', { ...TLS13, ...otherKey }],
  [APPLICATION, 's3:PutObject', 'bucket', 'denied', { ...TLS13, 's3:x-amz-server-side-encryption': 'AES256' }],
  [STRANGER, 's3:PutObject', 'bucket', 'denied', { ...TLS13, ...otherKey }],
  [FOREIGN, 's3:GetObject', 'bucket', 'denied', TLS13],
  [FOREIGN, 's3:PutObject', 'bucket', 'denied', TLS13],
  ['anonymous', 's3:GetObject', 'bucket', 'denied', TLS13],
  ['anonymous', 's3:PutObject', 'bucket', 'denied', TLS13],
])('bucket: %s asks for %s of %s: %s %o', (...row) => check(row, '/orders/1.json'));

test('an upload that names the bucket\'s own key is let in, and the object\'s reader needs the key too', async () => {
  const named = { ...TLS13, 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': targets.shared.arn };
  expect(await ask(APPLICATION, 's3:PutObject', 'bucket', named, '/orders/1.json')).toBe('allowed');
  expect(await ask(APPLICATION, 'kms:GenerateDataKey', 'shared')).toBe('allowed');
  expect(await ask(APPLICATION, 'kms:Decrypt', 'shared')).toBe('allowed');
  expect(await ask(APPLICATION, 'kms:Decrypt', 'closed')).toBe('denied');
});

const source = (account: string, arn: string): Context => ({ 'aws:SourceAccount': account, 'aws:SourceArn': arn });
const balancer = (account: string): Context => source(account, `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/fort/50dc6c495c0c9188`);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
test('a service that acts for a bucket, load balancer or log group of another account is a confused deputy, and is kept out', async () => {
  const ours = targets.bucket.arn;
  const theirs = 'arn:aws:s3:::theirs';
  const events = (account: string, arn: string) => Promise.all([
    ask('s3.amazonaws.com', 'sqs:SendMessage', 'queue', { ...https, ...source(account, arn) }),
    ask('s3.amazonaws.com', 'kms:GenerateDataKey', 'shared', source(account, arn)),
  ]);
  expect(await events(ACCOUNT, ours)).toEqual(['allowed', 'allowed']);
  expect(await events('444455556666', theirs)).toEqual(['denied', 'denied']);
  expect(await events('444455556666', ours)).toEqual(['denied', 'denied']);

  const accessLogs = (account: string, arn: string) => ask('logging.s3.amazonaws.com', 's3:PutObject', 'logs', { ...TLS13, ...source(account, arn) }, '/s3/log');
  expect(await accessLogs(ACCOUNT, ours)).toBe('allowed');
  expect(await accessLogs('444455556666', theirs)).toBe('denied');

  // ELB writes below the number of the load balancer's account, and nowhere else.
  const elbLogs = (account: string) => ask(
    'logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', 'logs', { ...TLS13, ...balancer(account) }, `/elb/AWSLogs/${account}/x`);
  expect(await elbLogs(ACCOUNT)).toBe('allowed');
  expect(await elbLogs('444455556666')).toBe('denied');

  const group = (account: string, name: string): Context => ({ 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:${name}` });
  const logGroup = '/aws/rds/instance/fort/postgresql';
  expect(await ask('logs.us-east-1.amazonaws.com', 'kms:GenerateDataKey', 'shared', group(ACCOUNT, logGroup))).toBe('allowed');
  expect(await ask('logs.us-east-1.amazonaws.com', 'kms:GenerateDataKey', 'shared', group('444455556666', logGroup))).toBe('denied');
  expect(await ask('logs.us-east-1.amazonaws.com', 'kms:GenerateDataKey', 'shared', group(ACCOUNT, '/other'))).toBe('denied');
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
test.each<Row>([
  [APPLICATION, 'sqs:SendMessage', 'queue', 'allowed', https],
  [APPLICATION, 'sqs:SendMessage', 'queue', 'denied', HTTP],
  [STRANGER, 'sqs:ReceiveMessage', 'queue', 'denied', HTTP],
  [FOREIGN, 'sqs:SendMessage', 'queue', 'denied', https],
  [FOREIGN, 'sqs:ReceiveMessage', 'queue', 'denied', https],
  ['anonymous', 'sqs:SendMessage', 'queue', 'denied', https],
  ['sns.amazonaws.com', 'sqs:SendMessage', 'queue', 'denied', { ...https, 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:any` }],
  [STRANGER, 's3:GetObject', 'logs', 'denied', HTTP],
  [FOREIGN, 's3:GetObject', 'logs', 'denied', TLS13],
  ['anonymous', 's3:GetObject', 'logs', 'denied', TLS13],
])('queue and logs: %s asks for %s of %s: %s %o', (...row) => check(row, row[2] === 'logs' ? '/s3/log' : ''));

// https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
// EventBridge comes without a source here: docs/threat-model.md says why.
const alarm = (account: string): Context => ({ 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${account}:alarm:any`, 'aws:SourceAccount': account });
test.each<Row>([
  ['events.amazonaws.com', 'sns:Publish', 'topic', 'denied', HTTP],
  ['events.amazonaws.com', 'sns:Publish', 'topic', 'allowed', https],
  ['cloudwatch.amazonaws.com', 'sns:Publish', 'topic', 'denied', { ...https, ...alarm(ACCOUNT) }],
  ['cloudwatch.amazonaws.com', 'sns:Publish', 'topic', 'denied', { ...https, ...alarm('444455556666') }],
  [STRANGER, 'sns:Publish', 'topic', 'denied', HTTP],
  [FOREIGN, 'sns:Publish', 'topic', 'denied', https],
  [FOREIGN, 'sns:Subscribe', 'topic', 'denied', https],
  ['anonymous', 'sns:Subscribe', 'topic', 'denied', https],
])('topic of the monitor: %s asks for %s of %s: %s %o', (...row) => check(row));

test('the monitor\'s own alarm publishes to its topic', async () => {
  const name = await aws.physicalId('Vault', /^MonitorAlarm[0-9A-F]{8}$/);
  const own = { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}`, 'aws:SourceAccount': ACCOUNT };
  expect(await ask('cloudwatch.amazonaws.com', 'sns:Publish', 'topic', { ...https, ...own })).toBe('allowed');
});
