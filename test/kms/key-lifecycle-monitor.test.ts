import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EncryptionKey, KeyLifecycleMonitor, KeyLifecycleMonitorProps } from '../../src';
import { ENV, stack } from '../support/stack';

function monitor(props: (scope: ReturnType<typeof stack>) => Partial<KeyLifecycleMonitorProps> = () => ({})) {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Watched');
  const subject = new KeyLifecycleMonitor(scope, 'Monitor', { keys: [key], ...props(scope) });
  return { scope, key, subject, template: Template.fromStack(scope) };
}

const rules = (template: Template) => Object.entries(template.findResources('AWS::Events::Rule'))
  .map(([id, { Properties }]) => ({ id: id.replace(/^Monitor|[0-9A-F]{8}$/g, ''), ...Properties })) as any[];

test('hears of everything that happens in a key\'s life', () => {
  expect(rules(monitor().template).map(({ id }) => id).sort()).toEqual([
    'Deleted', 'Disabled', 'Granted', 'MaterialDeleted', 'MaterialExpired', 'MaterialImported', 'PolicyChanged', 'PrimaryMoved', 'Replicated', 'Rotated',
    'RotationDisabled', 'ScheduledForDeletion', 'UsedWhilePendingDeletion',
  ]);
});

test('hears of the watched keys only, and of calls that succeeded', () => {
  const { template } = monitor();
  for (const { id, EventPattern } of rules(template)) { expect([id, JSON.stringify(EventPattern)]).toEqual([id, expect.stringMatching(/Watched/)]); }
  const disabled = rules(template).find(({ id }) => id === 'Disabled');
  expect(disabled.EventPattern.detail).toMatchObject({ eventName: ['DisableKey'], errorCode: [{ exists: false }] });
});

test('hears of grants that somebody creates, and not of those that services create for what they encrypt', () => {
  const granted = rules(monitor().template).find(({ id }) => id === 'Granted');
  expect(granted.EventPattern.detail).toMatchObject({ eventName: ['CreateGrant'], userIdentity: { invokedBy: [{ exists: false }] } });
  expect(Object.values(granted.Targets[0].InputTransformer.InputPathsMap)).toContain('$.detail.requestParameters.granteePrincipal');
});

test('a message says what happened, to which key, by whom, when, and what to do', () => {
  const { InputTransformer } = rules(monitor().template).find(({ id }) => id === 'ScheduledForDeletion').Targets[0];
  const values: Record<string, string> = {
    '$.detail.requestParameters.keyId': '1234abcd',
    '$.detail.userIdentity.arn': 'arn:aws:iam::111122223333:user/mallory',
    '$.detail.eventTime': '2026-11-24T10:00:00Z',
    '$.account': '111122223333',
    '$.region': 'us-east-1',
  };
  const message = JSON.parse(InputTransformer.InputTemplate.replace(/<([^>]+)>/g, (_: string, name: string) => values[InputTransformer.InputPathsMap[name]]));
  expect(message.split('\n')).toEqual([
    'A KMS key is SCHEDULED FOR DELETION. Nobody can use it from now on; when the waiting period ends, its data is lost.',
    'Key: 1234abcd',
    'By: arn:aws:iam::111122223333:user/mallory',
    'At: 2026-11-24T10:00:00Z, account 111122223333, us-east-1',
    'If nobody expected this: aws kms cancel-key-deletion --key-id 1234abcd --region us-east-1, then enable-key.',
  ]);
});

test('the topic is encrypted, TLS only, and its key and policy let EventBridge and the alarm publish', () => {
  const { template } = monitor();
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': ['MonitorKey4247C083', 'Arn'] } });
  const [{ Properties }] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
  expect(Properties.PolicyDocument.Statement.map(({ Effect, Principal }: any) => [Effect, Principal.Service ?? Principal])).toEqual([
    ['Deny', '*'], ['Allow', 'events.amazonaws.com'], ['Allow', 'cloudwatch.amazonaws.com'],
  ]);
  const key = template.findResources('AWS::KMS::Key').MonitorKey4247C083;
  expect(key.Properties.KeyPolicy.Statement.map(({ Sid }: any) => Sid)).toEqual([
    'AccountIdentities', 'DenyGrantsUnlessForAwsResources', 'EventBridgeToQueues', 'EventBridgeToTopics', 'CloudWatchAlarms', 'CloudWatchLogs',
  ]);
});

test('a use while a key waits for deletion is collected, also where the call only reads, and raises an alarm', () => {
  const { template } = monitor();
  expect(rules(template).find(({ id }) => id === 'UsedWhilePendingDeletion')).toMatchObject({
    State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    EventPattern: { detail: { errorMessage: [{ suffix: { 'Fn::Join': ['', ['key/', { Ref: expect.stringMatching(/^Watched/) }, ' is pending deletion.']] } }] } },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 1, AlarmActions: [{ Ref: 'MonitorTopic82068838' }], TreatMissingData: 'notBreaching' });
  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['MonitorKey4247C083', 'Arn'] } });
});

test('with the log group of a trail the uses are counted there', () => {
  const { template } = monitor((scope) => ({ cloudTrailLogGroup: logs.LogGroup.fromLogGroupName(scope, 'Trail', 'cloudtrail') }));
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    LogGroupName: 'cloudtrail',
    FilterPattern: { 'Fn::Join': ['', ['{ ($.eventSource = kms*) && (($.errorMessage = "*key/', { Ref: 'Watched949350FC' }, ' is pending deletion.")) }']] },
  });
  template.resourceCountIs('AWS::Logs::LogGroup', 0);
});

test('a topic of the caller\'s is used, and its key opened', () => {
  const scope = stack(ENV);
  const masterKey = new EncryptionKey(scope, 'TopicKey');
  const topic = new sns.Topic(scope, 'Topic', { masterKey });
  const subject = new KeyLifecycleMonitor(scope, 'Monitor', { keys: [new EncryptionKey(scope, 'Watched')], topic });
  expect(subject.topic).toBe(topic);
  Template.fromStack(scope).resourceCountIs('AWS::KMS::Key', 2);
});

test('what could not tell is an error', () => {
  const scope = stack(ENV);
  const key = new EncryptionKey(scope, 'Key');
  expect(() => new KeyLifecycleMonitor(scope, 'A', { keys: [] })).toThrow(/Stack\/A: 'keys' cannot be empty/);
  expect(() => new KeyLifecycleMonitor(scope, 'B', { keys: [key], encryptionKey: key })).toThrow(/'encryptionKey' cannot be Stack\/Key, which is watched/);
  expect(() => new KeyLifecycleMonitor(scope, 'C', { keys: [key], topic: new sns.Topic(scope, 'T') })).toThrow(/'topic' cannot be Stack\/T: it is not encrypted/);
});
