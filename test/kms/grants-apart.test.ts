import { App, BootstraplessSynthesizer, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { EncryptedBucket, EncryptedQueue, EncryptionKey, MultiRegionKey } from '../../src';
import { runIn } from '../support/command-line';
import { ENV, stack } from '../support/stack';
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { World } = require('../flows/world');

const OTHER = { account: '444455556666', region: 'us-east-1' };
const ELSEWHERE = { account: ENV.account!, region: 'eu-west-1' };

interface Apart {
  readonly app: App;
  /** The stack of what is granted, and a stack of another account or Region. */
  readonly ours: Stack;
  readonly theirs: Stack;
  readonly role: (roleName?: string) => iam.Role;
}

function apart(env = OTHER, props: { synthesizer?: BootstraplessSynthesizer } = {}): Apart {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const theirs = new Stack(app, 'Theirs', { env, ...props });
  return {
    app,
    ours: stack(ENV, 'Ours', app),
    theirs,
    role: (roleName = 'reader') => new iam.Role(theirs, 'Role', { roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
  };
}

function stacksIn(assembly: CloudAssembly): CloudAssembly['stacks'] {
  return [...assembly.stacks, ...assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => stacksIn(nestedAssembly))];
}

/** The templates as a world, and what the library's own rules find in them. */
function deployed(app: App) {
  const assembly = app.synth();
  const world = new World(stacksIn(assembly).map((each) => ({
    name: each.stackName, id: each.hierarchicalId, template: each.template, account: each.environment.account, region: each.environment.region,
  })));
  const { findings } = JSON.parse(runIn(assembly.directory, ['check', assembly.directory, '--format', 'json', '--fail-on', 'never']).out);
  return { world, errors: findings.filter(({ level }: { level: string }) => level === 'error') };
}

/** Statements of the policies of a stack's roles that are about KMS. */
function kmsStatements(app: App, name: string): any[] {
  const template = stacksIn(app.synth()).find(({ stackName }) => stackName === name)!.template;
  return Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Action }) => /kms:/.test(JSON.stringify(Action)));
}

const asks = (world: any, action: string, key: string, as: string) =>
  world.useKey(world.arnOf(world.at(key)), [action], world.who(as), {}, world.at(key).stack);

