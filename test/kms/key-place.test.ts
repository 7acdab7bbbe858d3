import { App, Mixins, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  BucketEncryptionAtRest, DatabaseEncryptionAtRest, EncryptedBucket, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedQueue,
  EncryptionDefaults, EncryptionKey, InsecureCode, KeyLifecycleMonitor, MultiRegionKey, QueueEncryptionAtRest,
} from '../../src';
import { ENV } from '../support/stack';

const THEIRS = { account: '444455556666', region: 'us-east-1' };

/** A key in us-east-1, and a stack in eu-west-1. */
function twoRegions(): { app: App; key: EncryptionKey; europe: Stack } {
  const app = new App();
  const key = new EncryptionKey(new Stack(app, 'Keys', { env: ENV }), 'Key');
  return { app, key, europe: new Stack(app, 'Europe', { env: { ...ENV, region: 'eu-west-1' } }) };
}

const database = (scope: Stack) => ({
  vpc: ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-1a', 'eu-west-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  }),
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
});
const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 });

describe('a key of another Region is an error that names both Regions and MultiRegionKey', () => {
  const refused = /^Europe\/It: cannot be encrypted under Keys\/Key: the key is in us-east-1, and Europe\/It is in eu-west-1\..*MultiRegionKey with a replica in eu-west-1\..*\[KeyInOtherRegion\]$/;
  const cases: Record<string, (scope: Stack, encryptionKey: kms.IKey) => unknown> = {
    'a bucket': (scope, encryptionKey) => new EncryptedBucket(scope, 'It', { encryptionKey }),
    'a queue': (scope, encryptionKey) => new EncryptedQueue(scope, 'It', { encryptionKey }),
    'a database': (scope, encryptionKey) => new EncryptedDatabaseInstance(scope, 'It', { engine: POSTGRES, encryptionKey, ...database(scope) }),
    'a cluster': (scope, encryptionKey) => new EncryptedDatabaseCluster(scope, 'It', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }), writer: rds.ClusterInstance.serverlessV2('W'), encryptionKey, ...database(scope),
    }),
    'a monitor of the key': (scope, key) => new KeyLifecycleMonitor(scope, 'It', { keys: [key] }),
    'the mixin of a bucket': (scope, key) => new s3.CfnBucket(scope, 'It').with(new BucketEncryptionAtRest(key)),
    'the mixin of a queue': (scope, key) => new sqs.CfnQueue(scope, 'It').with(new QueueEncryptionAtRest(key)),
    'the mixin of a database': (scope, key) => new rds.CfnDBInstance(scope, 'It', { engine: 'postgres' }).with(new DatabaseEncryptionAtRest(key, { allowReplacement: true })),
    'a plain bucket that keeps its key under a mixin': (scope, key) =>
      Mixins.of(new s3.Bucket(scope, 'It', { encryptionKey: key })).apply(new BucketEncryptionAtRest(new kms.Key(scope, 'Near'))),
    'a plain queue under EncryptionDefaults': (scope, key) => {
      EncryptionDefaults.of(scope).apply();
      new sqs.Queue(scope, 'It', { encryptionMasterKey: key });
    },
    'a plain bucket under EncryptionDefaults': (scope, key) => {
      EncryptionDefaults.of(scope).apply();
      new s3.Bucket(scope, 'It', { encryptionKey: key });
    },
    'a plain database under EncryptionDefaults': (scope, key) => {
      EncryptionDefaults.of(scope).apply();
      new rds.DatabaseInstance(scope, 'It', { engine: POSTGRES, storageEncryptionKey: key, ...database(scope) });
    },
    'the key that EncryptionDefaults is given': (scope, key) => {
      EncryptionDefaults.of(scope).apply({ encryptionKey: key });
      new s3.Bucket(scope, 'It');
    },
  };
  test.each(Object.entries(cases))('%s', (_, make) => {
    const { key, europe } = twoRegions();
    // EncryptionDefaults collects its errors and tells them together at synth.
    expect(() => {
      make(europe, key);
      (europe.node.root as App).synth();
    }).toThrow(refused);
  });

  test.each<[string, (scope: Stack, key: kms.IKey) => rds.Credentials]>([
    ['a secret of this app', (scope, encryptionKey) => rds.Credentials.fromSecret(new secretsmanager.Secret(scope, 'Secret', { encryptionKey }))],
    ['an imported secret', (scope, encryptionKey) => rds.Credentials.fromSecret(secretsmanager.Secret.fromSecretAttributes(scope, 'Secret', {
      secretCompleteArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf', encryptionKey,
    }), 'admin')],
    ['a generated secret', (_, encryptionKey) => rds.Credentials.fromGeneratedSecret('admin', { encryptionKey })],
  ])('%s with the master password', (_, credentials) => {
    const { europe } = twoRegions();
    const key = kms.Key.fromKeyArn(europe, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12ab');
    expect(() => new EncryptedDatabaseInstance(europe, 'It', { engine: POSTGRES, credentials: credentials(europe, key), ...database(europe) }))
      .toThrow(/^Europe\/(It\/)?Secret: cannot be encrypted under .*: the key is in us-east-1, and Europe\/(It\/)?Secret is in eu-west-1\./);
  });

  test('an imported key, by the Region in its ARN', () => {
    const { europe } = twoRegions();
    const imported = kms.Key.fromKeyArn(europe, 'Key', 'arn:aws:kms:ap-southeast-2:111122223333:key/12ab');
    expect(() => new EncryptedBucket(europe, 'It', { encryptionKey: imported }))
      .toThrow(/under arn:aws:kms:ap-southeast-2:111122223333:key\/12ab: the key is in ap-southeast-2/);
  });

  test('a replica of another Region; the MultiRegionKey itself gives the near one', () => {
    const { app, europe } = twoRegions();
    const key = new MultiRegionKey(new Stack(app, 'Primary', { env: ENV }), 'Key', { replicaRegions: ['eu-west-1', 'ap-southeast-2'] });
    expect(() => new EncryptedQueue(europe, 'It', { encryptionKey: key.replicas[1] })).toThrow(/the key is in ap-southeast-2, and Europe\/It is in eu-west-1/);
    new EncryptedQueue(europe, 'Near', { encryptionKey: key });
  });

  test('with insecure code reported, it is a warning, and the bucket stays as it is', () => {
    const { app, key, europe } = twoRegions();
    EncryptionDefaults.of(app).apply({ insecureCode: InsecureCode.REPORT });
    new s3.Bucket(europe, 'It', { encryptionKey: key });
    const { messages } = app.synth().getStackByName('Europe');
    expect(messages.map(({ entry }) => entry.data)).toContainEqual(expect.stringMatching(/the key is in us-east-1, and Europe\/It is in eu-west-1/));
  });
});

