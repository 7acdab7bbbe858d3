import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  BucketReader, EncryptedBucket, EncryptedDatabaseInstance, EncryptedDatabaseInstanceFromSnapshot, EncryptedDatabaseInstanceReadReplica,
  EncryptedQueue, EncryptionKey, HttpsLoadBalancer, MessageSource, MultiRegionKey, ServiceAccess,
} from '../src';
import { synthAndValidate } from './support/cloudformation-validator';
import { ENV, keyStatement, keyStatements, stack } from './support/stack';

/*
 * One test for each row of docs/traps.md: what users of the CDK and of Terraform ran into, and cannot here. Each title begins with the thread.
 */
const env = (region = 'us-east-1') => ({ env: { region, account: ENV.account } });
const POSTGRES = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const role = (scope: Stack, props = {}) => new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'), ...props });
const handler = (scope: Stack) => new lambda.Function(scope, 'Handler', {
  runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'),
});
const inVpc = (scope: Stack) => ({
  vpc: ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-east-1a', 'us-east-1b'], isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  }),
  vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
});

/** Synthesizes, and expects that neither the CDK nor CloudFormation's own rules find anything wrong. */
function accepted(app: App) {
  const { assembly, findings } = synthAndValidate(app);
  expect(findings).toEqual([]);
  return assembly;
}

function warningsOf(app: App): string {
  return synthAndValidate(app).assembly.stacks.flatMap(({ messages }) => messages.map(({ entry }) => String(entry.data))).join('\n');
}

/** One stack with an environment, and its app. */
function one(): [App, Stack] {
  const app = new App();
  return [app, stack(ENV, 'Stack', app)];
}

