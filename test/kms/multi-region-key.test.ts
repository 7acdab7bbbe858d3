import { App, CfnOutput, NestedStack, SecretValue, Stack, Stage, StageProps, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as pipelines from 'aws-cdk-lib/pipelines';
import { Fact, FactName } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { EncryptedBucket, EncryptionKey, MultiRegionKey, MultiRegionKeyProps, ReplicaKey, ServiceAccess } from '../../src';
import { inRegion } from '../../src/statements/regional';
import { ENV, stack } from '../support/stack';

const ACCOUNT = ENV.account!;
const REGIONS = ['eu-west-1', 'ap-southeast-2'];

interface Synthesized {
  readonly primary: any;
  readonly replicas: Record<string, any>;
  readonly types: string[];
  readonly dependencies: Record<string, string[]>;
}

/** Synthesizes the app (or stage) and finds the primary, its replicas by Region, every type, and who is deployed after whom. */
function synthesized(app: Stage): Synthesized {
  const stacks = app.synth().stacks;
  const resources = stacks.flatMap(({ template, environment: { region } }) =>
    Object.values<any>(template.Resources ?? {}).map((resource) => ({ ...resource, region })));
  return {
    primary: resources.find(({ Type }) => Type === 'AWS::KMS::Key'),
    replicas: Object.fromEntries(resources.filter(({ Type }) => Type === 'AWS::KMS::ReplicaKey').map((replica) => [replica.region, replica])),
    types: [...new Set(resources.map(({ Type }) => Type))],
    dependencies: Object.fromEntries(stacks.map(({ stackName, dependencies }) => [
      stackName, dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    ])),
  };
}

function expectNoFunctions({ types }: Synthesized): void {
  expect(types.filter((type) => /Lambda|Custom::|CloudFormation::CustomResource/.test(type))).toEqual([]);
}

function primary(props: Partial<MultiRegionKeyProps> = {}, app = new App()): [App, Stack, MultiRegionKey] {
  const scope = stack(ENV, 'Data', app);
  return [app, scope, new MultiRegionKey(scope, 'Key', { replicaRegions: REGIONS, ...props })];
}

describe('one line makes the primary and its replicas', () => {
  const [app] = primary();
  const result = synthesized(app);

  test('in stacks of their own, deployed after the primary, without a function', () => {
    expect(result.primary.Properties.MultiRegion).toBe(true);
    expect(Object.keys(result.replicas).sort()).toEqual([...REGIONS].sort());
    expect(result.dependencies).toEqual({ 'Data': [], 'Data-replicas-eu-west-1': ['Data'], 'Data-replicas-ap-southeast-2': ['Data'] });
    expectNoFunctions(result);
  });

  test('the primary\'s ARN travels by a stack output of the primary\'s Region', () => {
    expect(result.replicas['eu-west-1'].Properties.PrimaryKeyArn)
      .toEqual({ 'Fn::GetStackOutput': { StackName: 'Data', Region: 'us-east-1', OutputName: expect.stringContaining('Arn') } });
  });

  test('rotation belongs to the primary, and every key stays when its stack goes', () => {
    expect(result.primary.Properties.EnableKeyRotation).toBe(true);
    for (const replica of Object.values(result.replicas)) {
      expect(Object.keys(replica.Properties).sort()).toEqual(['Description', 'KeyPolicy', 'PendingWindowInDays', 'PrimaryKeyArn']);
      expect(replica.DeletionPolicy).toBe('Retain');
    }
  });
});

test('the alias and the tags are in every Region', () => {
  const [app] = primary({ alias: 'alias/orders' });
  Tags.of(app).add('team', 'orders');
  const { replicas, types } = synthesized(app);
  expect(replicas['eu-west-1'].Properties.Tags).toEqual([{ Key: 'team', Value: 'orders' }]);
  expect(types).toContain('AWS::KMS::Alias');
  Template.fromStack(app.node.findChild('Data-replicas-eu-west-1') as Stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/orders' });
});

describe('it works', () => {
  test('in a Stage', () => {
    const stage = new Stage(new App(), 'Prod', { env: ENV });
    new MultiRegionKey(new Stack(stage, 'Data'), 'Key', { replicaRegions: ['eu-west-1'] });
    const result = synthesized(stage);
    expect(result.dependencies['Prod-Data-replicas-eu-west-1']).toEqual([expect.stringMatching(/^ProdData/)]);
    expectNoFunctions(result);
  });

  test('in a CDK Pipelines stage', () => {
    class Service extends Stage {
      constructor(scope: Construct, id: string, props?: StageProps) {
        super(scope, id, props);
        new MultiRegionKey(new Stack(this, 'Data'), 'Key', { replicaRegions: ['eu-west-1'] });
      }
    }
    const app = new App();
    const scope = stack(ENV, 'Pipeline', app);
    const input = pipelines.CodePipelineSource.gitHub('owner/repo', 'main', { authentication: SecretValue.secretsManager('token') });
    const pipeline = new pipelines.CodePipeline(scope, 'Pipeline', { synth: new pipelines.ShellStep('Synth', { input, commands: ['npx cdk synth'] }) });
    pipeline.addStage(new Service(scope, 'Prod', { env: ENV }));
    pipeline.buildPipeline();
    const assembly = app.synth().getNestedAssembly('assembly-Pipeline-Prod');
    expect(assembly.stacks.map(({ stackName }) => stackName).sort()).toEqual(['Prod-Data', 'Prod-Data-replicas-eu-west-1']);
    const [deploy] = Object.values(Template.fromStack(scope).findResources('AWS::CodePipeline::Pipeline'))
      .flatMap(({ Properties }) => Properties.Stages.filter(({ Name }: { Name: string }) => Name === 'Prod'));
    const order = (name: string) => deploy.Actions.find(({ Name }: { Name: string }) => Name === name).RunOrder;
    expect(order('Data-replicas-eu-west-1.Prepare') ?? 0).toBeGreaterThan(order('Data.Deploy'));
  });

  test('with the caller\'s own stacks, which may have other resources already', () => {
    const app = new App();
    const eu = stack({ account: ACCOUNT, region: 'eu-west-1' }, 'Europe', app);
    new iam.Role(eu, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    const [, , key] = primary({ replicaRegions: ['ap-southeast-2'], replicaStacks: [eu] }, app);
    expect(Stack.of(key.keyIn(eu))).toBe(eu);
    const result = synthesized(app);
    expect(result.dependencies.Europe).toEqual(['Data']);
    expectNoFunctions(result);
  });

  test('from a nested stack', () => {
    const app = new App();
    const nested = new NestedStack(stack(ENV, 'Data', app), 'Nested');
    new MultiRegionKey(nested, 'Key', { replicaRegions: ['eu-west-1'] });
    const result = synthesized(app);
    expect(result.dependencies['Data-replicas-eu-west-1']).toEqual(['Data']);
    expectNoFunctions(result);
  });

  test('several keys of a stack share its replica stacks', () => {
    const [app, scope] = primary();
    new MultiRegionKey(scope, 'Other', { replicaRegions: ['eu-west-1'] });
    const europe = app.node.findChild('Data-replicas-eu-west-1') as Stack;
    Template.fromStack(europe).resourceCountIs('AWS::KMS::ReplicaKey', 2);
  });

  test.each([['cn-north-1', 'cn-northwest-1'], ['us-gov-west-1', 'us-gov-east-1']])('in another partition: %s and %s', (home, other) => {
    const app = new App();
    const key = new MultiRegionKey(stack({ account: ACCOUNT, region: home }, 'Data', app), 'Key', { replicaRegions: [other], services: [ServiceAccess.cloudWatchLogs()] });
    expect(key.replicas).toHaveLength(1);
    const { replicas } = synthesized(app);
    expect(JSON.stringify(replicas[other].Properties.KeyPolicy)).toContain(`logs.${other}.`);
    expect(JSON.stringify(replicas[other].Properties.KeyPolicy)).not.toContain('arn:aws:');
  });
});

describe('the policy of every replica follows the primary\'s, with its Region', () => {
  const role = (scope: Construct, id = 'Role') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  type Shape = (key: MultiRegionKey, scope: Stack) => void;
  const shapes: Array<[string, Partial<MultiRegionKeyProps> | ((scope: Stack) => Partial<MultiRegionKeyProps>), Shape?]> = [
    ['nothing', {}],
    ['administrators by ARN', { administrators: [new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/admin-us-east-1`)] }],
    ['a role of the primary\'s stack as user', (scope) => ({ users: [role(scope)] })],
    ['a role of the primary\'s stack as break glass', (scope) => ({ breakGlassPrincipals: [role(scope)] })],
    ['a role of the primary\'s stack as grant creator', (scope) => ({ grantCreators: [role(scope)] })],
    ['a key that trusts its policy only', (scope) => ({ trustAccountIdentities: false, administrators: [role(scope)] })],
    ['log groups', { services: [ServiceAccess.cloudWatchLogs({ logGroupNames: ['/app/*'] })] }],
    ['EventBridge', { services: [ServiceAccess.eventBridge()] }],
    ['a service by its endpoint', { services: [ServiceAccess.viaService('rds')] }],
    ['a service added later', {}, (key) => key.addServiceAccess(ServiceAccess.viaService('secretsmanager'))],
    ['a grant to another account, later', {}, (key) => key.grantDecrypt(new iam.AccountPrincipal('444455556666'))],
    ['an organization, later', {}, (key) => key.allowOrganization('o-a1b2c3d4e5')],
    ['a grant on a replica', {}, (key) => key.replicas[0].grantDecrypt(new iam.AccountPrincipal('444455556666'))],
    ['a service added on a replica', {}, (key) => key.replicas[0].addServiceAccess(ServiceAccess.viaService('s3'))],
    ['a statement with a condition on the Region', {}, (key) => key.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Regional', principals: [new iam.AccountPrincipal('444455556666')], actions: ['kms:Decrypt'], resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    }))],
    ['a role of the primary\'s stack in a later statement', {}, (key, scope) => key.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Later', principals: [role(scope)], actions: ['kms:Decrypt'], resources: ['*'],
    }))],
  ];

  test.each(shapes.map(([name, props, later]) => [name, props, later ?? (() => undefined)] as const))('%s', (_, props, later) => {
    const app = new App();
    const scope = stack(ENV, 'Data', app);
    const key = new MultiRegionKey(scope, 'Key', { replicaRegions: REGIONS, ...(typeof props === 'function' ? props(scope) : props) });
    later(key, scope);
    const result = synthesized(app);
    expectNoFunctions(result);
    for (const region of REGIONS) {
      const outputs = app.synth().getStackByName('Data').template.Outputs;
      const asReplicaReads = JSON.parse(JSON.stringify(result.replicas[region].Properties.KeyPolicy), (__, value) => {
        const output = value?.['Fn::GetStackOutput'];
        if (output) { expect(output).toMatchObject({ StackName: 'Data', Region: 'us-east-1' }); }
        return output ? outputs[output.OutputName].Value : value;
      });
      expect(asReplicaReads).toEqual(inRegion(result.primary.Properties.KeyPolicy, 'us-east-1', region));
    }
  });

  test('names that merely contain the Region stay', () => {
    const [app] = primary({ administrators: [new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/admin-us-east-1`)] });
    expect(JSON.stringify(synthesized(app).replicas['eu-west-1'])).toContain('role/admin-us-east-1');
  });
});

describe('consumers', () => {
  test('a bucket in a replica\'s Region is encrypted under the replica', () => {
    const [app, , key] = primary();
    const europe = stack({ account: ACCOUNT, region: 'eu-west-1' }, 'Europe', app);
    new EncryptedBucket(europe, 'Bucket', { encryptionKey: key.keyIn(europe) });
    const { dependencies } = synthesized(app);
    expect(dependencies.Europe).toEqual(['Data-replicas-eu-west-1']);
  });

  test('a role in either Region may use the key in every Region, by its own policy', () => {
    const [app, data, key] = primary();
    const europe = stack({ account: ACCOUNT, region: 'eu-west-1' }, 'Europe', app);
    for (const scope of [data, europe]) { key.grantDecrypt(new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })); }
    app.synth();
    for (const [scope, id] of [[data, { Ref: expect.any(String) }], [europe, { 'Fn::GetStackOutput': expect.anything() }]] as const) {
      const [policy] = Object.values(Template.fromStack(scope).findResources('AWS::IAM::Policy'));
      expect(policy.Properties.PolicyDocument.Statement[0].Resource)
        .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:kms:*:${ACCOUNT}:key/`, id]] });
    }
  });

  test('the ARN in a Region refers to the primary only', () => {
    const [, data, key] = primary();
    expect(data.resolve(key.arnIn('eu-west-1')))
      .toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:kms:eu-west-1:${ACCOUNT}:key/`, { Ref: expect.stringMatching(/^Key/) }]] });
  });

  test('keyIn gives the primary in its own Region', () => {
    const [, data, key] = primary();
    expect(key.keyIn(data)).toBe(key);
  });

  test('a Region without a replica is an error that lists those there are', () => {
    const [app, , key] = primary();
    expect(() => key.keyIn(stack({ account: ACCOUNT, region: 'sa-east-1' }, 'Brazil', app)))
      .toThrow(/Data\/Key: no replica in sa-east-1; the key is in us-east-1, eu-west-1, ap-southeast-2/);
    expect(() => key.keyIn(stack(undefined, 'Anywhere', app))).toThrow(/Anywhere has no explicit Region/);
    expect(() => key.arnIn('sa-east-1')).toThrow(/no replica in sa-east-1/);
  });
});