test('what only the deployment knows is not compared', () => {
  const app = new App();
  const [anywhere, here] = [new Stack(app, 'Anywhere'), new Stack(app, 'Here', { env: ENV })];
  new EncryptedBucket(here, 'A', { encryptionKey: new EncryptionKey(here, 'Key') });
  new EncryptedQueue(anywhere, 'B', { encryptionKey: kms.Key.fromKeyArn(anywhere, 'Imported', 'arn:aws:kms:eu-west-1:111122223333:key/12ab') });
  new EncryptedQueue(here, 'C', { encryptionKey: kms.Key.fromKeyArn(here, 'Token', Token.asString({ Ref: 'KeyArn' })) });
  app.synth();
});

describe('a key of another account', () => {
  test('whose policy does not allow that account is an error at synth, with the line to add', () => {
    const app = new App();
    const key = new EncryptionKey(new Stack(app, 'Keys', { env: ENV }), 'Key');
    new EncryptedBucket(new Stack(app, 'Theirs', { env: THEIRS }), 'B', { encryptionKey: key });
    expect(() => app.synth()).toThrow(/Theirs\/B: its key Keys\/Key is in account 111122223333, and Theirs\/B is in 444455556666.*Add `key\.allowAccount\('444455556666'\)`.*\[KeyInOtherAccount\]/);
  });

  test.each<[string, (key: EncryptionKey, scope: Stack) => unknown]>([
    ['allowAccount', (key) => key.allowAccount(THEIRS.account)],
    ['allowOrganization', (key) => key.allowOrganization('o-a1b2c3d4e5')],
    ['a grant to a role there', (key, scope) => key.grantDecrypt(new iam.Role(scope, 'Role', { roleName: 'app', assumedBy: new iam.AccountRootPrincipal() }))],
  ])('is accepted after %s', (_, allow) => {
    const app = new App();
    const key = new EncryptionKey(new Stack(app, 'Keys', { env: ENV }), 'Key');
    const theirs = new Stack(app, 'Theirs', { env: THEIRS });
    new EncryptedBucket(theirs, 'B', { encryptionKey: key });
    allow(key, theirs);
    app.synth();
  });

  test('that is imported is a warning, with the statements to add', () => {
    const app = new App();
    const theirs = new Stack(app, 'Theirs', { env: THEIRS });
    const imported = kms.Key.fromKeyArn(theirs, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/12ab');
    new EncryptedBucket(theirs, 'B', { encryptionKey: imported });
    const warnings = app.synth().getStackByName('Theirs').messages.map(({ entry }) => String(entry.data)).filter((text) => text.includes('KeyInOtherAccount'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('"Principal":{"AWS":"444455556666"}');
    expect(warnings[0]).toContain('"kms:GrantIsForAWSResource":"true"');
    expect(warnings[0]).not.toContain('${Token');
  });
});
