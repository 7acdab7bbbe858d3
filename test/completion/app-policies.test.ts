import { App, CfnCondition, CfnResource, Fn, IResolvable, Lazy, Mixin, Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  BucketEncryptionAtRest, BucketTlsOnly, EncryptionDefaults, InsecureProps, QueueEncryptionAtRest, QueueTlsOnly, TopicEncryptionAtRest, TopicTlsOnly,
} from '../../src';
import { ENV, stack } from '../support/stack';

/** A service that keeps one policy for each of its resources. */
interface Service {
  readonly type: string;
  readonly l1: (scope: Stack, id: string) => CfnResource;
  readonly l2: (scope: Stack, id: string) => unknown;
  readonly policy: (scope: Stack, id: string, resource: any, document: unknown) => CfnResource;
  readonly mixins: (key: kms.IKey) => Mixin[];
}

const SERVICES: Record<string, Service> = {
  bucket: {
    type: 'AWS::S3::BucketPolicy',
    l1: (scope, id) => new s3.CfnBucket(scope, id),
    l2: (scope, id) => new s3.Bucket(scope, id),
    policy: (scope, id, bucket, policyDocument) =>
      new s3.CfnBucketPolicy(scope, id, { bucket: bucket.bucketArn ? bucket.bucketName : bucket.ref, policyDocument }),
    mixins: (key) => [new BucketTlsOnly(), new BucketEncryptionAtRest(key)],
  },
  queue: {
    type: 'AWS::SQS::QueuePolicy',
    l1: (scope, id) => new sqs.CfnQueue(scope, id),
    l2: (scope, id) => new sqs.Queue(scope, id),
    policy: (scope, id, queue, policyDocument) => new sqs.CfnQueuePolicy(scope, id, { queues: [queue.queueUrl ?? queue.ref], policyDocument }),
    mixins: (key) => [new QueueTlsOnly(), new QueueEncryptionAtRest(key)],
  },
  topic: {
    type: 'AWS::SNS::TopicPolicy',
    l1: (scope, id) => new sns.CfnTopic(scope, id),
    l2: (scope, id) => new sns.Topic(scope, id),
    policy: (scope, id, topic, policyDocument) => new sns.CfnTopicPolicy(scope, id, { topics: [topic.topicArn ?? topic.ref], policyDocument }),
    mixins: (key) => [new TopicTlsOnly(), new TopicEncryptionAtRest(key)],
  },
};

const THEIRS = { Sid: 'Theirs', Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: '*', Resource: '*' };

const DOCUMENTS: Record<string, () => unknown> = {
  'a list of statements': () => ({ Statement: [THEIRS] }),
  'one statement': () => ({ Statement: THEIRS }),
  'a PolicyDocument': () => iam.PolicyDocument.fromJson({ Statement: [THEIRS] }),
  'a statement under a condition': () => ({ Statement: [Fn.conditionIf('Always', THEIRS, { Ref: 'AWS::NoValue' })] }),
  'nothing': () => ({}),
};

/** Every document, whatever the policy is for, and before and after the mixins. */
function build(service: Service, document: (n: number) => unknown, how: 'before' | 'after' | 'defaults' = 'before'): Stack {
  const app = new App();
  if (how === 'defaults') { EncryptionDefaults.of(app).apply(); }
  const scope = stack(ENV, 'Stack', app);
  new CfnCondition(scope, 'Always', { expression: Fn.conditionEquals(1, 1) });
  const mixins = service.mixins(new kms.Key(scope, 'Key'));
  const policies = () => Object.keys(DOCUMENTS).forEach((_, n) => {
    [service.l1, service.l2].slice(how === 'defaults' ? 1 : 0).forEach((make, level) => { service.policy(scope, `Policy${n}${level}`, make(scope, `Resource${n}${level}`), document(n)); });
  });
  if (how === 'after') {
    Object.keys(DOCUMENTS).forEach((_, n) => {
      const resource = service.l1(scope, `Late${n}`);
      mixins.forEach((mixin) => resource.with(mixin));
      service.policy(scope, `LatePolicy${n}`, resource, document(n));
    });
    return scope;
  }
  policies();
  if (how === 'before') { Mixins.of(app).apply(...mixins); }
  return scope;
}

/** The statements of all policies. */
function statementsIn(scope: Stack, type: string): any[][] {
  return Object.values(Template.fromStack(scope).findResources(type)).map(({ Properties }) => [Properties.PolicyDocument.Statement].flat());
}