test('adding and removing a Region leaves the other replicas\' logical ids alone', () => {
  const logicalIds = (replicaRegions: string[]) => {
    const [app] = primary({ replicaRegions });
    return Object.keys(Template.fromStack(app.node.findChild('Data-replicas-eu-west-1') as Stack).findResources('AWS::KMS::ReplicaKey'));
  };
  expect(logicalIds(['ap-southeast-2', 'eu-west-1', 'sa-east-1'])).toEqual(logicalIds(['eu-west-1']));
});

test('the primary has the logical id of an EncryptionKey of that name: CloudFormation refuses to turn one into the other', () => {
  const [, data] = primary();
  const other = stack(ENV);
  new EncryptionKey(other, 'Key');
  const ids = (scope: Stack) => Object.keys(Template.fromStack(scope).findResources('AWS::KMS::Key'));
  expect(ids(data)).toEqual(ids(other));
});

describe('what KMS would refuse is an error', () => {
  const cases: Array<[string, Partial<MultiRegionKeyProps>, RegExp]> = [
    ['no Region', { replicaRegions: [] }, /'replicaRegions' cannot be empty/],
    ['the primary\'s Region', { replicaRegions: ['us-east-1'] }, /'replicaRegions' has us-east-1, where the primary is/],
    ['a Region twice', { replicaRegions: ['eu-west-1', 'eu-west-1'] }, /names eu-west-1 twice/],
    ['another partition', { replicaRegions: ['cn-north-1'] }, /has cn-north-1 \(aws-cn\).*the primary is in us-east-1 \(aws\)/],
    ['GovCloud', { replicaRegions: ['us-gov-west-1'] }, /has us-gov-west-1 \(aws-us-gov\)/],
    ['a Region that does not exist', { replicaRegions: ['eu-wset-1'] }, /'replicaRegions' has 'eu-wset-1', which this version of aws-cdk-lib does not know\. Did you mean 'eu-west-1'\?.*\[ReplicaRegionUnknown\]/],
    ['the sovereign cloud', { replicaRegions: ['eusc-de-east-1'] }, /has eusc-de-east-1 \(aws-eusc\)/],
    ['no name of a Region', { replicaRegions: ['Ireland'] }, /must be names of Regions such as 'eu-west-1', got 'Ireland'/],
  ];
  test.each(cases)('%s', (_, props, message) => {
    expect(() => primary(props)).toThrow(message);
  });

  test('but a Region that is newer than the CDK can be given by a stack in it, with a warning, or told to the CDK', () => {
    const app = new App();
    const young = stack({ account: ACCOUNT, region: 'eu-west-9' }, 'Young', app);
    primary({ replicaRegions: ['eu-west-1'], replicaStacks: [young] }, app);
    const { messages } = app.synth().getStackByName('Young');
    expect(messages.map(({ entry }) => entry.data)).toContainEqual(expect.stringMatching(/^Young: this version of aws-cdk-lib does not know the Region 'eu-west-9'/));
    Fact.register({ region: 'eu-west-8', name: FactName.PARTITION, value: 'aws' }, true);
    try {
      primary({ replicaRegions: ['eu-west-8'] });
    } finally {
      Fact.unregister('eu-west-8', FactName.PARTITION);
    }
  });

  test('a primary in a stack without a Region', () => {
    expect(() => new MultiRegionKey(stack(), 'Key', { replicaRegions: REGIONS })).toThrow(/Stack\/Key: the stack Stack has no explicit Region/);
  });

  test('a replica stack in another account or without a Region', () => {
    const app = new App();
    const foreign = stack({ account: '444455556666', region: 'eu-west-1' }, 'Foreign', app);
    expect(() => primary({ replicaRegions: [], replicaStacks: [foreign] }, app)).toThrow(/Foreign in account 444455556666, and the primary is in 111122223333/);
    const app2 = new App();
    expect(() => primary({ replicaStacks: [stack(undefined, 'Anywhere', app2)] }, app2)).toThrow(/'replicaStacks' has Anywhere without an explicit Region/);
  });
});

