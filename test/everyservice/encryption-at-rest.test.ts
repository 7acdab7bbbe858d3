import { App, CfnResource, Lazy, Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template as CdkTemplate } from 'aws-cdk-lib/assertions';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as pipes from 'aws-cdk-lib/aws-pipes';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3tables from 'aws-cdk-lib/aws-s3tables';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { EncryptionAtRest, EncryptionKey } from '../../src';
import { judge } from '../../src/checks/judge';
import { RULES, rulesByType } from '../../src/checks/rule-table';
import { Template } from '../../src/template/template';
import { asked, everyType as templateOfEveryType, TYPES } from '../support/every-type';

const byType = rulesByType(RULES);

const made = new Template(templateOfEveryType(true));
const before = new Template(templateOfEveryType(false));

const GENERATED = TYPES.flatMap(([type]) => byType(`AWS::${type}`).filter(({ isGenerated, guards }) => isGenerated && guards === 'at rest').map((rule) => [rule.id, type, rule] as const))
  .filter(([id, type]) => asked(type).some(({ key }) => key !== undefined || !id.endsWith('CustomerKey')));

/** The key of another Region, of a copy: nobody can set it here. */
const ELSEWHERE = ['CodePipeline::Pipeline', 'DynamoDB::GlobalTable', 'SSMIncidents::ReplicationSet', 'SecretsManager::Secret'];

test.each(GENERATED.filter(([, type]) => !ELSEWHERE.includes(type)))('%s passes for what the mixin made', (_, type, rule) => {
  const verdict = judge(rule, made.resource(type.replace('::', ''))!);
  expect([type, verdict]).toEqual([type, { kind: 'pass' }]);
});

test.each(GENERATED)('%s does not pass for what was there before', (_, type, rule) => {
  expect(judge(rule, before.resource(type.replace('::', ''))!).kind).toMatch(/^(fail|undetermined)$/);
});

function scene() {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const key = new EncryptionKey(stack, 'Key');
  return { app, stack, key, template: () => CdkTemplate.fromStack(stack), arn: { 'Fn::GetAtt': [stack.getLogicalId(key.node.defaultChild as kms.CfnKey), 'Arn'] } };
}

