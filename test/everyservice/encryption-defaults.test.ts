import { App, Aspects, PropertyInjectors, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elasticsearch from 'aws-cdk-lib/aws-elasticsearch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { EncryptionAtRest, EncryptionChecks, EncryptionDefaults, EncryptionDefaultsOptions, InsecureProps } from '../../src';
import { DEFAULT_TYPES } from '../../src/everyservice/default-types';
import { ENCRYPTION_TABLE } from '../../src/table/encryption-table';
import { ENV } from '../support/stack';
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { World } = require('../flows/world');

// One of the classes is deprecated.
process.env.JSII_DEPRECATED = 'quiet';

const inline = { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code: lambda.Code.fromInline('x') };
const role = (scope: Stack, id: string, service = 'lambda.amazonaws.com') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal(service) });

/** What is put under the key in place, as plain code has it, with those who use it. */
function inPlace(stack: Stack): void {
  const stream = new kinesis.Stream(stack, 'Stream');
  stream.grantRead(role(stack, 'Consumer'));
  role(stack, 'Producer').addToPolicy(new iam.PolicyStatement({ actions: ['kinesis:PutRecord'], resources: [stream.streamArn] }));
  new firehose.DeliveryStream(stack, 'Delivery', { destination: new firehose.S3Bucket(new s3.Bucket(stack, 'Bucket')) });
  new firehose.DeliveryStream(stack, 'FromStream', { source: new firehose.KinesisStreamSource(stream), destination: new firehose.S3Bucket(new s3.Bucket(stack, 'Copies')) });
  new lambda.Function(stack, 'Function', inline).addEnvironment('TABLE', 'orders');
  new lambda.Function(stack, 'NoEnvironment', inline);
  new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromString('{}'), logs: { destination: new logs.LogGroup(stack, 'MachineLogs'), level: sfn.LogLevel.ALL },
  });
  new sfn.StateMachine(stack, 'OtherMachine', { definitionBody: sfn.DefinitionBody.fromString('{}') });
  new codebuild.Project(stack, 'Project', {
    buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }), cache: codebuild.Cache.bucket(new s3.Bucket(stack, 'BuildCache')),
  });
  new ec2.LaunchTemplate(stack, 'Launch', { blockDevices: [{ deviceName: '/dev/sda', volume: ec2.BlockDeviceVolume.ebs(8) }], userData: ec2.UserData.forLinux() });
  new ec2.LaunchTemplate(stack, 'NoDevices');
  new redshift.CfnCluster(stack, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large', manageMasterPassword: true });
  new redshift.CfnCluster(stack, 'CopiedWarehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large', destinationRegion: 'eu-west-1' });
}

/** What the key would replace. */
const REPLACED = ['Files', 'Volume', 'Repository', 'Vault', 'Search', 'OldSearch', 'Documents', 'Cache', 'Serverless', 'Graph', 'Notebook', 'Studio', 'Features', 'Worker'];

function replaced(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const owner = role(stack, 'Owner', 'sagemaker.amazonaws.com').roleArn;
  new efs.FileSystem(stack, 'Files', { vpc, vpcSubnets });
  new ec2.Volume(stack, 'Volume', { availabilityZone: 'us-east-1a', size: { toGibibytes: () => 8 } as any });
  new ecr.Repository(stack, 'Repository');
  new backup.BackupVault(stack, 'Vault');
  new opensearch.Domain(stack, 'Search', { version: opensearch.EngineVersion.OPENSEARCH_2_19 });
  new elasticsearch.Domain(stack, 'OldSearch', { version: elasticsearch.ElasticsearchVersion.V7_10 });
  new docdb.DatabaseCluster(stack, 'Documents', { masterUser: { username: 'x' }, vpc, vpcSubnets, instanceType: ec2.InstanceType.of(ec2.InstanceClass.R6G, ec2.InstanceSize.LARGE) });
  new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'x' });
  new elasticache.CfnServerlessCache(stack, 'Serverless', { engine: 'valkey', serverlessCacheName: 'x' });
  new neptune.CfnDBCluster(stack, 'Graph', {});
  new sagemaker.CfnNotebookInstance(stack, 'Notebook', { instanceType: 'ml.t3.medium', roleArn: owner });
  new sagemaker.CfnDomain(stack, 'Studio', { authMode: 'IAM', domainName: 'x', defaultUserSettings: { executionRole: owner } });
  new sagemaker.CfnFeatureGroup(stack, 'Features', {
    eventTimeFeatureName: 't',
    recordIdentifierFeatureName: 'r',
    featureGroupName: 'f',
    roleArn: owner,
    featureDefinitions: [{ featureName: 'r', featureType: 'String' }],
    offlineStoreConfig: { S3StorageConfig: { S3Uri: 's3://x' } },
    onlineStoreConfig: { EnableOnlineStore: true },
  });
  const worker = new sfn.Activity(stack, 'Worker');
  new sfn.StateMachine(stack, 'CallsWorker', { definitionBody: sfn.DefinitionBody.fromString(`{"Resource":"${worker.activityArn}"}`) });
  new sfn.StateMachine(stack, 'CallsNobody', { definitionBody: sfn.DefinitionBody.fromString('{}') });
}

