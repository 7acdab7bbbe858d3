import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { Mixins, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  BucketEncryptionAtRest, BucketTlsOnly, DatabaseTlsOnly, EncryptionDefaults, InsecureProps, KeyRotation, ListenerTls, QueueEncryptionAtRest,
  QueueTlsOnly,
} from '../../src';
import { oldApp, templateOf } from '../support/old-app';

type Template = ReturnType<typeof templateOf>;

const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
afterAll(() => quiet.mockRestore());

const before = templateOf(oldApp());

/** The properties of the resource whose logical id begins with a construct's name. */
function of(template: Template, id: string, type: string): any {
  const [found] = Object.entries(template.Resources).filter(([logicalId, { Type }]) => Type === type && new RegExp(`^${id}([0-9A-F]{8})?$`).test(logicalId));
  return found[1].Properties ?? {};
}
const algorithm = (template: Template, id: string) => of(template, id, 'AWS::S3::Bucket').BucketEncryption?.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;

/** What `cdk diff` would say: which resources change in which properties, and what that does to them. */
function changes(after: Template): { replaced: string[]; removed: string[]; changed: Record<string, string[]> } {
  const { resources } = fullDiff(before, after);
  const result = { replaced: [] as string[], removed: [] as string[], changed: {} as Record<string, string[]> };
  resources.forEachDifference((logicalId, change) => {
    if (change.isRemoval) { result.removed.push(logicalId); }
    const replacing = Object.entries(change.propertyUpdates)
      .filter(([, { changeImpact }]) => changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE)
      .map(([property]) => property);
    // CloudFormation's schema calls it conditional, so `cdk diff` says "may be replaced"; RDS changes the group in place.
    if (replacing.some((property) => property !== 'DBParameterGroupName')) { result.replaced.push(logicalId); }
    if (change.isUpdate) { result.changed[logicalId.replace(/[0-9A-F]{8}$/, '')] = Object.keys(change.propertyUpdates).sort(); }
  });
  return result;
}

