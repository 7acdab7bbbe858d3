import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { App, BootstraplessSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseInstance, EncryptedDatabaseInstanceReadReplica, EncryptedQueue, MultiRegionKey } from '../../../src';
import { Emulator } from '../../support/emulator';
import { ENV } from '../../support/stack';

let aws: Emulator;
beforeAll(async () => { aws = await Emulator.start(); }, 300_000);
afterAll(() => aws.stop());

const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });
const instanceType = new ec2.InstanceType('m6g.large');
const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const env = (region: string) => ({ env: { account: ENV.account, region } });
const networkOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', {
  availabilityZones: ['a', 'b'].map((zone) => `${stack.region}${zone}`),
  natGateways: 0,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [{ name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});

function synth(fill: (app: App) => void): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'databases-')), defaultStackSynthesizer: new BootstraplessSynthesizer() });
  fill(app);
  return app.synth().directory;
}

/** The databases of a Region, by the beginning of their names. */
async function database(name: RegExp, region = ENV.region!) {
  const { DBInstances: found = [] } = await new RDSClient(aws.client(region)).send(new DescribeDBInstancesCommand({}));
  return found.filter(({ DBInstanceIdentifier }) => name.test(DBInstanceIdentifier!));
}

describe('a read replica', () => {
  test('of a source with a password of its own is made in both Regions, each under its Region\'s key', async () => {
    aws.deployed(synth((app) => {
      const key = new MultiRegionKey(new Stack(app, 'Keys', env('us-east-1')), 'Key', { replicaRegions: ['eu-west-1'] });
      const [america, europe] = [new Stack(app, 'America', env('us-east-1')), new Stack(app, 'Europe', env('eu-west-1'))];
      const vpc = networkOf(america);
      const source = new EncryptedDatabaseInstance(america, 'Orders', { engine: POSTGRES, encryptionKey: key, manageMasterUserPassword: false, vpc, vpcSubnets });
      new EncryptedDatabaseInstanceReadReplica(america, 'Near', { sourceDatabaseInstance: source, instanceType, vpc, vpcSubnets });
      new EncryptedDatabaseInstanceReadReplica(europe, 'Far', { sourceDatabaseInstance: source, instanceType, vpc: networkOf(europe), vpcSubnets });
    }));
    const [source] = await database(/^america-orders/);
    expect(source).toMatchObject({ StorageEncrypted: true, MasterUsername: 'dbadmin', ReadReplicaDBInstanceIdentifiers: expect.arrayContaining([expect.stringMatching(/near/)]) });
    expect(await database(/^america-near/)).toMatchObject([{ StorageEncrypted: true, KmsKeyId: source.KmsKeyId, PubliclyAccessible: false }]);
    expect(await database(/^europe-far/, 'eu-west-1')).toMatchObject([{ KmsKeyId: expect.stringMatching(/^arn:aws:kms:eu-west-1:\d+:key\/mrk-/) }]);
  }, 240_000);

  test('of a source whose password RDS manages is refused by RDS, as the construct says before', () => {
    const { succeeded, output } = aws.deploy(synth((app) => {
      const stack = new Stack(app, 'Managed', { env: ENV });
      const vpc = networkOf(stack);
      const source = new EncryptedDatabaseInstance(stack, 'Orders', { engine: POSTGRES, deletionProtection: false, vpc, vpcSubnets });
      new rds.CfnDBInstance(stack, 'Replica', { sourceDbInstanceIdentifier: source.instanceIdentifier, dbInstanceClass: 'db.m6g.large' });
    }));
    expect([succeeded, output]).toEqual([false, expect.stringMatching(/RDS manages the master password of .*: it makes no read replica of such a source/)]);
  }, 120_000);
});

describe('a developer\'s stack', () => {
  const assembly = (removalPolicy?: RemovalPolicy) => synth((app) => {
    const stack = new Stack(app, removalPolicy ? 'Dev' : 'Kept', { env: ENV });
    new EncryptedDatabaseInstance(stack, 'Db', {
      engine: POSTGRES, removalPolicy, deletionProtection: false, vpc: networkOf(stack), vpcSubnets,
    });
    new EncryptedQueue(stack, 'Queue', { removalPolicy });
  });
  test('is made, destroyed and made again', () => {
    const dev = assembly(RemovalPolicy.DESTROY);
    aws.deployed(dev);
    const { succeeded, output } = aws.destroy(dev, 'Dev');
    expect([succeeded, succeeded ? '' : output]).toEqual([true, '']);
    aws.deployed(dev);
  }, 240_000);

  test('that does not say DESTROY keeps the logs, whose names the next one meets', () => {
    const kept = assembly();
    aws.deployed(kept);
    aws.destroy(kept, 'Kept');
    const { succeeded, output } = aws.deploy(kept);
    expect([succeeded, output]).toEqual([false, expect.stringMatching(/log group already exists/)]);
  }, 240_000);
});
