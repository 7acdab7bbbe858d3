import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDBClusterCommand, CreateDBClusterSnapshotCommand, CreateDBInstanceCommand, CreateDBSnapshotCommand, RDSClient } from '@aws-sdk/client-rds';
import * as cdk from 'aws-cdk-lib';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ts from 'typescript';
import * as alb from '../../../examples/side-by-side/elasticloadbalancingv2.ours';
import * as database from '../../../examples/side-by-side/rds.ours';
import * as bucket from '../../../examples/side-by-side/s3.ours';
import * as queue from '../../../examples/side-by-side/sqs.ours';
import * as library from '../../../src';
import { Emulator } from '../../support/emulator';
import { README_APP, Snippet, SNIPPETS } from '../../support/snippets';
import { ENV } from '../../support/stack';

// As a user's app has it.
delete process.env.CDK_VALIDATION;

/** What cannot be deployed here, with the reason. Each is synthesized or judged elsewhere. */
const NOT_DEPLOYED: Record<string, string> = {
  'docs/pipelines.md 0': 'CodePipeline and CodeBuild, which CDK Pipelines makes, are not emulated: test/cli/cdk-pipelines.test.ts synthesizes such a pipeline and judges it',
};

const SNAPSHOT = 'orders';
const nameOf = ({ page, n }: Snippet) => `${page} ${n}`;
const DEPLOYED = SNIPPETS.filter((snippet) => !(nameOf(snippet) in NOT_DEPLOYED));

let aws: Emulator;
let snapshotKeyArn: string;

beforeAll(async () => {
  aws = await Emulator.start();
  await makeWhatIsThere();
}, 300_000);
afterAll(() => aws.stop());

/** What the pages take for granted in an account: an administrator of keys, and snapshots under a key. */
async function makeWhatIsThere(): Promise<void> {
  await new IAMClient(aws.client()).send(new CreateRoleCommand({ RoleName: 'KeyAdmin', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }));
  const { KeyMetadata: key } = await new KMSClient(aws.client()).send(new CreateKeyCommand({}));
  snapshotKeyArn = key!.Arn!;
  const client = new RDSClient(aws.client());
  const user = { MasterUsername: 'dbadmin', MasterUserPassword: 'of-the-emulator', StorageEncrypted: true, KmsKeyId: snapshotKeyArn };
  await client.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: 'old', Engine: 'postgres', DBInstanceClass: 'db.m6g.large', AllocatedStorage: 100, ...user }));
  await client.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'old', DBSnapshotIdentifier: SNAPSHOT }));
  await client.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'old-cluster', Engine: 'aurora-postgresql', ...user }));
  await client.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'old-cluster', DBClusterSnapshotIdentifier: SNAPSHOT }));
}

const emptyApp = () => new App({ outdir: mkdtempSync(join(tmpdir(), 'snippets-')), defaultStackSynthesizer: new BootstraplessSynthesizer() });

