import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Construct } from 'constructs';
import { attackedApp } from './attacked-app';
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

interface Target { readonly arn: string; readonly policy: unknown }
const targets: Record<string, Target> = {};
const identities: Record<string, unknown[]> = {};
let alarmName: string;
let aws: Emulator;

/** What the table calls a key, its alias, and the Region where it is not the home Region. */
const KEYS: Array<[construct: string, alias: string, region?: string]> = [
  ['closed EncryptionKey', 'closed'],
  ['EncryptionKey', 'shared'],
  ['MultiRegionKey', 'everywhere'],
  ['ReplicaKey', 'everywhere', 'eu-west-1'],
  ['SigningKey', 'signing'],
  ['MacKey', 'mac'],
  ['AsymmetricEncryptionKey', 'asymmetric'],
  ['KeyAgreementKey', 'agreement'],
];

async function keyTarget(keyId: string, region?: string): Promise<Target> {
  const client = new KMSClient(aws.client(region));
  const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
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

async function topicTarget(stack: string, logicalId: RegExp): Promise<Target> {
  const arn = await aws.physicalId(stack, logicalId);
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
  aws.deployed(attackedApp());
  for (const [construct, alias, region] of KEYS) { targets[construct] = await keyTarget(`alias/${alias}`, region); }
  targets.EncryptedDatabaseCluster = await keyTarget(await aws.physicalId('Fort', /^ClusterKey[0-9A-F]{8}$/));
  targets.EncryptedDatabaseInstance = targets.EncryptionKey;
  targets.EncryptedBucket = await bucketTarget(/^Bucket[0-9A-F]{8}$/);
  targets.SharedAccessLogs = await bucketTarget(/^SharedAccessLogs[0-9A-F]{8}$/);
  targets.HttpsLoadBalancer = targets.SharedAccessLogs;
  targets.EncryptedQueue = await queueTarget(/^Queue[0-9A-F]{8}$/);
  targets.EncryptedTopic = await topicTarget('Fort', /^Topic[0-9A-F]{8}$/);
  targets.KeyLifecycleMonitor = await topicTarget('Vault', /^MonitorTopic[0-9A-F]{8}$/);
  alarmName = await aws.physicalId('Vault', /^MonitorAlarm[0-9A-F]{8}$/);
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

/** What is asked for within a target: an object of a bucket, unless the row says another. */
const PATHS: Record<string, string> = { EncryptedBucket: '/orders/1.json', SharedAccessLogs: '/s3/log' };

/** What only the deployment knows, in the words of the table. */
const told = (text: string) => text.replace(/<(bucket|key|alarm)>/g, (_, name) => ({
  bucket: targets.EncryptedBucket.arn, key: targets.EncryptionKey.arn, alarm: alarmName,
})[name as 'bucket' | 'key' | 'alarm']);

type Row = [construct: string, who: string, action: string, expected: 'allowed' | 'denied', context?: Context, path?: string];

const source = (account: string, arn: string): Context => ({ 'aws:SourceAccount': account, 'aws:SourceArn': arn });
const [OURS, THEIRS] = ['<bucket>', 'arn:aws:s3:::theirs'];
const balancer = (account: string): Context => source(account, `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/fort/50dc6c495c0c9188`);
const alarm = (account: string, name: string): Context => source(account, `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`);
const group = (account: string, name: string): Context => ({ 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:${name}` });
const underKey = (arn: string): Context => ({ 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': arn });
const otherKey = underKey(`arn:aws:kms:us-east-1:${ACCOUNT}:key/other`);
const BUDGETS = 'budgets.amazonaws.com';
const [S3, S3_LOGS, ELB_LOGS, LOGS] = ['s3.amazonaws.com', 'logging.s3.amazonaws.com', 'logdelivery.elasticloadbalancing.amazonaws.com', 'logs.us-east-1.amazonaws.com'];
const OTHER = '444455556666';

const TABLE: Row[] = [
  // Administrators do not use, users do not manage: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  ['closed EncryptionKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:Encrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:GenerateDataKey', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:CreateGrant', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:PutKeyPolicy', 'allowed'],
  ['closed EncryptionKey', ADMIN, 'kms:EnableKeyRotation', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:Decrypt', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:GenerateDataKey', 'allowed'],
  ['closed EncryptionKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', USER, 'kms:DisableKeyRotation', 'denied'],
  ['closed EncryptionKey', USER, 'kms:CreateGrant', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:PutKeyPolicy', 'denied'],
  ['closed EncryptionKey', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['EncryptionKey', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptionKey', STRANGER, 'kms:CreateGrant', 'denied'],
  ['EncryptionKey', APPLICATION, 'kms:GenerateDataKey', 'allowed'],
  ['EncryptionKey', APPLICATION, 'kms:Decrypt', 'allowed'],
  ['closed EncryptionKey', APPLICATION, 'kms:Decrypt', 'denied'],

  // Break glass: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-adding-permission.html
  ['closed EncryptionKey', GLASS, 'kms:ScheduleKeyDeletion', 'allowed'],
  ['closed EncryptionKey', GLASS, 'kms:DisableKey', 'allowed'],
  ['closed EncryptionKey', GLASS, 'kms:Decrypt', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:DisableKey', 'denied'],
  ['closed EncryptionKey', ADMIN, 'kms:DeleteImportedKeyMaterial', 'denied'],
  ['closed EncryptionKey', USER, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', STRANGER, 'kms:ScheduleKeyDeletion', 'denied'],
  ['closed EncryptionKey', FOREIGN, 'kms:ScheduleKeyDeletion', 'denied'],
  ['EncryptionKey', FOREIGN, 'kms:ScheduleKeyDeletion', 'denied'],

  // Each key of a set has a policy of its own: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html
  // What each usage has operations for: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-concepts.html
  ['ReplicaKey', USER, 'kms:Decrypt', 'allowed'],
  ['ReplicaKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['ReplicaKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['ReplicaKey', ADMIN, 'kms:ScheduleKeyDeletion', 'allowed'],
  ['ReplicaKey', STRANGER, 'kms:Decrypt', 'denied'],
  ['ReplicaKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['MultiRegionKey', USER, 'kms:Decrypt', 'allowed'],
  ['MultiRegionKey', FOREIGN, 'kms:ReplicateKey', 'denied'],
  ['MultiRegionKey', USER, 'kms:ReplicateKey', 'denied'],
  ['SigningKey', USER, 'kms:Sign', 'allowed'],
  ['SigningKey', ADMIN, 'kms:Sign', 'denied'],
  ['SigningKey', STRANGER, 'kms:Sign', 'denied'],
  ['SigningKey', USER, 'kms:PutKeyPolicy', 'denied'],
  ['MacKey', USER, 'kms:GenerateMac', 'allowed'],
  ['MacKey', ADMIN, 'kms:GenerateMac', 'denied'],
  ['MacKey', STRANGER, 'kms:VerifyMac', 'denied'],
  ['AsymmetricEncryptionKey', USER, 'kms:Decrypt', 'allowed'],
  ['AsymmetricEncryptionKey', ADMIN, 'kms:Decrypt', 'denied'],
  ['AsymmetricEncryptionKey', FOREIGN, 'kms:Decrypt', 'denied'],
  ['KeyAgreementKey', USER, 'kms:DeriveSharedSecret', 'allowed'],
  ['KeyAgreementKey', ADMIN, 'kms:DeriveSharedSecret', 'denied'],
  ['KeyAgreementKey', STRANGER, 'kms:DeriveSharedSecret', 'denied'],

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'allowed', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'allowed', TLS12],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'denied', TLS11],
  ['EncryptedBucket', APPLICATION, 's3:GetObject', 'denied', HTTP],
  ['EncryptedBucket', STRANGER, 's3:GetObject', 'denied', HTTP],
  ['EncryptedBucket', STRANGER, 's3:PutObject', 'denied', TLS11],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'allowed', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'denied', { ...TLS13, ...otherKey }],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'denied', { ...TLS13, 's3:x-amz-server-side-encryption': 'AES256' }],
  ['EncryptedBucket', STRANGER, 's3:PutObject', 'denied', { ...TLS13, ...otherKey }],
  ['EncryptedBucket', FOREIGN, 's3:GetObject', 'denied', TLS13],
  ['EncryptedBucket', FOREIGN, 's3:PutObject', 'denied', TLS13],
  ['EncryptedBucket', 'anonymous', 's3:GetObject', 'denied', TLS13],
  ['EncryptedBucket', 'anonymous', 's3:PutObject', 'denied', TLS13],
  ['EncryptedBucket', APPLICATION, 's3:PutObject', 'allowed', { ...TLS13, ...underKey('<key>') }],

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
  ['EncryptedQueue', APPLICATION, 'sqs:SendMessage', 'allowed', https],
  ['EncryptedQueue', APPLICATION, 'sqs:SendMessage', 'denied', HTTP],
  ['EncryptedQueue', STRANGER, 'sqs:ReceiveMessage', 'denied', HTTP],
  ['EncryptedQueue', FOREIGN, 'sqs:SendMessage', 'denied', https],
  ['EncryptedQueue', FOREIGN, 'sqs:ReceiveMessage', 'denied', https],
  ['EncryptedQueue', 'anonymous', 'sqs:SendMessage', 'denied', https],
  ['EncryptedQueue', 'sns.amazonaws.com', 'sqs:SendMessage', 'denied', { ...https, 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': `arn:aws:sns:us-east-1:${ACCOUNT}:any` }],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html. Budgets needs the topic and its key, for its own account.
  ['EncryptedTopic', APPLICATION, 'sns:Publish', 'allowed', https],
  ['EncryptedTopic', APPLICATION, 'sns:Publish', 'denied', HTTP],
  ['EncryptedTopic', STRANGER, 'sns:Publish', 'denied', HTTP],
  ['EncryptedTopic', FOREIGN, 'sns:Publish', 'denied', https],
  ['EncryptedTopic', FOREIGN, 'sns:Subscribe', 'denied', https],
  ['EncryptedTopic', 'anonymous', 'sns:Publish', 'denied', https],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'allowed', { ...https, 'aws:SourceAccount': ACCOUNT }],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'denied', { ...https, 'aws:SourceAccount': OTHER }],
  ['EncryptedTopic', BUDGETS, 'sns:Publish', 'denied', { ...HTTP, 'aws:SourceAccount': ACCOUNT }],
  ['EncryptedTopic', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(ACCOUNT, 'any') }],
  ['EncryptionKey', BUDGETS, 'kms:GenerateDataKey', 'allowed', { 'aws:SourceAccount': ACCOUNT }],
  ['EncryptionKey', BUDGETS, 'kms:GenerateDataKey', 'denied', { 'aws:SourceAccount': OTHER }],
  ['EncryptionKey', 'cloudwatch.amazonaws.com', 'kms:GenerateDataKey', 'denied', alarm(ACCOUNT, 'any')],
  ['SharedAccessLogs', STRANGER, 's3:GetObject', 'denied', HTTP],
  ['SharedAccessLogs', FOREIGN, 's3:GetObject', 'denied', TLS13],
  ['SharedAccessLogs', 'anonymous', 's3:GetObject', 'denied', TLS13],

  // Confused deputies: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html. A message needs the queue and its key.
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'allowed', { ...https, ...source(ACCOUNT, OURS) }],
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'denied', { ...https, ...source(OTHER, THEIRS) }],
  ['EncryptedQueue', S3, 'sqs:SendMessage', 'denied', { ...https, ...source(OTHER, OURS) }],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'allowed', source(ACCOUNT, OURS)],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'denied', source(OTHER, THEIRS)],
  ['EncryptionKey', S3, 'kms:GenerateDataKey', 'denied', source(OTHER, OURS)],
  ['SharedAccessLogs', S3_LOGS, 's3:PutObject', 'allowed', { ...TLS13, ...source(ACCOUNT, OURS) }],
  ['SharedAccessLogs', S3_LOGS, 's3:PutObject', 'denied', { ...TLS13, ...source(OTHER, THEIRS) }],
  // ELB writes below the number of the load balancer's account, and nowhere else.
  ['HttpsLoadBalancer', ELB_LOGS, 's3:PutObject', 'allowed', { ...TLS13, ...balancer(ACCOUNT) }, `/elb/AWSLogs/${ACCOUNT}/log`],
  ['HttpsLoadBalancer', ELB_LOGS, 's3:PutObject', 'denied', { ...TLS13, ...balancer(OTHER) }, `/elb/AWSLogs/${OTHER}/log`],

  // A database's key and its log groups: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'allowed', group(ACCOUNT, '/aws/rds/instance/fort/postgresql')],
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'denied', group(OTHER, '/aws/rds/instance/fort/postgresql')],
  ['EncryptedDatabaseInstance', LOGS, 'kms:GenerateDataKey', 'denied', group(ACCOUNT, '/other')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'allowed', group(ACCOUNT, '/aws/rds/cluster/fort/postgresql')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'denied', group(ACCOUNT, '/aws/lambda/other')],
  ['EncryptedDatabaseCluster', LOGS, 'kms:GenerateDataKey', 'denied', group(OTHER, '/aws/rds/cluster/fort/postgresql')],
  ['EncryptedDatabaseCluster', FOREIGN, 'kms:Decrypt', 'denied'],
  ['EncryptedDatabaseCluster', 'anonymous', 'kms:Decrypt', 'denied'],
  ['EncryptedDatabaseCluster', STRANGER, 'kms:CreateGrant', 'denied'],
  ['EncryptedDatabaseCluster', APPLICATION, 'kms:Decrypt', 'denied'],

  // https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html. EventBridge comes without a source: docs/threat-model.md says why.
  ['KeyLifecycleMonitor', 'events.amazonaws.com', 'sns:Publish', 'denied', HTTP],
  ['KeyLifecycleMonitor', 'events.amazonaws.com', 'sns:Publish', 'allowed', https],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(ACCOUNT, 'any') }],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'denied', { ...https, ...alarm(OTHER, '<alarm>') }],
  ['KeyLifecycleMonitor', STRANGER, 'sns:Publish', 'denied', HTTP],
  ['KeyLifecycleMonitor', FOREIGN, 'sns:Publish', 'denied', https],
  ['KeyLifecycleMonitor', FOREIGN, 'sns:Subscribe', 'denied', https],
  ['KeyLifecycleMonitor', 'anonymous', 'sns:Subscribe', 'denied', https],
  ['KeyLifecycleMonitor', 'cloudwatch.amazonaws.com', 'sns:Publish', 'allowed', { ...https, ...alarm(ACCOUNT, '<alarm>') }],
];

/** They have no policy and no key of their own: a listener is its load balancer's, a copy of a database is under its source's key or one that is given. */
const WITHOUT_POLICY = ['HttpsListener', 'EncryptedDatabaseInstanceReadReplica', 'EncryptedDatabaseInstanceFromSnapshot', 'EncryptedDatabaseClusterFromSnapshot'];

test('every construct that the library exports is in the table', () => {
  const exported = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct).map(([name]) => name);
  expect(exported.filter((name) => !TABLE.some(([construct]) => construct === name)).sort()).toEqual([...WITHOUT_POLICY].sort());
});

test.each(TABLE)('%s: %s asks for %s: %s %o', async (construct, principal, action, expected, context = {}, path = PATHS[construct] ?? '') => {
  const { arn, policy } = targets[construct];
  // A stranger of another account has every permission that his own account can give.
  const identityPolicies = identities[principal] ?? (principal === FOREIGN ? [EVERYTHING] : []);
  const known = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, told(value)]));
  expect(await decide({ principal, action, resource: arn + path, resourcePolicy: policy, identityPolicies, context: known })).toBe(expected);
});