describe('EncryptionAtRest', () => {
  test('sets the key, the flag and the mode together', () => {
    const { stack, key, template, arn } = scene();
    new stepfunctions.CfnStateMachine(stack, 'Machine', { roleArn: 'arn:aws:iam::111122223333:role/x' }).with(new EncryptionAtRest(key));
    template().hasResourceProperties('AWS::StepFunctions::StateMachine', { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: arn } });
  });

  test('keeps a customer key that is there, and replaces the one that AWS manages', () => {
    const { stack, key, template, arn } = scene();
    new kinesis.CfnStream(stack, 'Own', { streamEncryption: { encryptionType: 'KMS', keyId: 'alias/own' } }).with(new EncryptionAtRest(key));
    new kinesis.CfnStream(stack, 'Managed', { streamEncryption: { encryptionType: 'KMS', keyId: 'alias/aws/kinesis' } }).with(new EncryptionAtRest(key));
    template().hasResourceProperties('AWS::Kinesis::Stream', { StreamEncryption: { KeyId: 'alias/own' } });
    template().hasResourceProperties('AWS::Kinesis::Stream', { StreamEncryption: { KeyId: arn } });
  });

  test('leaves the other properties of an object and of an item as they are, also behind a token', () => {
    const { stack, key, template, arn } = scene();
    new ec2.CfnLaunchTemplate(stack, 'Launch', {
      launchTemplateData: Lazy.any({
        produce: () => ({
          imageId: 'ami',
          blockDeviceMappings: [{ deviceName: '/dev/sda', ebs: { volumeSize: 8 } }, { deviceName: '/dev/sdb', ebs: { volumeSize: 9, encrypted: true, kmsKeyId: 'alias/own' } }],
        }),
      }) as any,
    }).with(new EncryptionAtRest(key));
    const [{ Properties }] = Object.values(template().findResources('AWS::EC2::LaunchTemplate'));
    expect(Properties.LaunchTemplateData).toEqual({
      ImageId: 'ami',
      BlockDeviceMappings: [
        { DeviceName: '/dev/sda', Ebs: { VolumeSize: 8, Encrypted: true, KmsKeyId: arn } }, { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 9, Encrypted: true, KmsKeyId: 'alias/own' } },
      ],
    });
  });

  test('reads nothing of the props that it does not change: what they come to is decided later', () => {
    const { stack, key, template, arn } = scene();
    const read = jest.fn().mockReturnValue({ streamMode: 'ON_DEMAND' });
    const lazily = (construct: CfnResource) => construct.with(new EncryptionAtRest(key));
    lazily(new kinesis.CfnStream(stack, 'Stream', { streamModeDetails: Lazy.any({ produce: read }) as any }));
    expect(read).not.toHaveBeenCalled();
    lazily(new codecommit.Repository(stack, 'Repository', { repositoryName: 'r' }).node.defaultChild as CfnResource);
    template().hasResourceProperties('AWS::CodeCommit::Repository', { RepositoryName: 'r', KmsKeyId: arn });
  });

  test('makes a list that is not there', () => {
    const { stack, key, template, arn } = scene();
    new eks.CfnCluster(stack, 'Cluster', { roleArn: 'arn:aws:iam::111122223333:role/x', resourcesVpcConfig: { subnetIds: ['a'] } }).with(new EncryptionAtRest(key, { allowReplacement: true }));
    template().hasResourceProperties('AWS::EKS::Cluster', { EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: arn } }] });
  });

  test('refuses what would replace the resource, and does it where that is allowed', () => {
    const { stack, key, template, arn } = scene();
    expect(() => new efs.CfnFileSystem(stack, 'Refused').with(new EncryptionAtRest(key)))
      .toThrow(/^Stack\/Refused: 'KmsKeyId' cannot be changed in place: that makes CloudFormation replace the resource by an empty one\..* \[EncryptionReplacesResource\]$/);
    stack.node.tryRemoveChild('Refused');
    new efs.CfnFileSystem(stack, 'Files').with(new EncryptionAtRest(key, { allowReplacement: true }));
    template().hasResourceProperties('AWS::EFS::FileSystem', { Encrypted: true, KmsKeyId: arn });
  });

  test('over a scope leaves what would be replaced, with a warning, and does the rest', () => {
    const { app, stack, key, template } = scene();
    new efs.CfnFileSystem(stack, 'Files');
    new opensearch.CfnDomain(stack, 'Domain');
    new kinesis.CfnStream(stack, 'Stream');
    Mixins.of(app).apply(new EncryptionAtRest(key));
    template().templateMatches({ Resources: { Files: { Properties: Match.absent() } } });
    template().hasResourceProperties('AWS::Kinesis::Stream', { StreamEncryption: { EncryptionType: 'KMS' } });
    expect(stack.node.findChild('Files').node.metadata.map(({ data }) => String(data)).join()).toContain('is left as it was, not encrypted under the KMS key');
  });

  test('does for what this library knows by itself what its own mixin does', () => {
    const { stack, key, template, arn } = scene();
    new dynamodb.CfnTable(stack, 'Table', { keySchema: [] }).with(new EncryptionAtRest(key));
    template().hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn } });
  });

  test('sets the key of environment variables only where there are some', () => {
    const { stack, key, template, arn } = scene();
    const props = { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code: lambda.Code.fromInline('x') };
    new lambda.Function(stack, 'With', { ...props, environment: { A: 'b' } }).with(new EncryptionAtRest(key));
    new lambda.Function(stack, 'Without', props).with(new EncryptionAtRest(key));
    const keys = Object.values(template().findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.KmsKeyArn);
    expect(keys).toEqual([arn, undefined]);
  });

  test('gives the key to the role of a function, a state machine and a build, and says of one that cannot be given it what is missing', () => {
    const { app, stack, key, template } = scene();
    const props = { runtime: lambda.Runtime.NODEJS_LATEST, handler: 'index.handler', code: lambda.Code.fromInline('x'), environment: { A: 'b' } };
    new lambda.Function(stack, 'Function', props).with(new EncryptionAtRest(key));
    new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromString('{}') }).with(new EncryptionAtRest(key));
    new codebuild.Project(stack, 'Project', {
      buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }), artifacts: codebuild.Artifacts.s3({ bucket: s3.Bucket.fromBucketName(stack, 'Output', 'output') }),
    }).with(new EncryptionAtRest(key));
    const theirs = iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/theirs', { mutable: false });
    new lambda.Function(stack, 'Imported', { ...props, role: theirs }).with(new EncryptionAtRest(key));
    const plain = new iam.CfnRole(stack, 'Plain', { assumeRolePolicyDocument: {} });
    new stepfunctions.CfnStateMachine(stack, 'PlainMachine', { roleArn: plain.attrArn }).with(new EncryptionAtRest(key));
    const policies = Object.entries(template().findResources('AWS::IAM::Policy')).filter(([, policy]) => JSON.stringify(policy).includes('kms:Decrypt')).map(([id]) => id.slice(0, 5));
    expect(policies.sort()).toEqual(['Funct', 'Machi', 'Plain', 'Proje']);
    const told = app.synth().getStackByName('Stack').messages.map(({ entry }) => String(entry.data)).filter((text) => /its role/.test(text));
    expect(told).toEqual([expect.stringMatching(/^Stack\/Imported: its role 'Role' needs the KMS key.*"Action":\["kms:Decrypt"\].*\[RoleWithoutKey\]/)]);
  });

  test('the CDK\'s grants on a resource are grants on its key too, in this app only', () => {
    const { stack, key, template } = scene();
    const stream = new kinesis.CfnStream(stack, 'Stream');
    stream.with(new EncryptionAtRest(key));
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    iam.EncryptedResources.of(stream)!.grantOnKey(role, 'kms:Decrypt');
    expect(JSON.stringify(template().findResources('AWS::IAM::Policy'))).toContain('kms:Decrypt');
    expect(iam.EncryptedResources.of(new kinesis.CfnStream(new Stack(), 'Other'))).toBeUndefined();
    expect(iam.DefaultEncryptedResourceFactories.has('AWS::Kinesis::Stream')).toBe(false);
  });

  test('refuses a key of another Region, and a construct without a KMS property', () => {
    const app = new App();
    const key = new EncryptionKey(new Stack(app, 'Keys', { env: { region: 'eu-west-1', account: '111122223333' } }), 'Key');
    const there = new Stack(app, 'There', { env: { region: 'eu-central-1', account: '111122223333' } });
    expect(() => new kinesis.CfnStream(there, 'Stream').with(new EncryptionAtRest(key))).toThrow(/\[KeyInOtherRegion\]$/);
    expect(() => new EncryptionAtRest(key).applyTo(new CfnResource(there, 'Group', { type: 'AWS::EC2::SecurityGroup' }))).toThrow(/\[MixinDoesNotFit\]$/);
  });
});