function appWith(make: (stack: Stack) => void, options?: EncryptionDefaultsOptions) {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  if (options) { EncryptionDefaults.of(app).apply(options); }
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  const { template, messages } = app.synth().getStackByName('Stack');
  const of = (id: string, type: string) => Object.entries<any>(template.Resources)
    .find(([logicalId, { Type }]) => Type === `AWS::${type}` && new RegExp(`^${id}([0-9A-F]{8})?$`).test(logicalId))?.[1].Properties ?? {};
  return { app, stack, template, of, told: messages.map(({ entry }) => String(entry.data)) };
}

const all = (stack: Stack) => { inPlace(stack); replaced(stack); };
const SHARED = { 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] };
const plain = appWith(all);
const defaults = appWith(all, {});
const allowed = appWith(replaced, { replaceableResources: ['Stack/**'] });

test('the names of classes are those of aws-cdk-lib, and the types and keys those of the table', () => {
  const known = [
    backup.BackupVault, codebuild.Project, docdb.DatabaseCluster, ec2.LaunchTemplate, ec2.Volume, ecr.Repository, efs.FileSystem,
    elasticsearch.Domain, kinesis.Stream, firehose.DeliveryStream, lambda.Function, opensearch.Domain, sfn.Activity, sfn.StateMachine,
  ].map(({ PROPERTY_INJECTION_ID }) => PROPERTY_INJECTION_ID);
  expect(DEFAULT_TYPES.flatMap(({ classes }) => classes).sort()).toEqual([...known].sort());
  for (const { type, keys = [] } of DEFAULT_TYPES) {
    const rows = ENCRYPTION_TABLE[type].atRest!;
    expect([type, rows.length > 0, keys.filter((key) => !rows.some((row) => row.key === key))]).toEqual([type, true, []]);
  }
});