describe.each(Object.entries(SERVICES))('the policy that an app has for a %s', (_, service) => {
  test.each(['before', 'after', 'defaults'] as const)('is added to, in whatever way it is written (%s)', (how) => {
    const documents = Object.values(DOCUMENTS);
    const policies = statementsIn(build(service, (n) => documents[n](), how), service.type);
    expect(policies).toHaveLength(documents.length * (how === 'before' ? 2 : 1));
    policies.forEach((statements) => expect(statements.filter(({ Sid }) => Sid === 'DenyPlainHttp')).toHaveLength(1));
    expect(policies.filter((statements) => JSON.stringify(statements[0]).includes('Theirs'))).toHaveLength(policies.length * 4 / 5);
  });

  const token = (): IResolvable => Lazy.any({ produce: () => ({ Statement: [THEIRS] }) });

  test('that is a token is an error with the statement to add', () => {
    const scope = stack();
    const resource = service.l1(scope, 'Target');
    service.policy(scope, 'Mine', resource, token());
    service.mixins(new kms.Key(scope, 'Key')).forEach((mixin) => resource.with(mixin));
    expect(() => scope.node.root instanceof App && scope.node.root.synth())
      .toThrow(/^Stack\/Target: has the policy Stack\/Mine, to which nothing can be added here: its document is a token.*"aws:SecureTransport":"false".*\[ResourcePolicyNotAdded\]/);
  });

  test('that is made under a condition of its own is an error', () => {
    const scope = stack();
    const resource = service.l1(scope, 'Target');
    service.policy(scope, 'Mine', resource, { Statement: [THEIRS] }).cfnOptions.condition = new CfnCondition(scope, 'Sometimes', { expression: Fn.conditionEquals(1, 1) });
    resource.with(service.mixins(new kms.Key(scope, 'Key'))[0]);
    expect(() => (scope.node.root as App).synth()).toThrow(/it is made under a condition, without which there would be no policy.*\[ResourcePolicyNotAdded\]/);
  });

  test('that is a token is a warning for one of many', () => {
    const app = new App();
    const scope = stack(ENV, 'Stack', app);
    service.policy(scope, 'Mine', service.l1(scope, 'Target'), token());
    service.l1(scope, 'Other');
    Mixins.of(app).apply(...service.mixins(new kms.Key(scope, 'Key')));
    const warnings = app.synth().getStackByName('Stack').messages.map(({ entry: { data } }) => String(data));
    expect(warnings).toContainEqual(expect.stringMatching(/^Stack\/Target: has the policy Stack\/Mine, to which nothing can be added/));
  });

  test('is left with a warning in report mode where it is one of two', () => {
    const app = new App();
    EncryptionDefaults.of(app).apply({ insecureProps: InsecureProps.WARN });
    const scope = stack(ENV, 'Stack', app);
    const resource = service.l2(scope, 'Target');
    ['One', 'Two'].forEach((id) => service.policy(scope, id, resource, { Statement: [THEIRS] }));
    const warnings = app.synth().getStackByName('Stack').messages.map(({ entry: { data } }) => String(data));
    expect(warnings).toContainEqual(expect.stringMatching(/^Stack\/Target: has (two policies, |the policies ).*HasTwoPolicies\]$/));
  });
});

test('a policy for two queues gets one denial for both', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const queues = ['One', 'Two'].map((id) => new sqs.CfnQueue(scope, id).ref);
  new sqs.CfnQueuePolicy(scope, 'Mine', { queues, policyDocument: { Statement: [THEIRS] } });
  Mixins.of(app).apply(new QueueTlsOnly());
  const [statements] = statementsIn(scope, 'AWS::SQS::QueuePolicy');
  expect(statements.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([['Theirs', '*'], ['DenyPlainHttp', '*']]);
});

test('a statement of the app with the same name keeps it', () => {
  const scope = stack();
  const queue = new sqs.CfnQueue(scope, 'Queue');
  new sqs.CfnQueuePolicy(scope, 'Mine', { queues: [queue.ref], policyDocument: { Statement: [{ ...THEIRS, Sid: 'DenyPlainHttp' }] } });
  queue.with(new QueueTlsOnly());
  const [statements] = statementsIn(scope, 'AWS::SQS::QueuePolicy');
  expect(statements.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([['DenyPlainHttp', 'Allow'], ['DenyPlainHttp2', 'Deny']]);
});

test('a second synthesis adds nothing', () => {
  const app = new App();
  const scope = stack(ENV, 'Stack', app);
  const bucket = new s3.CfnBucket(scope, 'Bucket');
  new s3.CfnBucketPolicy(scope, 'Mine', { bucket: bucket.ref, policyDocument: { Statement: [THEIRS] } });
  bucket.with(new BucketTlsOnly(), new BucketEncryptionAtRest(new kms.Key(scope, 'Key')));
  const [first, second] = [false, true].map((force) => app.synth({ force }).getStackByName('Stack').template);
  expect(second).toEqual(first);
});
