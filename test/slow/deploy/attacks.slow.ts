import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Construct } from 'constructs';
import { attackedApp } from './attacked-app';
import * as library from '../../../src';
import { ADMIN, APPLICATION, EVERYTHING, FOREIGN, GLASS, KEYS, PATHS, STRANGER, TABLE, USER } from '../../support/attack-table';
import { Emulator } from '../../support/emulator';
import { decide } from '../../support/simulator';

/*
 * Who may do what with what is deployed. Expected answers are written from AWS's pages; an independent policy simulator judges the
 * policies that the services gave back after `cdk deploy`: the key's, the bucket's or queue's, and the principal's own, together.
 */
interface Target { readonly arn: string; readonly policy: unknown }
const targets: Record<string, Target> = {};
const identities: Record<string, unknown[]> = {};
let alarmName: string;
let aws: Emulator;

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
  targets.DeadLetterQueue = await queueTarget(/^QueueDeadLetterQueue[0-9A-F]{8}$/);
  targets.EncryptedSecret = await keyTarget(await aws.physicalId('Fort', /^SecretKey[0-9A-F]{8}$/));
  targets.EncryptedTable = await keyTarget(await aws.physicalId('Fort', /^TableKey[0-9A-F]{8}$/));
  targets.EncryptedLogGroup = targets.EncryptionKey;
  targets.EncryptedTopic = await topicTarget('Fort', /^Topic[0-9A-F]{8}$/);
  targets.KeyLifecycleMonitor = await topicTarget('Vault', /^MonitorTopic[0-9A-F]{8}$/);
  alarmName = await aws.physicalId('Vault', /^MonitorAlarm[0-9A-F]{8}$/);
  for (const arn of [ADMIN, USER, GLASS, APPLICATION, STRANGER]) { identities[arn] = await policiesOf(arn); }
}, 300_000);
afterAll(() => aws.stop());

/** What only the deployment knows, in the words of the table. */
const told = (text: string) => text.replace(/<(bucket|key|alarm)>/g, (_, name) => ({
  bucket: targets.EncryptedBucket.arn, key: targets.EncryptionKey.arn, alarm: alarmName,
})[name as 'bucket' | 'key' | 'alarm']);

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