describe('without a change to the code', () => {
  test.each([
    ['Stream', 'Kinesis::Stream', { StreamEncryption: { EncryptionType: 'KMS', KeyId: SHARED } }],
    ['Delivery', 'KinesisFirehose::DeliveryStream', { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: SHARED } }],
    ['Function', 'Lambda::Function', { KmsKeyArn: SHARED, Environment: { Variables: { TABLE: 'orders' } } }],
    ['Machine', 'StepFunctions::StateMachine', { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: SHARED } }],
    ['Project', 'CodeBuild::Project', { EncryptionKey: SHARED }],
    ['Launch', 'EC2::LaunchTemplate', { LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/sda', Ebs: { Encrypted: true, KmsKeyId: SHARED, VolumeSize: 8 } }] } }],
    ['Warehouse', 'Redshift::Cluster', { Encrypted: true, KmsKeyId: SHARED, MasterPasswordSecretKmsKeyId: SHARED }],
  ])('%s (%s) is under the key of the stack', (id, type, properties) => {
    expect(defaults.of(id, type)).toMatchObject(properties);
  });

  test.each([['NoEnvironment', 'Lambda::Function'], ['NoDevices', 'EC2::LaunchTemplate'], ['FromStream', 'KinesisFirehose::DeliveryStream']])(
    '%s (%s), which has nothing to encrypt, is as it was', (id, type) => {
      expect(defaults.of(id, type)).toEqual(plain.of(id, type));
    });

  test.each(REPLACED)('%s, which the key would replace, is as it was, and a warning says what to do', (id) => {
    const of = (template: any) => Object.entries<any>(template.Resources).filter(([, { Metadata }]) => new RegExp(`^Stack/${id}(/Resource)?$`).test(Metadata?.['aws:cdk:path']));
    expect(of(defaults.template)).toEqual(of(plain.template));
    expect(of(defaults.template)).toHaveLength(1);
    expect(defaults.told.filter((text) => text.startsWith(`Stack/${id} is left as it is`)).join()).toMatch(/cannot be changed in place, .*`replaceableResources`/);
  });

  test('a warehouse whose snapshots go to another Region is left, because they would need a grant there', () => {
    expect(defaults.of('CopiedWarehouse', 'Redshift::Cluster')).toEqual(plain.of('CopiedWarehouse', 'Redshift::Cluster'));
    expect(defaults.told.join('\n')).toMatch(/Stack\/CopiedWarehouse is left as it was.*SnapshotCopyGrant/);
  });

  test('no logical id changes, and nothing is replaced or removed', () => {
    const typesOf = ({ Resources }: any) => Object.entries<any>(Resources).map(([id, { Type }]) => `${id} ${Type}`);
    expect(typesOf(plain.template).filter((each) => !typesOf(defaults.template).includes(each))).toEqual([]);
  });

  test('the checks find nothing about the keys of what was put under one', () => {
    const types = /^Encryption-(KinesisStream|KinesisFirehose|LambdaFunction|StepFunctionsStateMachine|CodeBuildProject|Ec2LaunchTemplate)/;
    const found = new EncryptionChecks().validateScope(defaults.app).violations.map(({ ruleName }) => ruleName);
    expect(found.filter((id) => types.test(id) || /HasKey|KeyUsable|KeyServiceSource|KeyNotForAnybody/.test(id))).toEqual([]);
  });

  test('a stream where the Region is not known keeps the CDK\'s choice for Regions without encryption, and its key when it is asked again', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const stack = new Stack(app, 'Stack');
    const l1 = new kinesis.Stream(stack, 'Stream').node.defaultChild as kinesis.CfnStream;
    Aspects.of(stack).add({ visit: (node) => { if (node === l1) { new EncryptionAtRest(new kms.Key(stack, 'Later')).applyTo(l1); } } }, { priority: 600 });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Kinesis::Stream'));
    expect(Properties.StreamEncryption).toEqual({ 'Fn::If': [expect.any(String), { Ref: 'AWS::NoValue' }, { EncryptionType: 'KMS', KeyId: SHARED }] });
  });

  test('a Stage that has only L1s is reached, wherever it is made and whenever', () => {
    const app = new App();
    const early = new Stage(app, 'Early');
    EncryptionDefaults.of(app).apply();
    const [outer, exempt] = [new Stage(app, 'Outer'), new Stage(app, 'Exempt')];
    EncryptionDefaults.of(exempt).apply({ exceptions: [{ path: 'Exempt/**', reason: 'test data' }] });
    const inPipeline = new Stage(new Stack(app, 'Pipeline'), 'Prod');
    const keyOf = (stage: Stage) => {
      const stack = new Stack(stage, 'Stack', { env: ENV });
      new redshift.CfnCluster(stack, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large' });
      return Object.values(Template.fromStack(stack).findResources('AWS::Redshift::Cluster'))[0].Properties.KmsKeyId;
    };
    expect([early, new Stage(outer, 'Inner'), inPipeline].map(keyOf)).toEqual([SHARED, SHARED, SHARED]);
    expect(keyOf(exempt)).toBeUndefined();
  });

  test('a resource that is made in a Stage, and an L1 in a scope with defaults of its own, each get the key of theirs', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const staged = new Stack(new Stage(app, 'Prod'), 'Staged', { env: ENV });
    new kinesis.Stream(staged, 'Stream');
    new redshift.CfnCluster(staged, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large' });
    const own = new Stack(app, 'Own', { env: ENV });
    EncryptionDefaults.of(own).apply({ encryptionKey: new kms.Key(own, 'OwnKey') });
    new redshift.CfnCluster(own, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large' });
    const propertiesOf = (scope: Stack, type: string) => Object.values(Template.fromStack(scope).findResources(type))[0].Properties;
    expect(propertiesOf(staged, 'AWS::Kinesis::Stream').StreamEncryption.KeyId).toEqual(SHARED);
    expect(propertiesOf(staged, 'AWS::Redshift::Cluster').KmsKeyId).toEqual(SHARED);
    expect(propertiesOf(own, 'AWS::Redshift::Cluster').KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^OwnKey/), 'Arn'] });
  });
});

