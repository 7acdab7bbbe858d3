import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { databaseSwapMarkdown, SWAPPED, swapOf } from '../../scripts/database-swap';
import { EncryptedBucket, EncryptedDatabaseInstance, EncryptedQueue, EncryptionDefaults, HttpsLoadBalancer } from '../../src';
import { ENV, stack } from '../support/stack';

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const vpcOf = (scope: Stack) => ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
});
const inVpc = (scope: Stack) => ({ vpc: vpcOf(scope), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
const changed = (construct: string, live: object, by: ResourceImpact) =>
  swapOf(construct, live).changes.filter(({ impact }) => impact === by).map(({ property }) => property);

describe('a live database', () => {
  test.each(SWAPPED)('is replaced by %s alone, and is not where the construct adopts it', (construct) => {
    expect(changed(construct, {}, ResourceImpact.WILL_REPLACE)).not.toEqual([]);
    expect(changed(construct, { adoptsLiveDatabase: true }, ResourceImpact.WILL_REPLACE)).toEqual([]);
    // CloudFormation calls only these conditional for the properties that are left: none of them is a new database.
    const perhaps = changed(construct, { adoptsLiveDatabase: true }, ResourceImpact.MAY_REPLACE);
    expect(['BackupRetentionPeriod', 'DBParameterGroupName', 'MultiAZ']).toEqual(expect.arrayContaining(perhaps));
  });

  test('is adopted under its own key only', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, adoptsLiveDatabase: true, ...inVpc(scope) }))
      .toThrow(/^Stack\/Db: 'encryptionKey' is missing beside 'adoptsLiveDatabase'.*\[LiveDatabaseNeedsItsKey\]$/);
  });

  test('docs/database-swap.md says what aws-cdk\'s own diff says today', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'database-swap.md'), 'utf8')).toBe(databaseSwapMarkdown());
  });
});

describe('what a stack leaves behind', () => {
  const policies = (scope: Stack) => Object.entries(Template.fromStack(scope).toJSON().Resources)
    .map(([id, { Type, DeletionPolicy }]: [string, any]) => ({ id, Type, DeletionPolicy: DeletionPolicy ?? 'Delete' }));
  const staying = (scope: Stack) => policies(scope).filter(({ DeletionPolicy }) => DeletionPolicy !== 'Delete').map(({ Type }) => Type).sort();
  const removalPolicy = RemovalPolicy.DESTROY;

  test('is nothing where all of it says DESTROY', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, removalPolicy, ...inVpc(scope) });
    new EncryptedBucket(scope, 'Bucket', { removalPolicy, autoDeleteObjects: true });
    new EncryptedQueue(scope, 'Queue', { removalPolicy });
    expect(staying(scope)).toEqual([]);
    expect(policies(scope).filter(({ Type }) => Type === 'Custom::S3AutoDeleteObjects')).toHaveLength(2);
  });

  test('is the database\'s key and logs where it says nothing, except after a deployment that failed', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstance(scope, 'Db', { engine: POSTGRES, cloudwatchLogsExports: ['postgresql'], ...inVpc(scope) });
    expect(policies(scope).filter(({ Type }) => /Key$|LogGroup$/.test(Type)).map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
  });

  test('is the bucket for access logs where one of those that log into it stays, made before the others or after', () => {
    const stays = (make: (scope: Stack) => void) => {
      const scope = stack(ENV);
      make(scope);
      const logs = policies(scope).find(({ id }) => /^SharedAccessLogs/.test(id))!;
      return [logs.DeletionPolicy, policies(scope).some(({ id }) => /^SharedAccessLogsAutoDelete/.test(id))];
    };
    const goes = (scope: Stack) => new EncryptedBucket(scope, 'Goes', { removalPolicy });
    expect(stays(goes)).toEqual(['Delete', true]);
    expect(stays((scope) => { goes(scope); new EncryptedBucket(scope, 'Stays'); })).toEqual(['RetainExceptOnCreate', false]);
    expect(stays((scope) => { new EncryptedBucket(scope, 'Stays'); goes(scope); })).toEqual(['RetainExceptOnCreate', false]);
    expect(stays((scope) => { goes(scope); new HttpsLoadBalancer(scope, 'Alb', inVpc(scope)); }))
      .toEqual(['RetainExceptOnCreate', false]);
  });

  test('is the shared key of EncryptionDefaults where one resource under it stays', () => {
    const keyStays = (second: object) => {
      const app = new App();
      EncryptionDefaults.of(app).apply();
      const scope = stack(ENV, 'Stack', app);
      new sqs.Queue(scope, 'Queue', { removalPolicy });
      new s3.Bucket(scope, 'Bucket', second);
      return policies(scope).find(({ Type }) => Type === 'AWS::KMS::Key')!.DeletionPolicy;
    };
    expect(keyStays({ removalPolicy })).toBe('Delete');
    expect(keyStays({})).toBe('RetainExceptOnCreate');
  });
});