describe('senders into encrypted queues and topics', () => {
  test('aws/aws-cdk#28257 an EventBridge rule gets the queue\'s key, for rules of the account', () => {
    const [app, scope] = one();
    new events.Rule(scope, 'Rule', { eventPattern: { source: ['orders'] }, targets: [new targets.SqsQueue(new EncryptedQueue(scope, 'Queue'))] });
    accepted(app);
    expect(keyStatement(scope, 'EventBridgeToQueues')!.Condition)
      .toEqual({ StringEqualsIfExists: { 'aws:SourceAccount': ENV.account }, ArnLike: { 'kms:EncryptionContext:aws:sqs:arn': expect.anything() } });
  });

  test('aws/aws-cdk#30549 a queue under the AWS-managed key, to which no service can send, is an error', () => {
    expect(() => new EncryptedQueue(stack(ENV), 'Queue', { encryption: sqs.QueueEncryption.KMS_MANAGED })).toThrow('[QueueNeedsCustomerKey]');
  });

  test('aws/aws-cdk#19796 naming the AWS-managed key by its alias is an error too', () => {
    const scope = stack(ENV);
    expect(() => new EncryptedQueue(scope, 'Queue', { encryptionKey: kms.Alias.fromAliasName(scope, 'Managed', 'alias/aws/sqs') }))
      .toThrow(/no service can ever send to the queue.*\[QueueNeedsCustomerKey\]/);
  });

  test('aws/aws-cdk#11158 a rule that sends to an encrypted queue makes no circular dependency', () => {
    const [app, scope] = one();
    const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey: new EncryptionKey(scope, 'Key') });
    new events.Rule(scope, 'Rule', { eventPattern: { source: ['aws.macie'] }, targets: [new targets.SqsQueue(queue)] });
    accepted(app);
  });

  test.each([['aws/aws-cdk#33169', 'a queue'], ['aws/aws-cdk#20804', 'a function']])('%s dead letters of a rule whose target is %s get the key of their queue', (_, target) => {
    const [app, scope] = one();
    const deadLetterQueue = new EncryptedQueue(scope, 'Dead', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL } });
    new events.Rule(scope, 'Rule', {
      eventPattern: { source: ['orders'] },
      targets: [target === 'a queue' ? new targets.SqsQueue(new sqs.Queue(scope, 'Queue'), { deadLetterQueue }) : new targets.LambdaFunction(handler(scope), { deadLetterQueue })],
    });
    accepted(app);
    expect(keyStatement(scope, 'EventBridge')).toBeDefined();
  });

  test('aws/aws-cdk#35180 an AppConfig extension sends with a role, which allowSendFrom gives queue and key', () => {
    const scope = stack(ENV);
    const queue = new EncryptedQueue(scope, 'Queue');
    const executionRole = role(scope, { assumedBy: new iam.ServicePrincipal('appconfig.amazonaws.com') });
    queue.allowSendFrom(MessageSource.role(executionRole));
    new appconfig.Extension(scope, 'Extension', {
      actions: [new appconfig.Action({
        actionPoints: [appconfig.ActionPoint.ON_DEPLOYMENT_COMPLETE], eventDestination: new appconfig.SqsDestination(queue), executionRole,
      })],
    });
    Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', { Roles: [{ Ref: 'Role1ABCC5F0' }] });
    expect(JSON.stringify(Template.fromStack(scope).findResources('AWS::IAM::Policy'))).toMatch(/sqs:SendMessage[\s\S]*kms:GenerateDataKey/);
  });

  test('aws/aws-cdk#17786 sending a bucket\'s events to a queue under the same key makes no circular dependency', () => {
    const [app, scope] = one();
    const encryptionKey = new EncryptionKey(scope, 'Key');
    new EncryptedBucket(scope, 'Bucket', { encryptionKey }).addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(new EncryptedQueue(scope, 'Queue', { encryptionKey })));
    expect(synthAndValidate(app).findings.filter((finding) => /circular/i.test(finding))).toEqual([]);
    expect(keyStatement(scope, 'S3EventNotifications')!.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': ENV.account } });
  });

  test('aws/aws-cdk#3067 neither does it where bucket and queue have names', () => {
    const [app, scope] = one();
    const encryptionKey = new EncryptionKey(scope, 'Key');
    const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey, queueName: 'uploaded' });
    new EncryptedBucket(scope, 'Bucket', { encryptionKey, bucketName: 'orders-uploads' }).addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(queue));
    expect(synthAndValidate(app).findings.filter((finding) => /circular/i.test(finding))).toEqual([]);
  });

  test('aws/aws-cdk#35418 a topic and its subscribed queue under one key make no circular dependency, with the CDK\'s flag that restricts decryption', () => {
    const app = new App({ context: { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true } });
    const scope = stack(ENV, 'Stack', app);
    const key = new EncryptionKey(scope, 'Key');
    new sns.Topic(scope, 'Topic', { masterKey: key }).addSubscription(new SqsSubscription(new EncryptedQueue(scope, 'Queue', { encryptionKey: key })));
    expect(synthAndValidate(app).findings.filter((finding) => /circular/i.test(finding))).toEqual([]);
    expect(keyStatement(scope, 'Sns')!.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': ENV.account } });
  });

  test.each(['aws/aws-cdk#29511', 'aws/aws-cdk#16271'])('%s a bucket\'s events into an encrypted topic get the topic\'s key, without a feature flag', () => {
    const scope = stack(ENV);
    const topic = new sns.Topic(scope, 'Topic', { masterKey: new EncryptionKey(scope, 'TopicKey') });
    new EncryptedBucket(scope, 'Bucket', { encryptionKey: topic.masterKey }).addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic));
    expect(keyStatement(scope, 'S3EventNotifications')).toMatchObject({ Principal: { Service: 's3.amazonaws.com' } });
  });

  test('aws/aws-cdk#11121 alarms can publish to a topic under the key', () => {
    const scope = stack(ENV);
    const key = new EncryptionKey(scope, 'Key', { services: [ServiceAccess.cloudWatchAlarms()] });
    new sns.Topic(scope, 'Topic', { masterKey: key });
    expect(keyStatement(scope, 'CloudWatchAlarms')).toMatchObject({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] });
  });

  test('aws/aws-cdk#28746 a queue whose key is given by an alias depends on the key', () => {
    const scope = stack(ENV);
    const alias = new EncryptionKey(scope, 'Key').addAlias('alias/orders');
    new EncryptedQueue(scope, 'Queue', { encryptionKey: alias });
    const queues = Object.values(Template.fromStack(scope).findResources('AWS::SQS::Queue'));
    for (const { Properties } of queues) { expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }); }
  });
});