describe.each<[door: string, make: () => Stack]>([
  ['EncryptionDefaults', () => oldApp((app) => EncryptionDefaults.of(app).apply({ insecureProps: InsecureProps.WARN }))],
  ['mixins', () => {
    const stack = oldApp();
    const key = new kms.Key(stack, 'SharedEncryptionKey');
    Mixins.of(stack).apply(
      new KeyRotation(), new BucketEncryptionAtRest(key), new BucketTlsOnly(), new QueueEncryptionAtRest(key), new QueueTlsOnly(),
      new DatabaseTlsOnly(), new ListenerTls(),
    );
    return stack;
  }],
])('an app of old code, by %s', (door, make) => {
  const after = templateOf(make());

  test('loses and replaces nothing', () => {
    const { replaced, removed } = changes(after);
    expect({ replaced, removed }).toEqual({ replaced: [], removed: [] });
  });

  test('changes only what makes it safer', () => {
    const { changed } = changes(after);
    const touched = new Set(Object.values(changed).flat());
    const safe = [
      'BucketEncryption', 'DBClusterParameterGroupName', 'DBParameterGroupName', 'DefaultActions', 'EnableKeyRotation', 'Encrypted', 'EncryptionConfiguration', 'EncryptionKey', 'KmsKeyArn',
      'LaunchTemplateData', 'StreamEncryption', 'KmsDataKeyReusePeriodSeconds', 'KmsKeyId', 'KmsMasterKeyId',
      'Parameters', 'PolicyDocument', 'PubliclyAccessible', 'PublicAccessBlockConfiguration', 'RotationPeriodInDays', 'SqsManagedSseEnabled', 'SslPolicy', 'KeyPolicy', 'Certificates',
    ];
    expect([...touched].filter((property) => !safe.includes(property))).toEqual([]);
  });

  test('encrypts plain buckets and queues under the shared key', () => {
    const shared = { 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] };
    expect(algorithm(after, 'Plain')).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: shared });
    for (const id of ['Queue', 'Dead', 'Fifo']) { expect([id, of(after, id, 'AWS::SQS::Queue').KmsMasterKeyId]).toEqual([id, shared]); }
  });

  test('keeps what is stronger already', () => {
    const own = { 'Fn::GetAtt': [expect.stringMatching(/^OwnKey/), 'Arn'] };
    expect(algorithm(after, 'Keyed')).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: own });
    expect(algorithm(after, 'Double')).toEqual({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: own });
    expect(of(after, 'KeyedQueue', 'AWS::SQS::Queue')).toMatchObject({ KmsMasterKeyId: own, KmsDataKeyReusePeriodSeconds: 3600 });
    expect(of(after, 'OwnKey', 'AWS::KMS::Key').RotationPeriodInDays).toBe(90);
    expect(of(after, 'AlbTls13', 'AWS::ElasticLoadBalancingV2::Listener').SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-3-2021-06');
  });

  test('leaves the bucket for logs under S3\'s own keys', () => {
    expect(algorithm(after, 'Logs').SSEAlgorithm).toBe('AES256');
  });

  test('lets keys rotate, and listeners offer good TLS only', () => {
    expect(of(after, 'LazyKey', 'AWS::KMS::Key').EnableKeyRotation).toBe(true);
    expect(of(after, 'AlbHttps', 'AWS::ElasticLoadBalancingV2::Listener').SslPolicy).toMatch(/TLS13-1-2-Res-PQ/);
  });

  test('touches no database\'s storage', () => {
    for (const id of ['Database', 'Cluster']) {
      const type = id === 'Cluster' ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance';
      const [{ KmsKeyId, StorageEncrypted }, old] = [of(after, id, type), of(before, id, type)];
      expect([KmsKeyId, StorageEncrypted]).toEqual([old.KmsKeyId, old.StorageEncrypted]);
    }
  });

  if (door === 'mixins') {
    test('L1s are protected as well, and old listeners mended', () => {
      expect(algorithm(after, 'L1Bucket').SSEAlgorithm).toBe('aws:kms');
      expect(of(after, 'L1Queue', 'AWS::SQS::Queue')).toHaveProperty('KmsMasterKeyId');
      expect(of(after, 'L1Key', 'AWS::KMS::Key').EnableKeyRotation).toBe(true);
      expect(of(after, 'L1Parameters', 'AWS::RDS::DBParameterGroup').Parameters).toEqual({ max_connections: '100', require_secure_transport: '1' });
      expect(of(after, 'AlbOldTls', 'AWS::ElasticLoadBalancingV2::Listener').SslPolicy).toMatch(/TLS13-1-2-Res-PQ/);
      expect(of(after, 'AlbForward', 'AWS::ElasticLoadBalancingV2::Listener').DefaultActions[0].Type).toBe('redirect');
    });
  } else {
    test('what the table of all services puts under the key in place is under it', () => {
      const shared = { 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] };
      const keys = [
        of(after, 'Stream', 'AWS::Kinesis::Stream').StreamEncryption.KeyId, of(after, 'Function', 'AWS::Lambda::Function').KmsKeyArn,
        of(after, 'Machine', 'AWS::StepFunctions::StateMachine').EncryptionConfiguration.KmsKeyId, of(after, 'Project', 'AWS::CodeBuild::Project').EncryptionKey,
        of(after, 'Launch', 'AWS::EC2::LaunchTemplate').LaunchTemplateData.BlockDeviceMappings[0].Ebs.KmsKeyId, of(after, 'Warehouse', 'AWS::Redshift::Cluster').KmsKeyId,
      ];
      expect(keys).toEqual(keys.map(() => shared));
    });

    test('databases require TLS, and readers of a bucket may use its key', () => {
      const groups = Object.values(after.Resources).filter(({ Type }) => /ParameterGroup$/.test(Type)).map(({ Properties }) => Properties.Parameters);
      expect(groups).toEqual(expect.arrayContaining([
        { 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' }, { 'work_mem': '8192', 'rds.force_ssl': '1', 'ssl_min_protocol_version': 'TLSv1.2' },
      ]));
      const [policy] = Object.values(after.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
      expect(JSON.stringify(policy)).toMatch(/kms:Decrypt.*SharedEncryptionKey/);
    });
  }
});
