import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { App, BootstraplessSynthesizer, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedBucket, EncryptionKey, MultiRegionKey } from '../../../src';
import { Emulator } from '../../support/emulator';
import { ENV } from '../../support/stack';

let aws: Emulator;
beforeAll(async () => { aws = await Emulator.start(); }, 300_000);
afterAll(() => aws.stop());

const kms = (region?: string) => new KMSClient(aws.client(region));
const keyOf = async (alias: string, region?: string) => (await kms(region).send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata!;
const policyOf = async (alias: string, region?: string) =>
  JSON.parse((await kms(region).send(new GetKeyPolicyCommand({ KeyId: (await keyOf(alias, region)).KeyId!, PolicyName: 'default' }))).Policy!);

function synth(fill: (app: App) => void): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'update-')), defaultStackSynthesizer: new BootstraplessSynthesizer() });
  fill(app);
  return app.synth().directory;
}

const deploy = (directory: string) => void aws.deployed(directory);

describe('a multi-Region key', () => {
  const keys = (replicaRegions: string[], grant = false) => synth((app) => {
    const stack = new Stack(app, 'Keys', { env: ENV });
    const key = new MultiRegionKey(stack, 'Key', { replicaRegions, alias: 'alias/growing' });
    if (grant) { key.grantDecrypt(iam.Role.fromRoleArn(stack, 'Auditor', 'arn:aws:iam::444455556666:role/Auditor')); }
  });

  beforeAll(() => deploy(keys(['eu-west-1'])), 120_000);

  test('gets a replica in one more Region, which reads what was encrypted before, and keeps its id', async () => {
    const before = await keyOf('alias/growing');
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'alias/growing', Plaintext: Buffer.from('older than the replica') }));
    deploy(keys(['eu-west-1', 'ap-southeast-2']));
    expect((await keyOf('alias/growing')).KeyId).toBe(before.KeyId);
    const { Plaintext } = await kms('ap-southeast-2').send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext!).toString()).toBe('older than the replica');
  }, 120_000);

  test('passes a grant that comes later on to every replica', async () => {
    deploy(keys(['eu-west-1', 'ap-southeast-2'], true));
    for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2']) {
      expect(JSON.stringify(await policyOf('alias/growing', region))).toContain('arn:aws:iam::444455556666:role/Auditor');
    }
  }, 120_000);

  test('keeps a replica whose stack is removed', async () => {
    const { KeyId: id } = await keyOf('alias/growing', 'eu-west-1');
    const { succeeded, output } = aws.destroy(keys(['eu-west-1', 'ap-southeast-2'], true), 'Keys-replicas-eu-west-1');
    expect([succeeded, succeeded ? '' : output]).toEqual([true, '']);
    expect(await kms('eu-west-1').send(new DescribeKeyCommand({ KeyId: id! }))).toMatchObject({ KeyMetadata: { KeyState: 'Enabled' } });
  }, 120_000);
});

describe('a key', () => {
  const app = (rotationPeriod: Duration, services: 'nobody' | 'a role' = 'nobody') => synth((scope) => {
    const stack = new Stack(scope, 'Data', { env: ENV });
    const encryptionKey = new EncryptionKey(stack, 'Key', { alias: 'alias/data', rotationPeriod });
    new EncryptedBucket(stack, 'Bucket', { encryptionKey });
    if (services === 'a role') { encryptionKey.grantDecrypt(iam.Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::444455556666:role/Partner')); }
  });

  beforeAll(() => deploy(app(Duration.days(365))), 120_000);

  test('takes another rotation period and another reader, and stays the same key', async () => {
    const { KeyId: id } = await keyOf('alias/data');
    deploy(app(Duration.days(90), 'a role'));
    expect((await keyOf('alias/data')).KeyId).toBe(id);
    expect(await kms().send(new GetKeyRotationStatusCommand({ KeyId: id! }))).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 90 });
    expect(JSON.stringify(await policyOf('alias/data'))).toContain('444455556666:role/Partner');
  }, 120_000);

  test('and the bucket under it stay when the stack is destroyed', async () => {
    const { KeyId: id } = await keyOf('alias/data');
    const bucket = await aws.physicalId('Data', /^Bucket[0-9A-F]{8}$/);
    expect(aws.destroy(app(Duration.days(90), 'a role'), 'Data').succeeded).toBe(true);
    expect((await kms().send(new DescribeKeyCommand({ KeyId: id! }))).KeyMetadata!.KeyState).toBe('Enabled');
    await new S3Client({ ...aws.client(), forcePathStyle: true }).send(new HeadBucketCommand({ Bucket: bucket }));
  }, 120_000);
});

describe('the emulator is strict:', () => {
  const broken = (fill: (stack: Stack) => void) => aws.deploy(synth((app) => fill(new Stack(app, `Broken${count++}`, { env: ENV }))));
  let count = 0;

  test.each<[string, (stack: Stack) => void, RegExp]>([
    ['a type that it does not know', (stack) => new CfnResource(stack, 'It', { type: 'AWS::Timestream::Database' }), /no handler for AWS::Timestream::Database/],
    ['a property that nobody reads', (stack) => new CfnResource(stack, 'It', {
      type: 'AWS::S3::Bucket', properties: { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
    }), /properties that nobody reads: AccelerateConfiguration/],
    ['a parameter that the API does not have', (stack) => new CfnResource(stack, 'It', {
      type: 'AWS::KMS::Alias', properties: { AliasName: 'alias/x', TargetKeyId: '1234', Colour: 'blue' },
    }), /Unknown parameter in input: "Colour"/],
    ['a rotation period out of range', (stack) => new CfnResource(stack, 'It', {
      type: 'AWS::KMS::Key', properties: { EnableKeyRotation: true, RotationPeriodInDays: 30, KeyPolicy: { Statement: [] } },
    }), /RotationPeriodInDays, value: 30, valid min value: 90/],
    ['a role in a key policy that does not exist', (stack) => new CfnResource(stack, 'It', {
      type: 'AWS::KMS::Key',
      properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/Nobody' }, Action: 'kms:*', Resource: '*' }] } },
    }), /Role Nobody not found/],
  ])('%s fails the deployment', (_, fill, message) => {
    const { succeeded, output } = broken((stack) => { fill(stack); });
    expect([succeeded, output.replace(/\s+/g, ' ')]).toEqual([false, expect.stringMatching(message)]);
  }, 120_000);
});