describe('a ReplicaKey alone', () => {
  const primaryKeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
  const europe = () => stack({ account: ACCOUNT, region: 'eu-west-1' }, 'Europe');

  test('has a policy of its own and is a full key', () => {
    const scope = europe();
    const replica = new ReplicaKey(scope, 'Replica', { primaryKeyArn, services: [ServiceAccess.sns()], alias: 'alias/orders' });
    replica.grantEncryptDecrypt(new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    new EncryptedBucket(scope, 'Bucket', { encryptionKey: replica });
    new CfnOutput(scope, 'Id', { value: replica.keyId });
    const template = Template.fromStack(scope);
    template.hasResourceProperties('AWS::KMS::ReplicaKey', { PrimaryKeyArn: primaryKeyArn, PendingWindowInDays: 30 });
    template.resourceCountIs('AWS::KMS::Alias', 1);
    const [{ Properties }] = Object.values(template.findResources('AWS::KMS::ReplicaKey'));
    expect(Properties.KeyPolicy.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['AccountIdentities', 'Sns', 'DenyGrantsUnlessForAwsResources']);
  });

  test('takes the ARN of a multi-Region key in another Region only', () => {
    expect(() => new ReplicaKey(europe(), 'Replica', { primaryKeyArn: primaryKeyArn.replace('us-east-1', 'eu-west-1') })).toThrow(/is in eu-west-1, the Region of this stack/);
    expect(() => new ReplicaKey(europe(), 'Replica', { primaryKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234` })).toThrow(/must be the ARN of a multi-Region key/);
  });

  test('cannot be a key that nobody administers', () => {
    expect(() => new ReplicaKey(europe(), 'Replica', { primaryKeyArn, trustAccountIdentities: false })).toThrow(/cannot be false without 'administrators'/);
  });

  test('is usable wherever a kms.IKey is', () => {
    const key: kms.IKey = new ReplicaKey(europe(), 'Replica', { primaryKeyArn });
    expect(key.keyRef.keyArn).toBe(key.keyArn);
  });
});
