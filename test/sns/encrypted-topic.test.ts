import { App, Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  EncryptedQueue, EncryptedTopic, EncryptedTopicProps, EncryptionDefaults, EncryptionKey, InsecureProps, MultiRegionKey, TopicEncryptionAtRest,
  TopicPublisher, TopicTlsOnly,
} from '../../src';
import { ENV, keyStatement, keyStatements, propertiesOf, stack } from '../support/stack';

const topicStatements = (scope: Stack): any[] => propertiesOf(scope, 'AWS::SNS::TopicPolicy').PolicyDocument.Statement;
const sids = (statements: any[]) => statements.map(({ Sid }) => Sid);
const warnings = (app: App, id = 'Stack') => app.synth().getStackByName(id).messages.map(({ entry }) => entry.data).join('\n');
const alarm = (scope: Stack, topic: sns.ITopic) => new cloudwatch.Alarm(scope, 'Alarm', {
  metric: new cloudwatch.Metric({ namespace: 'Orders', metricName: 'Errors' }), threshold: 1, evaluationPeriods: 1,
}).addAlarmAction(new SnsAction(topic));
const role = (scope: Stack, id = 'Role') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

describe('an EncryptedTopic with no props', () => {
  const scope = stack(ENV);
  new EncryptedTopic(scope, 'Topic');

  test('encrypts under its own key and signs with SHA-256', () => {
    expect(propertiesOf(scope, 'AWS::SNS::Topic')).toEqual({ KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^TopicKey/), 'Arn'] }, SignatureVersion: '2' });
  });

  test('denies plain HTTP, and allows nobody', () => {
    expect(topicStatements(scope)).toEqual([{
      Sid: 'DenyPlainHttp',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sns:Publish',
      Resource: { Ref: expect.stringMatching(/^Topic/) },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }]);
  });

  test('lets no service use its key', () => {
    expect(sids(keyStatements(scope))).toEqual(['AccountIdentities', 'DenyGrantsUnlessForAwsResources']);
  });
});

test('the key may be given under either name', () => {
  for (const name of ['encryptionKey', 'masterKey']) {
    const scope = stack();
    const key = new EncryptionKey(scope, 'Key');
    expect(new EncryptedTopic(scope, 'Topic', { [name]: key }).masterKey).toBe(key);
  }
});