describe.each([['another account', OTHER], ['another Region', ELSEWHERE]] as const)('a role of %s', (_, env) => {
  test('that may read a bucket names its key by an output, and decrypts', async () => {
    const { app, ours, role } = apart(env);
    new EncryptedBucket(ours, 'Bucket', { bucketName: 'shared-data' }).grantRead(role());
    expect(kmsStatements(app, 'Theirs')).toEqual([{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: { 'Fn::GetStackOutput': expect.objectContaining({ Region: 'us-east-1' }) } }]);
    const { world, errors } = deployed(app);
    expect(await world.reads({ bucket: 'Ours/Bucket', as: 'Theirs/Role' })).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test('that may use a key names that key only', async () => {
    const { app, ours, role } = apart(env);
    const [key, other] = ['Key', 'Other'].map((id) => new EncryptionKey(ours, id));
    key.grantDecrypt(role());
    expect(other.node.id).toBe('Other');
    const { world, errors } = deployed(app);
    expect(await asks(world, 'kms:Decrypt', 'Ours/Key', 'Theirs/Role')).toBeUndefined();
    expect(await asks(world, 'kms:Decrypt', 'Ours/Other', 'Theirs/Role')).toMatch(/may not/);
    expect(errors).toEqual([]);
  });

  test('that may publish to a topic under a key names it', async () => {
    const { app, ours, role } = apart(env);
    new sns.Topic(ours, 'Topic', { topicName: 'orders', masterKey: new EncryptionKey(ours, 'Key') }).grantPublish(role());
    const { world, errors } = deployed(app);
    expect(await asks(world, 'kms:GenerateDataKey', 'Ours/Key', 'Theirs/Role')).toBeUndefined();
    expect(errors.filter(({ rule }: { rule: string }) => /Iam/.test(rule))).toEqual([]);
  });

  test('that may use a key of many Regions names the key id', async () => {
    const { app, ours, role } = apart(env);
    new MultiRegionKey(ours, 'Key', { replicaRegions: ['eu-west-1'] }).grantDecrypt(role());
    const { world, errors } = deployed(app);
    expect(await asks(world, 'kms:Decrypt', 'Ours/Key', 'Theirs/Role')).toBeUndefined();
    expect(errors).toEqual([]);
  });
});

test('a function of another account that reads from a queue names its key by an output, and receives', async () => {
  const { app, ours, theirs, role } = apart();
  const handler = new lambda.Function(theirs, 'Handler', { role: role(), runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
  handler.addEventSource(new SqsEventSource(new EncryptedQueue(ours, 'Queue', { queueName: 'orders' })));
  const { world, errors } = deployed(app);
  expect(await world.receives({ queue: 'Ours/Queue', as: 'Theirs/Role' })).toBeUndefined();
  expect(errors).toEqual([]);
});

test('the bucket policy waits for nobody: it names the role of the stack that comes later by a condition', () => {
  const { app, ours, theirs, role } = apart();
  const bucket = new EncryptedBucket(ours, 'Bucket', { bucketName: 'shared-data' });
  bucket.grantRead(role());
  const { Statement } = Object.values<any>(app.synth().getStackByName('Ours').template.Resources).find(({ Type, Properties }) => Type === 'AWS::S3::BucketPolicy' && /Bucket/.test(Properties.Bucket.Ref)
    && JSON.stringify(Properties).includes('PrincipalArn')).Properties.PolicyDocument;
  expect(Statement[0]).toMatchObject({
    Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root']] } },
    Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:role/reader']] } } },
  });
  expect(theirs.dependencies).toEqual([ours]);
});

/** Where the role's stack cannot read an output of the key's stack. */
const CANNOT_READ: Array<[string, () => Apart]> = [
  ['the key\'s stack waits for it', () => { const made = apart(); made.ours.addStackDependency(made.theirs); return made; }],
  ['CloudFormation has no role there', () => apart(OTHER, { synthesizer: new BootstraplessSynthesizer() })],
  ['it is in a Stage of its own', () => {
    const made = apart();
    const theirs = new Stack(new Stage(made.app, 'Stage', { env: OTHER }), 'Theirs');
    return { ...made, theirs, role: () => new iam.Role(theirs, 'Role', { roleName: 'reader', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) };
  }],
];

describe.each(CANNOT_READ)('where %s', (name, make) => {
  const asRole = name.includes('Stage') ? 'Stage/Theirs/Role' : 'Theirs/Role';

  test('the key is named by its alias, in its account and Region', async () => {
    const { app, ours, role } = make();
    new EncryptionKey(ours, 'Key', { alias: 'alias/orders' }).grantDecrypt(role());
    const { world, errors } = deployed(app);
    expect(kmsStatements(app, asRole.replace('Stage/Theirs/Role', 'Stage-Theirs').replace('/Role', ''))).toEqual([{
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:us-east-1:111122223333:key/*']] },
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/orders' } },
    }]);
    expect(await asks(world, 'kms:Decrypt', 'Ours/Key', asRole)).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test('a key without an alias gets one, and no other key of the account is meant', async () => {
    const { app, ours, role } = make();
    new EncryptedBucket(ours, 'Bucket', { bucketName: 'shared-data' }).grantRead(role());
    new EncryptionKey(ours, 'Other', { alias: 'alias/other' });
    const { world, errors } = deployed(app);
    expect(await world.reads({ bucket: 'Ours/Bucket', as: asRole })).toBeUndefined();
    expect(await asks(world, 'kms:Decrypt', 'Ours/Other', asRole)).toMatch(/may not/);
    expect(errors).toEqual([]);
  });
});

test('the roles of a pipeline\'s actions in another account name the key of its artifacts', async () => {
  const { app, ours, role } = apart();
  const artifactBucket = new EncryptedBucket(ours, 'Artifacts', { bucketName: 'artifacts' });
  const source = new codepipeline.Artifact();
  const project = new codebuild.PipelineProject(ours, 'Build', { encryptionKey: artifactBucket.encryptionKey });
  const deploys = role('deploys');
  new codepipeline.Pipeline(ours, 'Pipeline', {
    artifactBucket,
    stages: [
      { stageName: 'Source', actions: [new actions.CodeCommitSourceAction({ actionName: 'Source', output: source, repository: codecommit.Repository.fromRepositoryName(ours, 'Repository', 'orders') })] },
      { stageName: 'Build', actions: [new actions.CodeBuildAction({ actionName: 'Build', project, input: source })] },
      { stageName: 'Deploy', actions: [new actions.S3DeployAction({ actionName: 'Deploy', input: source, bucket: s3.Bucket.fromBucketName(ours, 'Site', 'site'), role: deploys, cacheControl: [actions.CacheControl.maxAge(Duration.hours(1))] })] },
    ],
  });
  const { world, errors } = deployed(app);
  expect(await world.reads({ bucket: 'Ours/Artifacts', as: 'Theirs/Role' })).toBeUndefined();
  expect(errors.filter(({ rule }: { rule: string }) => /Iam/.test(rule))).toEqual([]);
});

describe('a role may use a replica, and its stack waits for no stack that waits for it', () => {
  const reader = (scope: Stack) => new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  test('of the primary in its own stack: its policy names the replica by the primary\'s id', () => {
    const app = new App();
    const ours = stack(ENV, 'Ours', app);
    const key = new MultiRegionKey(ours, 'Key', { replicaRegions: ['eu-west-1'] });
    key.replicas[0].grantDecrypt(reader(ours));
    expect(kmsStatements(app, 'Ours').map(({ Resource }) => Resource)).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:111122223333:key/', { Ref: expect.stringMatching(/^Key/) }]] },
    ]);
  });

  test('where the primary\'s stack waits for its own: its policy names the replica by its alias', () => {
    const app = new App();
    const [ours, keys] = [stack(ENV, 'Ours', app), stack(ENV, 'Keys', app)];
    keys.addStackDependency(ours);
    new MultiRegionKey(keys, 'Key', { replicaRegions: ['eu-west-1'], alias: 'alias/orders' }).replicas[0].grantDecrypt(reader(ours));
    expect(kmsStatements(app, 'Ours').map(({ Condition }) => Condition)).toEqual([{ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/orders' } }]);
  });
});

test('a second grant to the same role makes no second alias', () => {
  const { app, ours, role } = apart(OTHER, { synthesizer: new BootstraplessSynthesizer() });
  const key = new EncryptionKey(ours, 'Key');
  const reader = role();
  key.grantDecrypt(reader);
  key.grantEncrypt(reader);
  expect(Object.values<any>(app.synth().getStackByName('Ours').template.Resources).filter(({ Type }) => Type === 'AWS::KMS::Alias')).toHaveLength(1);
});
