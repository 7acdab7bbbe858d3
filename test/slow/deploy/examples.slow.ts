import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeListenersCommand, DescribeListenerAttributesCommand, DescribeLoadBalancerAttributesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { DescribeDBClusterParametersCommand, DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetBucketEncryptionCommand, GetBucketLoggingCommand, GetPublicAccessBlockCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, AppProps, BootstraplessSynthesizer } from 'aws-cdk-lib';
import { multiRegionApp } from '../../../examples/multi-region/app';
import { ordersApp } from '../../../examples/orders/app';
import { Emulator } from '../../support/emulator';

// As a user's app has it.
delete process.env.CDK_VALIDATION;

let aws: Emulator;

/** Synthesizes an example for an account without a bootstrap stack, which an emulator does not have. */
function assembly(example: (props: AppProps) => App): string {
  return example({ outdir: mkdtempSync(join(tmpdir(), 'example-')), defaultStackSynthesizer: new BootstraplessSynthesizer() }).synth().directory;
}

const physicalId = (stack: string, logicalId: RegExp, region?: string) => aws.physicalId(stack, logicalId, region);
const kms = (region?: string) => new KMSClient(aws.client(region));
const s3 = (region?: string) => new S3Client({ ...aws.client(region), forcePathStyle: true });

/** A request to the API of a service that is answered with JSON. */
async function read(service: string, path: string, request: RequestInit = {}): Promise<any> {
  const { region, endpoint } = aws.client();
  const authorization = `AWS4-HMAC-SHA256 Credential=emulated/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=x`;
  return (await fetch(`${endpoint}${path}`, { ...request, headers: { ...request.headers, authorization } })).json();
}