test('a multi-Region key gives each topic the key of its own Region', () => {
  const app = new App();
  const encryptionKey = new MultiRegionKey(stack(ENV, 'Keys', app), 'Key', { replicaRegions: ['eu-west-1'] });
  const europe = stack({ ...ENV, region: 'eu-west-1' }, 'Europe', app);
  new EncryptedTopic(europe, 'Topic', { encryptionKey });
  expect(propertiesOf(europe, 'AWS::SNS::Topic').KmsMasterKeyId).toEqual({ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Keys-replicas-eu-west-1' }) });
});

describe('whoever the app has publish gets the topic and the key', () => {
  test('an alarm, which a topic with a policy of its own would else shut out', () => {
    const scope = stack(ENV);
    alarm(scope, new EncryptedTopic(scope, 'Topic'));
    const ofAccount = { StringEquals: { 'aws:SourceAccount': ENV.account } };
    expect(topicStatements(scope)).toContainEqual({
      Sid: 'PublishFromCloudWatchAlarms', Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: expect.anything(), Condition: ofAccount,
    });
    expect(keyStatement(scope, 'CloudWatchAlarms')).toMatchObject({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: ofAccount });
  });

  test('a bucket, and a rule of EventBridge, each with what AWS documents', () => {
    const scope = stack(ENV);
    const topic = new EncryptedTopic(scope, 'Topic');
    new s3.Bucket(scope, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic));
    new events.Rule(scope, 'Rule', { eventPattern: { source: ['x'] }, targets: [new targets.SnsTopic(topic)] });
    expect(topicStatements(scope).filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => Principal.Service).sort()).toEqual(['events.amazonaws.com', 's3.amazonaws.com']);
    expect(keyStatement(scope, 'S3EventNotifications')!.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': ENV.account } });
    const rule = keyStatements(scope).find(({ Principal }) => Principal.Service === 'events.amazonaws.com')!;
    expect(JSON.stringify(rule.Condition)).toContain('kms:EncryptionContext:aws:sns:topicArn');
  });

  test.each<[string, string, (scope: Stack, topic: sns.ITopic) => unknown]>([
    ['RDS', 'events.rds.amazonaws.com', (scope, topic) => new rds.CfnEventSubscription(scope, 'Events', { snsTopicArn: topic.topicArn })],
    ['AWS Backup', 'backup.amazonaws.com', (scope, topic) => new backup.BackupVault(scope, 'Vault', { notificationTopic: topic })],
  ])('%s', (_, service, make) => {
    const scope = stack(ENV);
    const encryptionKey = new EncryptionKey(scope, 'Key');
    make(scope, new EncryptedTopic(scope, 'Topic', { encryptionKey }));
    const keys = Object.entries(Template.fromStack(scope).findResources('AWS::KMS::Key')).filter(([id]) => /^Key/.test(id));
    expect(JSON.stringify(keys[0][1].Properties.KeyPolicy)).toContain(service);
    expect(topicStatements(scope).filter(({ Principal }) => Principal.Service === service)).toHaveLength(1);
  });

  test('a role by a grant, through SNS only, and no service without a condition', () => {
    const scope = stack(ENV);
    const topic = new EncryptedTopic(scope, 'Topic');
    topic.grantPublish(role(scope));
    topic.grantPublish(new iam.ServicePrincipal('codestar-notifications.amazonaws.com'));
    const statements = propertiesOf(scope, 'AWS::IAM::Policy').PolicyDocument.Statement;
    expect(statements.find(({ Action }: any) => JSON.stringify(Action).includes('kms:'))).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } },
    });
    expect(keyStatement(scope, 'CodeStarNotifications')!.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': ENV.account } });
  });

  test('a role whose policy was written by hand', () => {
    const scope = stack(ENV);
    const topic = new EncryptedTopic(scope, 'Topic');
    role(scope).addToPolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
    expect(JSON.stringify(propertiesOf(scope, 'AWS::IAM::Policy').PolicyDocument)).toMatch(/kms:Decrypt.*kms:ViaService/);
  });
});

test('allowPublishFrom names each publisher once, in the topic and in the key', () => {
  const scope = stack(ENV);
  const topic = new EncryptedTopic(scope, 'Topic');
  const bucket = new s3.Bucket(scope, 'Bucket');
  for (const publisher of [
    TopicPublisher.bucket(bucket), TopicPublisher.bucket(bucket), TopicPublisher.eventBridge(), TopicPublisher.alarms(), TopicPublisher.budgets(),
    TopicPublisher.codeStarNotifications(), TopicPublisher.ses(), TopicPublisher.service('backup.amazonaws.com'), TopicPublisher.account('222222222222'), TopicPublisher.role(role(scope)),
  ]) { topic.allowPublishFrom(publisher); }
  expect(sids(topicStatements(scope))).toEqual([
    'PublishFromS3', 'PublishFromEventBridge', 'PublishFromCloudWatchAlarms', 'PublishFromBudgets', 'PublishFromCodeStarNotifications', 'PublishFromSes', 'PublishFromBackup',
    'PublishFromAccount', 'DenyPlainHttp',
  ]);
  expect(sids(keyStatements(scope)).slice(2)).toEqual([
    'S3EventNotifications', 'EventBridge', 'CloudWatchAlarms', 'Budgets', 'CodeStarNotifications', 'Ses', 'Backup', 'PublishFromAccount',
  ]);
  expect(topicStatements(scope)[0].Condition).toEqual({
    ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^Bucket/), 'Arn'] } }, StringEquals: { 'aws:SourceAccount': ENV.account },
  });
  expect(topicStatements(scope)[1]).not.toHaveProperty('Condition');
  expect(keyStatement(scope, 'PublishFromAccount')!.Condition).toEqual({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.us-east-1.', { Ref: 'AWS::URLSuffix' }]] } } });
});