describe('what a service needs of the key', () => {
  const statementsFor = (template: CdkTemplate, service: string) => Object.values(template.findResources('AWS::KMS::Key'))
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement).filter(({ Principal }: any) => JSON.stringify(Principal).includes(service));
  const told = ({ node }: CfnResource) => node.metadata.map(({ data }) => String(data)).join();

  test('a service that calls KMS as itself gets the statement of its page, for the account only', () => {
    const { stack, key, template } = scene();
    new events.CfnEventBus(stack, 'Bus', { name: 'orders' }).with(new EncryptionAtRest(key));
    expect(statementsFor(template(), 'events.amazonaws.com')).toEqual([{
      Sid: 'EventBus',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: Object.fromEntries(['aws:SourceArn', 'kms:EncryptionContext:aws:events:event-bus:arn'].map((name) =>
          [name, { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':event-bus/*']] }])),
      },
    }]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption
  test('Lambda reads filters as the principal of its Region, and the data of durable executions as its own', () => {
    const { stack, key, template } = scene();
    new lambda.CfnEventSourceMapping(stack, 'Mapping', { functionName: 'orders', filterCriteria: { filters: [{ pattern: '{}' }] } }).with(new EncryptionAtRest(key));
    new CfnResource(stack, 'Durable', { type: 'AWS::Lambda::Function', properties: { DurableConfig: { ExecutionTimeout: 60 } } }).with(new EncryptionAtRest(key));
    expect(statementsFor(template(), 'lambda.').map(({ Principal, Action, Condition }: any) => [Principal.Service, Action, Object.keys(Condition.ArnLike)])).toEqual([
      [{ 'Fn::Join': ['', ['lambda.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] }, 'kms:Decrypt', ['aws:SourceArn']],
      ['lambda.amazonaws.com', ['kms:GenerateDataKey', 'kms:Decrypt'], ['aws:SourceArn', 'kms:EncryptionContext:aws:lambda:FunctionArn']],
    ]);
  });

  test('two resources of a type need one statement', () => {
    const { stack, key, template } = scene();
    for (const id of ['One', 'Two']) { new s3tables.CfnTableBucket(stack, id, { tableBucketName: id.toLowerCase() }).with(new EncryptionAtRest(key)); }
    expect(statementsFor(template(), 'maintenance.s3tables')).toHaveLength(1);
  });

  test('a connection of EventBridge needs a tag of the key', () => {
    const { stack, key, template } = scene();
    new events.CfnConnection(stack, 'Connection', { authorizationType: 'API_KEY' }).with(new EncryptionAtRest(key));
    template().hasResourceProperties('AWS::KMS::Key', { Tags: Match.arrayWith([{ Key: 'EventBridgeApiDestinations', Value: 'true' }]) });
  });

  test('of an imported key both are said', () => {
    const { stack } = scene();
    const key = kms.Key.fromKeyArn(stack, 'Imported', 'arn:aws:kms:us-east-1:111122223333:key/1');
    const bus = new events.CfnEventBus(stack, 'Bus', { name: 'orders' });
    const connection = new events.CfnConnection(stack, 'Connection', { authorizationType: 'API_KEY' });
    bus.with(new EncryptionAtRest(key));
    connection.with(new EncryptionAtRest(key));
    expect(told(bus)).toMatch(/EventBridge refuses the key until it has this statement: .*events.amazonaws.com/);
    expect(told(connection)).toContain('EventBridge refuses the key until it has the tag EventBridgeApiDestinations: true');
  });

  test('a service that acts as a role needs the key in the policy of that role', () => {
    const { stack, key, template, arn } = scene();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com') });
    new pipes.CfnPipe(stack, 'Pipe', { roleArn: role.roleArn, source: 'arn:aws:sqs:us-east-1:111122223333:in', target: 'arn:aws:sqs:us-east-1:111122223333:out' }).with(new EncryptionAtRest(key));
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [Match.anyValue()], PolicyDocument: { Statement: [Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Resource: arn })] },
    });
  });

  test('a role of elsewhere is said, and so is a service of which it is not known', () => {
    const { stack, key } = scene();
    const pipe = new pipes.CfnPipe(stack, 'Pipe', { roleArn: 'arn:aws:iam::111122223333:role/x', source: 'arn:aws:sqs:us-east-1:111122223333:in', target: 'arn:aws:sqs:us-east-1:111122223333:out' });
    pipe.with(new EncryptionAtRest(key));
    expect(told(pipe)).toMatch(/its role 'RoleArn' needs the KMS key, and cannot be given it here/);
    const farm = new CfnResource(stack, 'Farm', { type: 'AWS::Deadline::Farm' });
    farm.with(new EncryptionAtRest(key, { allowReplacement: true }));
    expect(told(farm)).toContain('which statements AWS::Deadline::Farm needs in the key policy is not known here');
  });

  test('the rule about it passes for every type of the table that the mixin put under a key', () => {
    const types = TYPES.filter(([type]) => asked(type).some(({ keyPolicy }) => keyPolicy !== undefined && keyPolicy !== 'LogGroup'));
    const rule = RULES.find(({ id }) => id === 'Encryption-ResourceServiceHasKey')!;
    expect(types.map(([type]) => [type, judge(rule, made.resource(type.replace('::', ''))!).kind])).toEqual(types.map(([type]) => [type, 'pass']));
    expect(types.length).toBeGreaterThan(20);
  });
});