/** The same, for a service that is asked with JSON too. */
const asked = (service: string, target: string, body: object) =>
  read(service, '/', { method: 'POST', body: JSON.stringify(body), headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' } });

beforeAll(async () => { aws = await Emulator.start(); }, 300_000);
afterAll(() => aws.stop());

describe('the orders example', () => {
  let keyId: string;
  beforeAll(async () => {
    aws.deployed(assembly(ordersApp));
    keyId = await physicalId('OrdersData', /^Key[0-9A-F]{8}$/);
  }, 300_000);

  test('has a key under its alias that rotates every 365 days', async () => {
    const { KeyMetadata: key } = await kms().send(new DescribeKeyCommand({ KeyId: 'alias/orders' }));
    expect(key).toMatchObject({ KeyId: keyId, KeyState: 'Enabled', KeySpec: 'SYMMETRIC_DEFAULT' });
    const rotation = await kms().send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
    expect(rotation).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });

  test('has a key policy that lets S3 of this account in, and nobody without a condition but the account', async () => {
    const { Policy: policy } = await kms().send(new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'default' }));
    const statements: any[] = JSON.parse(policy!).Statement;
    expect(statements.find(({ Principal }) => Principal.Service === 's3.amazonaws.com')).toMatchObject({
      Effect: 'Allow', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
    const unconditional = statements.filter(({ Effect, Condition }) => Effect === 'Allow' && !Condition).map(({ Principal }) => Principal);
    expect(unconditional).toEqual([{ AWS: 'arn:aws:iam::111122223333:root' }]);
  });

  test('encrypts an object that is put without headers under the key, with a bucket key', async () => {
    const bucket = await physicalId('OrdersData', /^Uploads[0-9A-F]{8}$/);
    await s3().send(new PutObjectCommand({ Bucket: bucket, Key: 'order.json', Body: '{}' }));
    const object = await s3().send(new HeadObjectCommand({ Bucket: bucket, Key: 'order.json' }));
    expect(object).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: expect.stringContaining(keyId), BucketKeyEnabled: true });
    expect(object.VersionId).toBeDefined();
  });

  test('tells the queue of the object, and the queue keeps what it is sent under the key', async () => {
    const queue = await physicalId('OrdersData', /^Uploaded[0-9A-F]{8}$/);
    const sqs = new SQSClient({ ...aws.client(), useQueueUrlAsEndpoint: false });
    const { Attributes: attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }));
    expect(attributes).toMatchObject({ KmsMasterKeyId: expect.stringMatching(new RegExp(`${keyId}$`)), KmsDataKeyReusePeriodSeconds: '300' });
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: 'by hand' }));
    const bodies: string[] = [];
    for (let tries = 0; tries < 5 && bodies.length < 3; tries++) {
      const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }));
      bodies.push(...messages.map(({ Body }) => Body!));
    }
    expect(bodies).toContain('by hand');
    expect(bodies.filter((body) => body.includes('ObjectCreated:Put') && body.includes('order.json'))).toHaveLength(1);
  });

  test('blocks public access and logs access into the log bucket, which has S3\'s own encryption', async () => {
    const [bucket, logs] = await Promise.all([physicalId('OrdersData', /^Uploads[0-9A-F]{8}$/), physicalId('OrdersData', /^SharedAccessLogs[0-9A-F]{8}$/)]);
    const { PublicAccessBlockConfiguration: block } = await s3().send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
    expect(block).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    expect((await s3().send(new GetBucketLoggingCommand({ Bucket: bucket }))).LoggingEnabled).toMatchObject({ TargetBucket: logs });
    const { ServerSideEncryptionConfiguration: encryption } = await s3().send(new GetBucketEncryptionCommand({ Bucket: logs }));
    expect(encryption!.Rules![0].ApplyServerSideEncryptionByDefault!.SSEAlgorithm).toBe('AES256');
  });

  test('has a database whose storage and master secret are under the key, that is not public and forces TLS', async () => {
    const rds = new RDSClient(aws.client());
    const { DBClusters: [cluster] = [] } = await rds.send(new DescribeDBClustersCommand({}));
    expect(cluster).toMatchObject({
      StorageEncrypted: true,
      KmsKeyId: expect.stringContaining(keyId),
      DeletionProtection: true,
      IAMDatabaseAuthenticationEnabled: true,
      Port: 5442,
      MasterUserSecret: { KmsKeyId: expect.stringContaining(keyId) },
    });
    const { DBInstances: instances } = await rds.send(new DescribeDBInstancesCommand({}));
    expect(instances).toMatchObject([{ PubliclyAccessible: false, StorageEncrypted: true }, { PubliclyAccessible: false, StorageEncrypted: true }]);
    const ofCluster = { DBClusterParameterGroupName: cluster.DBClusterParameterGroup };
    const { Parameters: parameters } = await rds.send(new DescribeDBClusterParametersCommand(ofCluster));
    expect(parameters!.find(({ ParameterName }) => ParameterName === 'rds.force_ssl')).toMatchObject({ ParameterValue: '1' });
  });

  test('has a topic, a table, a secret and a log group under the key', async () => {
    const id = (logicalId: string) => physicalId('OrdersData', new RegExp(`^${logicalId}[0-9A-F]{8}$`));
    const [topic, table, secret, group] = await Promise.all(['Trouble', 'Carts', 'PaymentPartner', 'FlowLogs'].map(id));
    const { Attributes: attributes } = await new SNSClient(aws.client()).send(new GetTopicAttributesCommand({ TopicArn: topic }));
    expect(attributes!.KmsMasterKeyId).toContain(keyId);
    const { Table: { SSEDescription: sse } } = await asked('dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName: table });
    expect(sse).toMatchObject({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: expect.stringContaining(keyId) });
    expect(await asked('secretsmanager', 'secretsmanager.DescribeSecret', { SecretId: secret })).toMatchObject({ KmsKeyId: expect.stringContaining(keyId) });
    const { logGroups: groups } = await asked('logs', 'Logs_20140328.DescribeLogGroups', { logGroupNamePrefix: group });
    expect(groups).toMatchObject([{ kmsKeyId: expect.stringContaining(keyId) }]);
  });

  test('has a file system and a vault for backups under the key', async () => {
    const [files, vault] = await Promise.all([physicalId('OrdersData', /^Invoices[0-9A-F]{8}$/), physicalId('OrdersData', /^Backups[0-9A-F]{8}$/)]);
    const { FileSystems: [system] } = await read('elasticfilesystem', `/2015-02-01/file-systems?FileSystemId=${files}`);
    expect(system).toMatchObject({ Encrypted: true, KmsKeyId: expect.stringContaining(keyId) });
    expect((await read('elasticfilesystem', `/2015-02-01/file-systems/${files}/policy`)).Policy).toContain('DenyPlainNfs');
    expect(await read('backup', `/backup-vaults/${vault}`)).toMatchObject({ EncryptionKeyArn: expect.stringContaining(keyId) });
  });

  test('answers over HTTPS with the post-quantum TLS policy and HSTS, and on port 80 with a redirect', async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const balancer = await physicalId('OrdersEdge', /^LoadBalancer[0-9A-F]{8}$/);
    const { Listeners: listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: balancer }));
    const [http, https] = [80, 443].map((port) => listeners.find(({ Port }) => Port === port)!);
    expect(https).toMatchObject({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', Certificates: [expect.anything()] });
    expect(http.DefaultActions).toMatchObject([{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }]);
    const { Attributes: shown = [] } = await elb.send(new DescribeListenerAttributesCommand({ ListenerArn: https.ListenerArn }));
    expect(shown.find(({ Key }) => Key === 'routing.http.response.strict_transport_security.header_value')?.Value).toMatch(/^max-age=63072000/);
    const { Attributes: attributes = [] } = await elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: balancer }));
    expect(Object.fromEntries(attributes.map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      'routing.http.drop_invalid_header_fields.enabled': 'true', 'deletion_protection.enabled': 'true', 'access_logs.s3.enabled': 'true',
    });
  });
});