describe('where they may be replaced', () => {
  test.each([
    ['Files', 'EFS::FileSystem', { Encrypted: true, KmsKeyId: SHARED }],
    ['Volume', 'EC2::Volume', { Encrypted: true, KmsKeyId: SHARED }],
    ['Repository', 'ECR::Repository', { EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: SHARED } }],
    ['Vault', 'Backup::BackupVault', { EncryptionKeyArn: SHARED }],
    ['Search', 'OpenSearchService::Domain', { EncryptionAtRestOptions: { Enabled: true, KmsKeyId: SHARED } }],
    ['OldSearch', 'Elasticsearch::Domain', { EncryptionAtRestOptions: { Enabled: true, KmsKeyId: SHARED } }],
    ['Documents', 'DocDB::DBCluster', { StorageEncrypted: true, KmsKeyId: SHARED }],
    ['Cache', 'ElastiCache::ReplicationGroup', { AtRestEncryptionEnabled: true, KmsKeyId: SHARED }],
    ['Serverless', 'ElastiCache::ServerlessCache', { KmsKeyId: SHARED }],
    ['Graph', 'Neptune::DBCluster', { StorageEncrypted: true, KmsKeyId: SHARED }],
    ['Notebook', 'SageMaker::NotebookInstance', { KmsKeyId: SHARED }],
    ['Studio', 'SageMaker::Domain', { KmsKeyId: SHARED }],
    ['Features', 'SageMaker::FeatureGroup', { OfflineStoreConfig: { S3StorageConfig: { KmsKeyId: SHARED } }, OnlineStoreConfig: { SecurityConfig: { KmsKeyId: SHARED } } }],
    ['Worker', 'StepFunctions::Activity', { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: SHARED } }],
  ])('%s (%s) is under the key of the stack', (id, type, properties) => {
    expect(allowed.of(id, type)).toMatchObject(properties);
  });

  test('nobody is warned', () => {
    expect(allowed.told.filter((text) => /cdk-encryption-constructs/.test(text))).toEqual([]);
  });
});