describe('imported keys', () => {
  const imported = (scope: Stack) => kms.Key.fromKeyArn(scope, 'Imported', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

  test.each(['aws/aws-cdk#18988', 'aws/aws-cdk#20070'])('%s sending events to a queue under an imported key synthesizes, with a warning that has the missing statement', () => {
    const [app, scope] = one();
    const queue = new EncryptedQueue(scope, 'Queue', { encryptionKey: imported(scope) });
    queue.allowSendFrom(MessageSource.bucket(new EncryptedBucket(scope, 'Bucket')));
    expect(warningsOf(app)).toMatch(/The key of Stack\/Queue is imported.*messages are lost until it has this statement: .*s3\.amazonaws\.com/);
  });

  test('aws/aws-cdk#35628 an EventBridge rule that sends to a queue under an imported key gives a warning with the missing statement', () => {
    const [app, scope] = one();
    new events.Rule(scope, 'Rule', { eventPattern: { source: ['x'] }, targets: [new targets.SqsQueue(new EncryptedQueue(scope, 'Queue', { encryptionKey: imported(scope) }))] });
    expect(warningsOf(app)).toMatch(/events\.amazonaws\.com \(for Stack\/Rule\) cannot write to Stack\/Queue yet/);
  });

  test.each(['aws/aws-cdk#20087', 'aws/aws-cdk#10160'])('%s whoever may read the master secret of a database may decrypt it too', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, ...inVpc(scope) }).secret!.grantRead(role(scope));
    expect(JSON.stringify(Template.fromStack(scope).findResources('AWS::IAM::Policy'))).toMatch(/secretsmanager:GetSecretValue[\s\S]*kms:Decrypt/);
  });
});

describe('stacks that need each other', () => {
  test('aws/aws-cdk#3732 a role of another stack reads an encrypted bucket', () => {
    const app = new App();
    const bucket = new EncryptedBucket(new Stack(app, 'Host', env()), 'Bucket');
    bucket.grantRead(role(new Stack(app, 'Consumer', env())));
    expect(accepted(app).getStackByName('Host').dependencies.map(({ id }) => id)).not.toContain('Consumer');
  });

  test('aws/aws-cdk#14213 a role of another stack reads a secret under the key', () => {
    const app = new App();
    const host = new Stack(app, 'Host', env());
    const secret = new secretsmanager.Secret(host, 'Secret', { encryptionKey: new EncryptionKey(host, 'Key') });
    secret.grantRead(role(new Stack(app, 'Consumer', env())));
    expect(accepted(app).getStackByName('Host').dependencies.map(({ id }) => id)).not.toContain('Consumer');
  });

  test('aws/aws-cdk#22047 one key for the secrets and functions of several stacks', () => {
    const app = new App();
    const key = new EncryptionKey(new Stack(app, 'Keys', env()), 'Key');
    for (const id of ['Authorizer', 'Api']) {
      const scope = new Stack(app, id, env());
      new secretsmanager.Secret(scope, 'Secret', { encryptionKey: key }).grantRead(handler(scope));
    }
    expect(accepted(app).getStackByName('Keys').dependencies.map(({ id }) => id)).toEqual(['Keys.assets']);
  });

  test('aws/aws-cdk#5765 a function of one nested stack consumes an encrypted queue of another', () => {
    const app = new App();
    const parent = new Stack(app, 'Parent', env());
    const queue = new EncryptedQueue(new NestedStack(parent, 'Queues'), 'Queue');
    handler(new NestedStack(parent, 'Functions') as Stack).addEventSource(new SqsEventSource(queue));
    const template = accepted(app).getStackByName('Parent').template;
    const nested = (name: string) => Object.entries<any>(template.Resources).find(([id]) => id.startsWith(name))!;
    expect(JSON.stringify(nested('Queues')[1])).not.toContain(nested('Functions')[0]);
  });

  test.each(['aws/aws-cdk#34347', 'aws/aws-cdk#21771'])('%s CloudFront in front of an encrypted bucket of its stack makes no circular dependency with the key', () => {
    const [app, scope] = one();
    const bucket = new EncryptedBucket(scope, 'Bucket');
    const distribution = new cloudfront.Distribution(scope, 'Cdn', { defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) } });
    bucket.allowReadFrom(BucketReader.cloudFront(distribution));
    expect(synthAndValidate(app).findings.filter((finding) => /circular/i.test(finding))).toEqual([]);
  });

  test('aws/aws-cdk#23701 buckets of two stacks log their access without a shared stack between them', () => {
    const app = new App();
    for (const id of ['One', 'Two']) { new EncryptedBucket(new Stack(app, id, env()), 'Bucket'); }
    expect(accepted(app).stacks.map(({ dependencies }) => dependencies.filter(({ id }) => !id.endsWith('.assets')))).toEqual([[], []]);
  });
});

