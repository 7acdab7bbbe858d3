import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateDBClusterSnapshotCommand, CreateDBSnapshotCommand, DescribeDBClustersCommand, DescribeDBInstancesCommand, DescribeDBProxiesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { App, BootstraplessSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  EncryptedDatabaseCluster, EncryptedDatabaseClusterFromSnapshot, EncryptedDatabaseInstance, EncryptedDatabaseInstanceFromSnapshot,
  EncryptedDatabaseInstanceReadReplica,
  EncryptedQueue, EncryptionKey, MultiRegionKey,
} from '../../../src';
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

/** What the page of RDS shows of copies: a snapshot is made between the two stacks. */
describe('copies of databases', () => {
  const AURORA = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
  const writer = () => rds.ClusterInstance.serverlessV2('Writer');
  let keyArn: string;

  beforeAll(async () => {
    aws.deployed(synth((app) => {
      const key = new MultiRegionKey(new Stack(app, 'CopyKeys', env('us-east-1')), 'Key', { replicaRegions: ['eu-west-1'] });
      const stack = new Stack(app, 'Copies', env('us-east-1'));
      const vpc = networkOf(stack);
      const source = new EncryptedDatabaseInstance(stack, 'Orders', { engine: POSTGRES, encryptionKey: key, manageMasterUserPassword: false, vpc, vpcSubnets });
      source.replicateBackupsTo('eu-west-1');
      source.addProxy('Proxy', { vpc, vpcSubnets });
      const cluster = new EncryptedDatabaseCluster(stack, 'Cluster', { engine: AURORA, encryptionKey: key, writer: writer(), vpc, vpcSubnets });
      cluster.replicateBackupsTo('eu-west-1');
      new EncryptedDatabaseCluster(stack, 'Clone', { engine: AURORA, writer: writer(), vpc, vpcSubnets, cloneOf: cluster });
      new EncryptedDatabaseInstance(stack, 'Oracle', {
        engine: rds.DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19_0_0_0_2025_10_R1 }),
        licenseModel: rds.LicenseModel.LICENSE_INCLUDED,
        encryptionKey: key,
        vpc,
        vpcSubnets,
      });
    }));
    const client = new RDSClient(aws.client());
    const [{ DBInstanceIdentifier, KmsKeyId }] = await database(/^copies-orders/);
    keyArn = KmsKeyId!;
    await client.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier, DBSnapshotIdentifier: 'orders' }));
    await client.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: (await clusters(/^copies-cluster/))[0].DBClusterIdentifier, DBClusterSnapshotIdentifier: 'cluster' }));
  }, 400_000);

  async function clusters(name: RegExp) {
    const { DBClusters: found = [] } = await new RDSClient(aws.client()).send(new DescribeDBClustersCommand({}));
    return found.filter(({ DBClusterIdentifier }) => name.test(DBClusterIdentifier!));
  }

  const restored = (fill: (stack: Stack, vpc: ec2.IVpc, encryptionKey: EncryptionKey) => void, name: string) => synth((app) => {
    const stack = new Stack(app, name, env('us-east-1'));
    fill(stack, networkOf(stack), EncryptionKey.fromKeyArn(stack, 'Key', keyArn) as EncryptionKey);
  });

  test('a restored instance keeps its snapshot\'s key, and a restored cluster has the one that is given', async () => {
    aws.deployed(restored((stack, vpc, encryptionKey) => {
      new EncryptedDatabaseInstanceFromSnapshot(stack, 'Instance', { engine: POSTGRES, snapshotIdentifier: 'orders', encryptionKey, vpc, vpcSubnets });
      new EncryptedDatabaseClusterFromSnapshot(stack, 'Cluster', { engine: AURORA, snapshotIdentifier: 'cluster', writer: writer(), vpc, vpcSubnets });
    }, 'Restored'));
    expect(await database(/^restored-instance/)).toMatchObject([{ StorageEncrypted: true, KmsKeyId: keyArn, PubliclyAccessible: false, DeletionProtection: true }]);
    const [cluster] = await clusters(/^restored-cluster/);
    expect(cluster).toMatchObject({ StorageEncrypted: true, DeletionProtection: true });
    expect(cluster.KmsKeyId).not.toBe(keyArn);
  }, 240_000);

  test('a clone has a key of its own, and the master user of its source', async () => {
    const [[source], [clone]] = [await clusters(/^copies-cluster/), await clusters(/^copies-clone/)];
    expect(clone).toMatchObject({ StorageEncrypted: true, MasterUsername: source.MasterUsername });
    expect([source.KmsKeyId, clone.KmsKeyId]).toEqual([keyArn, expect.not.stringContaining(keyArn)]);
  });

  test('a proxy requires TLS, and Oracle its native encryption', async () => {
    const client = new RDSClient(aws.client());
    expect((await client.send(new DescribeDBProxiesCommand({}))).DBProxies).toMatchObject([{ RequireTLS: true, EngineFamily: 'POSTGRESQL' }]);
    expect(await database(/^copies-oracle/)).toMatchObject([{ Engine: 'oracle-se2', OptionGroupMemberships: [{ OptionGroupName: expect.stringMatching(/^copies-oracleoptiongroup/i) }] }]);
  });

  test.each<[string, object, RegExp]>([
    ['a key', { kmsKeyId: 'KEY', storageEncrypted: true }, /KmsKeyId cannot be given: the instance has its snapshot's/],
    ['a master user', { masterUsername: 'somebody' }, /MasterUsername cannot be given: the instance has its snapshot's/],
  ])('a restored instance with %s of its own is refused, which is why the construct does not give one', (what, props, says) => {
    const { succeeded, output } = aws.deploy(restored((stack) => {
      new rds.CfnDBInstance(stack, 'Instance', {
        dbSnapshotIdentifier: 'orders', dbInstanceClass: 'db.m6g.large', engine: 'postgres', ...props, ...('kmsKeyId' in props && { kmsKeyId: keyArn }),
      });
    }, what === 'a key' ? 'RefusedKey' : 'RefusedUser'));
    expect([succeeded, output]).toEqual([false, expect.stringMatching(says)]);
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