describe('nothing loses access', () => {
  test.each([
    ['a state machine that calls an activity under the key', 'Stack/CallsWorker/Role', ['kms:Decrypt', 'kms:GenerateDataKey'], undefined],
    ['a worker of it, through Step Functions,', 'Stack/Owner', ['kms:Decrypt'], undefined],
    ['a state machine that calls no activity', 'Stack/CallsNobody/Role', ['kms:GenerateDataKey'], /may not kms:/],
  ])('%s may use it as far as it needs', async (_, as, actions, refused) => {
    const activities = world(allowed);
    const arn = activities.arnOf(activities.at('Stack/Worker'));
    const context = { 'kms:ViaService': 'states.us-east-1.amazonaws.com', 'kms:EncryptionContext:aws:states:activityArn': arn };
    const answer = await activities.useKey(activities.arnOf(activities.at('Stack/SharedEncryptionKey')), actions, activities.who(as), context, ENV);
    expect(answer).toEqual(refused === undefined ? undefined : expect.stringMatching(refused));
  });

  test('a state machine of another stack gets the key of an activity: it waits for the stack of the activity anyway', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply({ replaceableResources: ['Workers/Activity'] });
    const activity = new sfn.Activity(new Stack(app, 'Workers', { env: ENV }), 'Activity');
    const stack = new Stack(app, 'Machines', { env: ENV });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromString(`{"Resource":"${activity.activityArn}"}`) });
    const { template, messages } = app.synth().getStackByName('Machines');
    const granted = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties.PolicyDocument)).join();
    expect(granted).toContain('"kms:EncryptionContext:aws:states:activityArn"');
    expect(messages.filter(({ entry }) => /cannot call/.test(String(entry.data)))).toEqual([]);
  });

  test('a state machine whose role is imported is told, with the statement', () => {
    const { told } = appWith((stack) => {
      const activity = new sfn.Activity(stack, 'Activity');
      const imported = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ENV.account}:role/elsewhere`, { mutable: false });
      new sfn.StateMachine(stack, 'Machine', { role: imported, definitionBody: sfn.DefinitionBody.fromString(`{"Resource":"${activity.activityArn}"}`) });
    }, { replaceableResources: ['Stack/Activity'] });
    expect(told.join('\n')).toMatch(/Stack\/Machine cannot call Stack\/Activity yet, .*"Action":\["kms:Decrypt","kms:GenerateDataKey"\]/);
  });

  const world = ({ template }: typeof defaults) => new World([{ name: 'Stack', id: 'Stack', template, account: ENV.account, region: ENV.region }]);
  const asked = world(defaults);
  const keyArn = asked.arnOf(asked.at('Stack/SharedEncryptionKey'));
  const ask = (as: string, actions: string[], context: Record<string, string>) => asked.useKey(keyArn, actions, asked.who(as), context, ENV);
  const via = (service: string) => ({ 'kms:ViaService': `${service}.us-east-1.amazonaws.com` });
  const inContext = (name: string, value: string) => ({ [`kms:EncryptionContext:${name}`]: value });
  const machine = inContext('aws:states:stateMachineArn', `arn:aws:states:us-east-1:${ENV.account}:stateMachine:any`);
  const ofLogs = inContext('SourceArn', `arn:aws:logs:us-east-1:${ENV.account}:*`);

  test.each([
    ['a consumer, by a grant of the CDK', 'Stack/Consumer', ['kms:Decrypt'], via('kinesis')],
    ['a producer, by a policy that somebody wrote', 'Stack/Producer', ['kms:GenerateDataKey'], via('kinesis')],
    ['a delivery stream that reads from a stream', 'Stack/FromStream/Service Role', ['kms:Decrypt'], via('kinesis')],
    ['a function, for its environment', 'Stack/Function/ServiceRole', ['kms:Decrypt'], via('lambda')],
    ['a state machine', 'Stack/Machine/Role', ['kms:Decrypt', 'kms:GenerateDataKey'], machine],
    ['a state machine, for its logs', 'Stack/Machine/Role', ['kms:GenerateDataKey'], ofLogs],
    ['a build', 'Stack/Project/Role', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:DescribeKey'], {}],
    ['whoever describes executions', 'Stack/Consumer', ['kms:Decrypt'], { ...via('states'), ...machine }],
    ['whoever launches instances', 'Stack/Consumer', ['kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt', 'kms:CreateGrant'], { ...via('ec2'), 'kms:GrantIsForAWSResource': 'true' }],
    ['the delivery of logs of a state machine', 'delivery.logs.amazonaws.com', ['kms:Decrypt'], ofLogs],
  ])('%s has the key', async (_, as, actions, context) => {
    expect(await ask(as, actions, context)).toBeUndefined();
  });

  test.each([
    ['a function without an environment', 'Stack/NoEnvironment/ServiceRole', ['kms:Decrypt'], via('lambda')],
    ['a function, for what is not its environment', 'Stack/Function/ServiceRole', ['kms:Decrypt'], via('s3')],
    ['a state machine, for what is not of one', 'Stack/Machine/Role', ['kms:Decrypt'], via('s3')],
    ['a consumer, directly', 'Stack/Consumer', ['kms:Decrypt'], {}],
    ['the delivery of logs of another account', 'delivery.logs.amazonaws.com', ['kms:Decrypt'], inContext('SourceArn', 'arn:aws:logs:us-east-1:999999999999:*')],
  ])('%s has not', async (_, as, actions, context) => {
    expect(await ask(as, actions, context)).toMatch(/may not kms:/);
  });

  test('what has a role that cannot be given the key is left as it was, with the statement', () => {
    const { of, told } = appWith((stack) => {
      const imported = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ENV.account}:role/elsewhere`, { mutable: false });
      new lambda.Function(stack, 'Function', { ...inline, role: imported, environment: { A: 'b' } });
    }, {});
    expect(of('Function', 'Lambda::Function').KmsKeyArn).toBeUndefined();
    expect(told.join('\n')).toMatch(/Stack\/Function is left as it was, .*"Action":\["kms:Decrypt"\],"Resource":/);
  });

  test('a function whose role another stack makes is left, because the two stacks would wait for each other', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply();
    const roles = new Stack(app, 'Roles', { env: ENV });
    const theirs = role(roles, 'Role');
    const stack = new Stack(app, 'Stack', { env: ENV });
    new lambda.Function(stack, 'Function', { ...inline, role: theirs, environment: { A: 'b' } });
    const { template, messages } = app.synth().getStackByName('Stack');
    expect(JSON.stringify(template)).not.toContain('KmsKeyArn');
    expect(messages.map(({ entry }) => String(entry.data)).join()).toMatch(/Stack\/Function is left as it was/);
  });

  describe('the output of builds', () => {
    const artifacts = (bucket: s3.IBucket) => ({ buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }), artifacts: codebuild.Artifacts.s3({ bucket, name: 'a' }) });
    const { of, told } = appWith((stack) => {
      new codebuild.Project(stack, 'Project', artifacts(new s3.Bucket(stack, 'Output', { encryptionKey: new kms.Key(stack, 'OutputKey') })));
      new codebuild.Project(stack, 'Plain', artifacts(new s3.Bucket(stack, 'PlainOutput')));
      new codebuild.Project(stack, 'Elsewhere', artifacts(s3.Bucket.fromBucketName(stack, 'Imported', 'artifacts')));
      new codebuild.Project(stack, 'AlsoElsewhere', {
        ...artifacts(new s3.Bucket(stack, 'Half')),
        secondaryArtifacts: [codebuild.Artifacts.s3({ bucket: s3.Bucket.fromBucketName(stack, 'OtherHalf', 'others'), name: 'b', identifier: 'b' })],
      });
      new codebuild.Project(stack, 'NoOutput', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }) });
      new codebuild.PipelineProject(stack, 'InPipeline', {});
    }, {});
    const keyOf = (id: string) => of(id, 'CodeBuild::Project').EncryptionKey;

    test('is under the key of the bucket to which it goes', () => {
      expect(keyOf('Project')).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^OutputKey/), 'Arn'] });
      expect(keyOf('Plain')).toEqual(SHARED);
    });

    test('is left where its readers would not have the key, and where there is none', () => {
      expect(['Elsewhere', 'AlsoElsewhere', 'InPipeline', 'NoOutput'].map(keyOf)).toEqual(Array(4).fill('alias/aws/s3'));
      expect(told.filter((text) => /is left as it was/.test(text)).map((text) => text.split(' ')[0]).sort()).toEqual(['Stack/AlsoElsewhere', 'Stack/Elsewhere', 'Stack/InPipeline']);
    });
  });
});