describe('key policies', () => {
  test('aws/aws-cdk#8977 where account identities are not trusted, only the named administrators can manage the key', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Admin')] });
    expect(keyStatements(scope).filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => Principal)).toEqual([{ AWS: 'arn:aws:iam::111122223333:role/Admin' }]);
  });

  test('aws/aws-cdk#9618 and the policy gets no statement for the account root', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, administrators: [role(scope)] });
    expect(JSON.stringify(keyStatements(scope))).not.toContain(':root');
  });

  test('aws/aws-cdk#24523 neither when administrators are named too', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key', { trustAccountIdentities: false, admins: [role(scope)] });
    expect(JSON.stringify(keyStatements(scope))).not.toContain('kms:*"');
  });

  test('aws/aws-cdk#31528 imported administrators are in the key policy', () => {
    const scope = stack(ENV);
    new EncryptionKey(scope, 'Key', { administrators: [iam.User.fromUserArn(scope, 'User', 'arn:aws:iam::111122223333:user/admin')] });
    expect(keyStatement(scope, 'KeyAdministrators')!.Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:user/admin' });
  });

  test('aws/aws-cdk#28304 a log group under the key can be made: exported logs of a database have the statement', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH, ...inVpc(scope) });
    expect(keyStatement(scope, 'CloudWatchLogs')).toMatchObject({ Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [expect.anything()] } } });
  });

  test('aws/aws-cdk#12921 a role of another account is named in the key policy, beside its own policy', () => {
    const app = new App();
    const key = new EncryptionKey(new Stack(app, 'Keys', env()), 'Key');
    const other = new Stack(app, 'Other', { env: { region: 'us-east-1', account: '222222222222' } });
    key.grantDecrypt(role(other, { roleName: 'reader' }));
    const policy = JSON.stringify(accepted(app).getStackByName('Keys').template);
    expect(policy).toContain(':iam::222222222222:role/reader');
  });
});