test('a topic under an imported key says which statement its key lacks', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const encryptionKey = kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  new EncryptedTopic(scope, 'Topic', { encryptionKey }).allowPublishFrom(TopicPublisher.alarms());
  expect(warnings(app)).toMatch(/The key of Stack\/Topic is imported.*cloudwatch\.amazonaws\.com/s);
});

test('messages reach an encrypted queue of another key, in the clear nowhere', () => {
  const scope = stack(ENV);
  const queue = new EncryptedQueue(scope, 'Queue');
  new EncryptedTopic(scope, 'Topic').addSubscription(new subscriptions.SqsSubscription(queue));
  const keys = Object.entries(Template.fromStack(scope).findResources('AWS::KMS::Key'));
  const [, queueKey] = keys.find(([id]) => /^QueueKey/.test(id))!;
  expect(JSON.stringify(queueKey.Properties.KeyPolicy)).toContain('sns.amazonaws.com');
});

describe('what would weaken the topic or can never work is an error', () => {
  test.each<[string, EncryptedTopicProps, RegExp]>([
    ['plain HTTP', { enforceSSL: false }, /^Stack\/Topic: 'enforceSSL' cannot be false: an EncryptedTopic answers over TLS only\. Leave it out.*\[TopicMustEnforceTls\]/],
  ])('%s', (_, props, message) => {
    expect(() => new EncryptedTopic(stack(), 'Topic', props)).toThrow(message);
  });

  test.each(['encryptionKey', 'masterKey'])('the AWS-managed key by its alias, as %s', (prop) => {
    const scope = stack();
    expect(() => new EncryptedTopic(scope, 'Topic', { [prop]: kms.Alias.fromAliasName(scope, 'Alias', 'alias/aws/sns') }))
      .toThrow(new RegExp(`'${prop}' cannot be 'alias/aws/sns': its policy cannot be changed, so no service can ever publish.*\\[TopicNeedsCustomerKey\\]`));
  });

  test('two keys', () => {
    const scope = stack();
    const [encryptionKey, masterKey] = [new EncryptionKey(scope, 'A'), new EncryptionKey(scope, 'B')];
    expect(() => new EncryptedTopic(scope, 'Topic', { encryptionKey, masterKey })).toThrow('[TopicHasTwoKeys]');
  });

  test('a key of another Region', () => {
    const app = new App();
    const encryptionKey = new EncryptionKey(stack({ ...ENV, region: 'eu-west-1' }, 'Europe', app), 'Key');
    expect(() => new EncryptedTopic(stack(ENV, 'Stack', app), 'Topic', { encryptionKey })).toThrow('[KeyInOtherRegion]');
  });

  test('a subscription over plain HTTP, added to the topic or beside it', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    const topic = new EncryptedTopic(scope, 'Topic');
    expect(() => topic.addSubscription(new subscriptions.UrlSubscription('http://example.com/orders')))
      .toThrow(/^Stack\/Topic: 'protocol' cannot be 'http': messages would be delivered without TLS.*\[SubscriptionNotOverHttps\]/);
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/orders'));
    topic.addSubscription(new subscriptions.EmailSubscription('ops@example.com'));
    new sns.Subscription(scope, 'Beside', { topic, protocol: sns.SubscriptionProtocol.HTTP, endpoint: 'http://example.com' });
    expect(() => app.synth()).toThrow(/Stack\/Topic: cannot deliver to the subscription Stack\/Beside.*\[SubscriptionNotOverHttps\]/);
  });

  test('a second policy, of which SNS keeps only the last', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    new sns.TopicPolicy(scope, 'Other', { topics: [new EncryptedTopic(scope, 'Topic')], policyDocument: new iam.PolicyDocument() });
    expect(() => app.synth()).toThrow('[TopicHasTwoPolicies]');
  });
});