describe('the multi-region example', () => {
  let order: string[];
  beforeAll(() => { order = aws.deployed(assembly(multiRegionApp)).stacks; }, 120_000);

  test('is deployed in an order in which every key is there before it is used, by one `cdk deploy --all`', () => {
    const before = (first: string, then: string) => expect(order.indexOf(first)).toBeLessThan(order.indexOf(then));
    expect(order).toHaveLength(6);
    before('Keys', 'Keys-replicas-eu-west-1');
    before('Keys', 'Documents-us-east-1');
    before('Keys-replicas-eu-west-1', 'Documents-eu-west-1');
    before('Keys-replicas-ap-southeast-2', 'Documents-ap-southeast-2');
  });

  test('has one key id in three Regions, under one alias', async () => {
    const ids = await Promise.all(['us-east-1', 'eu-west-1', 'ap-southeast-2'].map(async (region) => {
      const { KeyMetadata: key } = await kms(region).send(new DescribeKeyCommand({ KeyId: 'alias/documents' }));
      expect(key!.Arn).toContain(`:kms:${region}:111122223333:key/mrk-`);
      return [key!.KeyId, key!.MultiRegionConfiguration!.MultiRegionKeyType];
    }));
    const [[id]] = ids;
    expect(ids).toEqual([[id, 'PRIMARY'], [id, 'REPLICA'], [id, 'REPLICA']]);
    const { Aliases: aliases = [] } = await kms('eu-west-1').send(new ListAliasesCommand({ KeyId: id }));
    expect(aliases.map(({ AliasName }) => AliasName)).toEqual(['alias/documents']);
  });

  test('decrypts in Ireland and Sydney what was encrypted in Virginia', async () => {
    const EncryptionContext = { kind: 'letter' };
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'alias/documents', Plaintext: Buffer.from('a letter'), EncryptionContext }));
    for (const region of ['eu-west-1', 'ap-southeast-2']) {
      const { Plaintext, KeyId } = await kms(region).send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
      expect([Buffer.from(Plaintext!).toString(), KeyId]).toEqual(['a letter', expect.stringContaining(`:kms:${region}:`)]);
      await expect(kms(region).send(new DecryptCommand({ CiphertextBlob }))).rejects.toThrow();
    }
  });

  test('rotates in all Regions as the primary does', async () => {
    for (const region of ['us-east-1', 'eu-west-1']) {
      const { KeyMetadata: key } = await kms(region).send(new DescribeKeyCommand({ KeyId: 'alias/documents' }));
      const rotation = await kms(region).send(new GetKeyRotationStatusCommand({ KeyId: key!.KeyId }));
      expect(rotation).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    }
  });

  test('gives each replica the primary\'s policy', async () => {
    const policies = await Promise.all(['us-east-1', 'eu-west-1', 'ap-southeast-2'].map(async (region) => {
      const { KeyMetadata: key } = await kms(region).send(new DescribeKeyCommand({ KeyId: 'alias/documents' }));
      return JSON.parse((await kms(region).send(new GetKeyPolicyCommand({ KeyId: key!.KeyId, PolicyName: 'default' }))).Policy!);
    }));
    expect(policies[1]).toEqual(policies[0]);
    expect(policies[2]).toEqual(policies[0]);
  });

  test('encrypts each Region\'s documents under that Region\'s key', async () => {
    for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
      const bucket = await physicalId(`Documents-${region}`, /^Documents[0-9A-F]{8}$/, region);
      await s3(region).send(new PutObjectCommand({ Bucket: bucket, Key: 'letter', Body: 'x' }));
      const { SSEKMSKeyId } = await s3(region).send(new HeadObjectCommand({ Bucket: bucket, Key: 'letter' }));
      expect(SSEKMSKeyId).toMatch(new RegExp(`^arn:aws:kms:${region}:111122223333:key/mrk-`));
    }
  });
});