describe('logs that are lost', () => {
  test.each(['aws/aws-cdk#21947', 'terraform-aws-modules/terraform-aws-alb#61', 'cloudposse/terraform-aws-lb-s3-bucket#9'])('%s a load balancer that would log to a bucket under KMS is an error', () => {
    const scope = stack(ENV);
    expect(() => new HttpsLoadBalancer(scope, 'Alb', { ...inVpc(scope), accessLogsBucket: new EncryptedBucket(scope, 'Logs') })).toThrow('[LogBucketUnderKms]');
  });

  test.each(['aws/aws-cdk#16673', 'aws/aws-cdk#5758'])('%s a load balancer\'s log bucket allows the delivery, in every Region, and is made first', () => {
    const scope = stack();
    new HttpsLoadBalancer(scope, 'Alb', { vpc: new ec2.Vpc(scope, 'Vpc') });
    const [alb] = Object.values(Template.fromStack(scope).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    expect(alb.DependsOn).toContainEqual(expect.stringMatching(/^SharedAccessLogsPolicy/));
    expect(JSON.stringify(Template.fromStack(scope).findResources('AWS::S3::BucketPolicy'))).toContain('logdelivery.elasticloadbalancing.amazonaws.com');
  });
});

describe('more than one Region', () => {
  const multiRegion = () => {
    const app = new App();
    const key = new MultiRegionKey(new Stack(app, 'Keys', env()), 'Key', { replicaRegions: ['eu-west-1'] });
    return { app, key, us: new Stack(app, 'Us', env()) };
  };

  test('aws/aws-cdk#29819 a secret is replicated under the replica of its key', () => {
    const { app, key, us } = multiRegion();
    new secretsmanager.Secret(us, 'Secret', { encryptionKey: key, replicaRegions: [{ region: 'eu-west-1', encryptionKey: key.replicas[0] }] });
    const [secret] = Object.values<any>(accepted(app).getStackByName('Us').template.Resources);
    expect(secret.Properties.ReplicaRegions).toEqual([{ Region: 'eu-west-1', KmsKeyId: { 'Fn::GetStackOutput': expect.objectContaining({ Region: 'eu-west-1' }) } }]);
  });

  test('aws/aws-cdk#15257 a multi-Region key and its replicas take one line', () => {
    const { app, us } = multiRegion();
    new sqs.Queue(us, 'Any');
    const types = accepted(app).stacks.flatMap(({ template }) => Object.values<any>(template.Resources).map(({ Type }) => Type));
    expect(types).toEqual(expect.arrayContaining(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey']));
  });

  test.each(['hashicorp/terraform#18966', 'aws-samples/aws-cdk-examples#661'])('%s a replicated bucket\'s role may decrypt the source and encrypt the replica', () => {
    const scope = stack(ENV);
    new EncryptedBucket(scope, 'Source').replicateTo(new EncryptedBucket(scope, 'Replica'));
    expect(JSON.stringify(Template.fromStack(scope).findResources('AWS::IAM::Policy'))).toMatch(/"kms:Decrypt"[\s\S]*SourceKey[\s\S]*"kms:Encrypt"[\s\S]*ReplicaKey/);
  });
});

describe('databases', () => {
  test.each(['hashicorp/terraform#11538', 'terraform-aws-modules/terraform-aws-rds#428'])('%s a read replica in another Region has a key of that Region', () => {
    const app = new App();
    const key = new MultiRegionKey(new Stack(app, 'Keys', env()), 'Key', { replicaRegions: ['eu-west-1'] });
    const [us, eu] = [new Stack(app, 'Us', env()), new Stack(app, 'Eu', env('eu-west-1'))];
    const sourceDatabaseInstance = new EncryptedDatabaseInstance(us, 'Database', {
      engine: POSTGRES, encryptionKey: key, manageMasterUserPassword: false, ...inVpc(us),
    });
    new EncryptedDatabaseInstanceReadReplica(eu, 'Replica', { sourceDatabaseInstance, instanceType: new ec2.InstanceType('m6g.large'), ...inVpc(eu) });
    const replica = Object.values<any>(accepted(app).getStackByName('Eu').template.Resources).find(({ Type }) => Type === 'AWS::RDS::DBInstance').Properties;
    expect(replica).toMatchObject({ SourceRegion: 'us-east-1', KmsKeyId: { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys-replicas-eu-west-1' }) } });
  });

  test.each(['hashicorp/terraform#18984', 'hashicorp/terraform-provider-aws#2635'])('%s to restore an instance you must name the key of its snapshot; no other key is promised', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstanceFromSnapshot(scope, 'Database', { engine: POSTGRES, snapshotIdentifier: 'copy', encryptionKey: new EncryptionKey(scope, 'Key'), ...inVpc(scope) });
    const [instance] = Object.values(Template.fromStack(scope).findResources('AWS::RDS::DBInstance'));
    expect(instance.Properties).not.toHaveProperty('KmsKeyId');
  });

  test('aws/aws-cdk#21206 automated backups go to another Region under the key there', () => {
    const app = new App();
    const key = new MultiRegionKey(new Stack(app, 'Keys', env()), 'Key', { replicaRegions: ['eu-west-1'] });
    const us = new Stack(app, 'Us', env());
    new EncryptedDatabaseInstance(us, 'Database', { engine: POSTGRES, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN, ...inVpc(us) }).replicateBackupsTo('eu-west-1');
    expect(JSON.stringify(accepted(app).getStackByName('Us').template)).toContain('"AutomaticBackupReplicationRegion":"eu-west-1"');
  });

  test('aws/aws-cdk#29239 RDS manages the master password, and no password is in the template', () => {
    const scope = stack(ENV);
    new EncryptedDatabaseInstance(scope, 'Database', { engine: POSTGRES, ...inVpc(scope) });
    expect(JSON.stringify(Template.fromStack(scope).toJSON())).not.toContain('MasterUserPassword":{');
  });
});


test('docs/traps.md has a row for each of these threads, and no other', () => {
  const threads = (text: string) => [...new Set(text.match(/[\w-]+\/[\w.-]+#\d+/g))].sort();
  const rows = readFileSync(join(__dirname, '..', 'docs', 'traps.md'), 'utf8').match(/^\| \[.*$/gm) ?? [];
  const tests = readFileSync(__filename, 'utf8');
  expect(threads(rows.join('\n'))).toEqual(threads(tests));
});