describe('EncryptionDefaults', () => {
  const withDefaults = (options = {}): [App, Stack] => {
    const app = new App();
    EncryptionDefaults.of(app).apply(options);
    return [app, stack(ENV, 'Stack', app)];
  };

  test('encrypts a plain topic, and keeps what SNS\'s default policy allowed', () => {
    const [, scope] = withDefaults();
    alarm(scope, new sns.Topic(scope, 'Topic'));
    expect(propertiesOf(scope, 'AWS::SNS::Topic').KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SharedEncryptionKey/), 'Arn'] });
    expect(sids(topicStatements(scope)).sort()).toEqual(['DenyPlainHttp', 'PublishFromCloudWatchAlarms', 'PublishFromOwnAccount']);
    expect(keyStatement(scope, 'CloudWatchAlarms')).toBeDefined();
  });

  test('joins the policy that the app has written, whose statements stay first, and adds no default to it', () => {
    const [, scope] = withDefaults();
    const topic = new sns.Topic(scope, 'Topic');
    new sns.TopicPolicy(scope, 'Policy', { topics: [topic] }).document.addStatements(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('budgets.amazonaws.com')], actions: ['sns:Publish'], resources: [topic.topicArn],
    }));
    expect(topicStatements(scope).map(({ Principal }) => Principal.Service ?? Principal.AWS)).toEqual(['budgets.amazonaws.com', '*']);
    expect(keyStatement(scope, 'Budgets')).toBeDefined();
  });

  test('keeps a customer key, and TLS that the code asks for', () => {
    const [, scope] = withDefaults();
    new sns.Topic(scope, 'Topic', { masterKey: new EncryptionKey(scope, 'Own'), enforceSSL: true });
    expect(propertiesOf(scope, 'AWS::SNS::Topic').KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
    expect(sids(topicStatements(scope))).toEqual(['AllowPublishThroughSSLOnly']);
  });

  test('refuses what is insecure with path, prop and remedy, or warns of it and leaves it', () => {
    const insecure = (scope: Stack) => new sns.Topic(scope, 'Topic', { enforceSSL: false }).addSubscription(new subscriptions.UrlSubscription('http://example.com'));
    const [strict, refused] = withDefaults();
    insecure(refused);
    expect(() => strict.synth()).toThrow(/Stack\/Topic: 'enforceSSL' cannot be false[^]*'protocol' cannot be 'http'.*exceptions: \[\{ path: 'Stack\/Topic\//);
    const [lenient, left] = withDefaults({ insecureProps: InsecureProps.WARN });
    insecure(left);
    expect(warnings(lenient)).toMatch(/'enforceSSL' cannot be false[^]*'protocol' cannot be 'http'/);
    Template.fromStack(left).resourceCountIs('AWS::SNS::TopicPolicy', 0);
  });

  test('leaves exceptions and constructs of this library alone', () => {
    const [, scope] = withDefaults({ exceptions: [{ path: 'Stack/Left', reason: 'used by everybody' }] });
    new sns.Topic(scope, 'Left');
    new EncryptedTopic(scope, 'Ours');
    const topics = Object.entries(Template.fromStack(scope).findResources('AWS::SNS::Topic'));
    expect(topics.find(([id]) => /^Left/.test(id))![1].Properties?.KmsMasterKeyId).toBeUndefined();
    expect(JSON.stringify(topics.find(([id]) => /^Ours/.test(id)))).toContain('OursKey');
  });
});

test('the mixins protect topics that exist already, L2 and L1', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  new sns.Topic(scope, 'L2');
  new sns.CfnTopic(scope, 'L1');
  Mixins.of(scope).apply(new TopicEncryptionAtRest(key), new TopicTlsOnly());
  const template = Template.fromStack(scope);
  template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } });
  for (const { Properties } of Object.values(template.findResources('AWS::SNS::TopicPolicy'))) {
    expect(sids(Properties.PolicyDocument.Statement).sort()).toEqual(['DenyPlainHttp', 'PublishFromOwnAccount']);
  }
  template.resourceCountIs('AWS::SNS::TopicPolicy', 2);
});