/** What a page takes for granted around a snippet, made when the snippet names it: by the names of test/slow/snippets.slow.ts. */
function surroundings(app: App, stack: Stack): Record<string, unknown> {
  const made = new Map<string, unknown>();
  const makers: Record<string, () => unknown> = {
    app: () => app,
    stack: () => stack,
    europe: () => new Stack(app, `${stack.stackName}Europe`, { env: { account: ENV.account, region: 'eu-west-1' } }),
    europeStack: () => its.europe,
    america: () => new Stack(app, `${stack.stackName}America`, { env: ENV }),
    keys: () => new Stack(app, `${stack.stackName}Keys`, { env: ENV }),
    vpc: () => new ec2.Vpc(stack, 'Vpc', {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      natGateways: 1,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }, { name: 'data', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
    }),
    certificate: () => new acm.Certificate(stack, 'Certificate', { domainName: 'orders.example.com', validation: acm.CertificateValidation.fromDns() }),
    service: () => new elbv2.ApplicationTargetGroup(stack, 'Service', { vpc: its.vpc as ec2.IVpc, targetType: elbv2.TargetType.IP, port: 80 }),
    encryptionKey: () => new library.EncryptionKey(stack, 'GivenKey'),
    key: () => its.encryptionKey,
    role: () => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    uploads: () => new library.EncryptedBucket(stack, 'Given', { encryptionKey: its.encryptionKey as library.EncryptionKey }),
    bucket: () => its.uploads,
    distribution: () => cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', { distributionId: 'E2QWRUHAPOMQZL', domainName: 'd111111abcdef8.cloudfront.net' }),
    fileSystem: () => new efs.CfnFileSystem(stack, 'Files'),
    engine: () => rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    clusterEngine: () => rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: () => rds.ClusterInstance.serverlessV2('Writer'),
    instanceType: () => new ec2.InstanceType('m6g.large'),
    cluster: () => new library.EncryptedDatabaseCluster(stack, 'Given', {
      engine: its.clusterEngine as rds.IClusterEngine, writer: its.writer as rds.IClusterInstance, vpc: its.vpc as ec2.IVpc,
    }),
    keyInIreland: () => new library.EncryptionKey(its.europe as Stack, 'KeyInIreland'),
    snapshotIdentifier: () => SNAPSHOT,
    snapshotKey: () => library.EncryptionKey.fromKeyArn(stack, 'SnapshotKey', snapshotKeyArn),
  };
  const its: Record<string, unknown> = new Proxy({}, {
    get: (_, name: string) => {
      if (!made.has(name)) { made.set(name, makers[name]()); }
      return made.get(name);
    },
    ownKeys: () => Object.keys(makers),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
  return its;
}

const MODULES = {
  ...{ Duration: cdk.Duration, Mixins: cdk.Mixins, RemovalPolicy: cdk.RemovalPolicy, Validations: cdk.Validations },
  ...{ acm, cloudfront, dynamodb, ec2, efs, elbv2, iam, rds, s3, subscriptions },
};

/** Runs the text of a snippet as the constructor of a stack would. */
function fill(app: App, stack: Stack, { code }: Snippet): void {
  const its = surroundings(app, stack);
  const names = Object.keys(its).filter((name) => new RegExp(`\\b${name}\\b(?!:)`).test(code) && !new RegExp(`const ${name}\\b`).test(code));
  // Something for what is about all of an app or a stack: mixins protect what is there, defaults what comes.
  if (/\bMixins\b/.test(code)) { plainData(stack); }
  const known: Record<string, unknown> = { ...MODULES, ...library, ...Object.fromEntries(names.map((name) => [name, its[name]])) };
  // In a block, so that it may declare a name that is known.
  const { outputText } = ts.transpileModule(`{\n${code}\n}`, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  compileFunction(outputText, Object.keys(known)).call(stack, ...Object.values(known));
  if (/\bEncryptionDefaults\b/.test(code)) { plainData(stack); }
  if (stack.node.children.length === 0) { new library.EncryptedQueue(stack, 'Queue'); }
}

/** What an app has that knows nothing of encryption. */
function plainData(stack: Stack): void {
  new s3.Bucket(stack, 'PlainBucket');
  new sqs.Queue(stack, 'PlainQueue');
}

/** Runs an app as it stands on the page, but for an account without a bootstrap stack. */
function runApp(code: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'readme-'));
  class PlainApp extends App {
    constructor() { super({ outdir, defaultStackSynthesizer: new BootstraplessSynthesizer() }); }
  }
  const modules: Record<string, unknown> = { 'aws-cdk-lib': Object.create(cdk, { App: { value: PlainApp } }), 'cdk-encryption-constructs': library };
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
  const require = createRequire(__filename);
  compileFunction(outputText, ['require', 'exports']).call(undefined, (id: string) => modules[id] ?? require(id), {});
  return outdir;
}

test('the app of the README is deployed, as its text says', () => {
  const assembly = runApp(README_APP);
  expect(aws.deployed(assembly).stacks).toEqual(['Orders']);
  // Other pages have the same alias.
  expect(aws.destroy(assembly, 'Orders').succeeded).toBe(true);
}, 120_000);

/** An alias can be in one stack only, and what is about an app is about all stacks in it. */
const standsAlone = ({ code }: Snippet) => /\bapp\b/.test(code);
const stackNameOf = ({ page, n }: Snippet) => `${page.replace(/^src\/|\.md$|\/README/g, '').replace(/[^a-z0-9]/gi, '')}${n}`;

describe('the snippets of guides and service pages are deployed, as their texts say', () => {
  const together = DEPLOYED.filter((snippet) => !standsAlone(snippet));
  let stacks: string[];
  let output: string;

  beforeAll(() => {
    const app = emptyApp();
    together.forEach((snippet) => fill(app, new Stack(app, stackNameOf(snippet), { env: ENV }), snippet));
    ({ stacks, output } = aws.deploy(app.synth().directory));
  }, 400_000);

  test.each(together.map((snippet) => [nameOf(snippet), snippet] as const))('%s', (_, snippet) => {
    expect(stacks.includes(stackNameOf(snippet)) || output.slice(output.indexOf('❌'))).toBe(true);
  });

});

test.each(DEPLOYED.filter(standsAlone).map((snippet) => [nameOf(snippet), snippet] as const))('%s is deployed, as an app of its own', (_, snippet) => {
  const app = emptyApp();
  fill(app, new Stack(app, stackNameOf(snippet), { env: ENV }), snippet);
  expect(aws.deployed(app.synth().directory).stacks).toEqual([stackNameOf(snippet)]);
}, 120_000);

test('the files of docs/side-by-side.md are deployed', () => {
  const app = emptyApp();
  const stack = new Stack(app, 'SideBySide', { env: ENV });
  const its = surroundings(app, stack);
  bucket.ours(stack);
  queue.ours(stack, new events.Rule(stack, 'Rule', { eventPattern: { source: ['orders'] } }));
  database.ours(stack, its.vpc as ec2.IVpc, its.clusterEngine as rds.IClusterEngine);
  alb.ours(stack, its.vpc as ec2.IVpc, [elbv2.ListenerCertificate.fromCertificateManager(its.certificate as acm.ICertificate)]);
  expect(aws.deployed(app.synth().directory).stacks).toEqual(['SideBySide']);
}, 240_000);

test('what is not deployed is on a page, and has its reason', () => {
  const names = SNIPPETS.map(nameOf);
  expect(Object.keys(NOT_DEPLOYED).filter((name) => !names.includes(name))).toEqual([]);
});