describe('what the code says', () => {
  const own = (stack: Stack) => {
    const key = new kms.Key(stack, 'OwnKey');
    new kinesis.Stream(stack, 'Stream', { encryptionKey: key });
    new lambda.Function(stack, 'Function', { ...inline, environment: { A: 'b' }, environmentEncryption: key });
  };

  test('its own key stays, and no other one is made', () => {
    const { of, template } = appWith(own, {});
    const ownKey = { 'Fn::GetAtt': [expect.stringMatching(/^OwnKey/), 'Arn'] };
    expect([of('Stream', 'Kinesis::Stream').StreamEncryption.KeyId, of('Function', 'Lambda::Function').KmsKeyArn]).toEqual([ownKey, ownKey]);
    expect(Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::KMS::Key')).toHaveLength(1);
  });

  const weak: Array<[string, (stack: Stack) => unknown, RegExp]> = [
    ['a stream without encryption', (stack) => new kinesis.Stream(stack, 'It', { encryption: kinesis.StreamEncryption.UNENCRYPTED }), /'encryption' cannot be 'NONE'.*\[StreamNeedsCustomerKey\]/],
    ['a stream under the AWS-managed key', (stack) => new kinesis.Stream(stack, 'It', { encryption: kinesis.StreamEncryption.MANAGED }), /'encryption' cannot be 'MANAGED'/],
    ['a delivery stream under AWS\'s own key', (stack) => new firehose.DeliveryStream(stack, 'It', {
      destination: new firehose.S3Bucket(s3.Bucket.fromBucketName(stack, 'B', 'deliveries'), { loggingConfig: new firehose.DisableLogging() }), encryption: firehose.StreamEncryption.awsOwnedKey(),
    }), /'encryption' cannot be 'awsOwnedKey\(\)'.*\[MustHaveCustomerKey\]/],
    ['a state machine under AWS\'s own key', (stack) => new sfn.StateMachine(stack, 'It', {
      definitionBody: sfn.DefinitionBody.fromString('{}'), encryptionConfiguration: new sfn.AwsOwnedEncryptionConfiguration(),
    }), /'encryptionConfiguration' cannot be 'AWS_OWNED_KEY'/],
    ['volumes without encryption', (stack) => new ec2.LaunchTemplate(stack, 'It', {
      blockDevices: [{ deviceName: '/dev/sda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: false }) }],
    }), /'blockDevices' cannot be 'a volume with encrypted: false'.*\[MustBeEncrypted\]/],
    ['a search domain without encryption', (stack) => new opensearch.Domain(stack, 'It', {
      version: opensearch.EngineVersion.OPENSEARCH_2_19, encryptionAtRest: { enabled: false },
    }), /'encryptionAtRest' cannot be 'enabled: false'/],
    ['an L1 that says that it is not encrypted', (stack) => new redshift.CfnCluster(stack, 'It', {
      clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large', encrypted: false,
    }), /'Encrypted' cannot be false/],
    ['a volume without encryption', (stack) => new ec2.Volume(stack, 'It', { availabilityZone: 'us-east-1a', snapshotId: 'snap-1', encrypted: false }), /'encrypted' cannot be false: a volume is always encrypted.*\[MustBeEncrypted\]/],
  ];

  test.each(weak)('%s is an error where defaults refuse', (_, make, message) => {
    expect(() => appWith(make as (stack: Stack) => void, {})).toThrow(message);
  });

  test.each(weak)('%s stays, with a warning, where they only warn', (_, make, message) => {
    const [before, after] = [undefined, { insecureProps: InsecureProps.WARN }].map((options) => appWith(make as (stack: Stack) => void, options));
    expect(after.template.Resources).toEqual(before.template.Resources);
    expect(after.told.join()).toMatch(message);
  });

  test('an exception stays as it is, also an L1', () => {
    const make = (stack: Stack) => {
      new kinesis.Stream(stack, 'Stream');
      new redshift.CfnCluster(stack, 'Warehouse', { clusterType: 'single-node', dbName: 'x', masterUsername: 'x', nodeType: 'ra3.large' });
    };
    const { template, told } = appWith(make, { exceptions: ['Stream', 'Warehouse'].map((id) => ({ path: `Stack/${id}`, reason: 'test data' })) });
    expect(template.Resources).toEqual(appWith(make).template.Resources);
    expect(told).toEqual([]);
  });

  test('tags and user data that come later are there too', () => {
    const { of } = appWith((stack) => {
      const userData = ec2.UserData.forLinux();
      const launch = new ec2.LaunchTemplate(stack, 'Launch', { userData, blockDevices: [{ deviceName: '/dev/sda', volume: ec2.BlockDeviceVolume.ebs(8) }] });
      userData.addCommands('echo late');
      Tags.of(launch).add('late', 'yes');
    }, {});
    expect(JSON.stringify(of('Launch', 'EC2::LaunchTemplate'))).toMatch(/echo late.*"Key":"late"/s);
  });
});

test('the injector of a class that the scope had before goes first', () => {
  const app = new App();
  PropertyInjectors.of(app).add({ constructUniqueId: kinesis.Stream.PROPERTY_INJECTION_ID, inject: (props) => ({ ...props, streamName: 'named' }) });
  EncryptionDefaults.of(app).apply();
  const stack = new Stack(app, 'Stack', { env: ENV });
  new kinesis.Stream(stack, 'Stream');
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Kinesis::Stream'));
  expect(Properties).toMatchObject({ Name: 'named', StreamEncryption: { KeyId: SHARED } });
});
