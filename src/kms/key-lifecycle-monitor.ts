import { ArnFormat, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key';
import { KEY_EVENTS } from './key-events';
import { nearestKey } from './near';
import { KEY_LIFECYCLE_MONITOR } from './prop-shapes';
import { ServiceAccess } from './service-access';
import { acknowledge } from '../private/acknowledge';
import { EncryptionError } from '../private/errors';
import { checkedPath, withoutNull } from '../private/props';

/** Properties of `KeyLifecycleMonitor`. */
export interface KeyLifecycleMonitorProps {
  /** The keys to watch, in the Region of this stack. Make a monitor in its own Region for a replica. */
  readonly keys: kms.IKey[];

  /**
   * The topic that gets the messages. It must be encrypted under a KMS key whose policy can be changed here, or already allows
   * EventBridge (`ServiceAccess.eventBridge`) and CloudWatch (`ServiceAccess.cloudWatchAlarms`).
   *
   * @default - a new topic, which accepts TLS only, under `encryptionKey`
   */
  readonly topic?: sns.ITopic;

  /**
   * The key for the new topic and for the log of refused uses. It cannot be one of the watched keys: under a disabled key no
   * message can be sent.
   *
   * @default - a new rotating key owned by this monitor
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The log group that a CloudTrail trail writes to. Uses of a key that waits for deletion are then counted there.
   *
   * @default - EventBridge collects them in a log group of the monitor, which needs a trail in the account too
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html
   */
  readonly cloudTrailLogGroup?: logs.ILogGroup;
}

/**
 * Sends a message to a topic when a key is disabled, scheduled for deletion or deleted; when its material is imported, expires or
 * is deleted; when its policy changes, it is replicated, its primary moves or somebody (not a service) creates a grant; when it
 * stops rotating or rotates. It also raises an alarm when somebody still uses a key that waits for deletion: the last chance to
 * see that it is needed.
 *
 * API calls reach EventBridge only where a CloudTrail trail records management events.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/monitoring-overview.html
 */
export class KeyLifecycleMonitor extends Construct {
  /** The topic that is told: subscribe people to it. */
  public readonly topic: sns.ITopic;
  /** In alarm after somebody used a key that waits for deletion. */
  public readonly usedWhilePendingDeletion: cloudwatch.Alarm;
  private readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: KeyLifecycleMonitorProps) {
    const path = checkedPath(scope, id, props, KEY_LIFECYCLE_MONITOR);
    props = withoutNull(props);
    check(path, props);
    super(scope, id);
    this.encryptionKey = props.encryptionKey ?? keyOf(props.topic);
    if (!props.topic || !props.cloudTrailLogGroup) {
      this.encryptionKey ??= new EncryptionKey(this, 'Key', { description: `Encrypts the messages of ${path}` });
    }
    this.topic = props.topic ?? new sns.Topic(this, 'Topic', {
      displayName: 'Life cycle of KMS keys', masterKey: this.encryptionKey, enforceSSL: true,
    });
    this.letIn(ServiceAccess.eventBridge(), ServiceAccess.cloudWatchAlarms());

    const keys = props.keys.map((key) => nearestKey(key, this, path).keyRef);
    const keyArns = keys.map(({ keyArn }) => keyArn);
    for (const { id: ruleId, description, pattern, message } of KEY_EVENTS) {
      new events.Rule(this, ruleId, { description, eventPattern: pattern(keyArns), targets: [new SnsTopic(this.topic, { message })] });
    }
    const keyIds = keys.map(({ keyId }) => keyId);
    this.usedWhilePendingDeletion = props.cloudTrailLogGroup
      ? this.alarmOn(props.cloudTrailLogGroup, inTrail(keyIds))
      : this.alarmOn(this.refusedUses(keyIds), logs.FilterPattern.allEvents());
  }

  /** Collects the refused uses, so that a busy application makes one alarm and not a thousand messages. */
  private refusedUses(keyIds: string[]): logs.ILogGroup {
    const logGroupName = `/aws/events/${Names.uniqueResourceName(this, { maxLength: 80, allowedSpecialCharacters: '-' })}`;
    this.letIn(ServiceAccess.cloudWatchLogs({ logGroupNames: [logGroupName] }));
    const logGroup = new logs.LogGroup(this, 'RefusedUses', {
      logGroupName, encryptionKey: this.encryptionKey, retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('events.amazonaws.com'), new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }));
    acknowledge(logGroup, { 'Encryption-LogsPolicyServiceSource': 'As the page of EventBridge on permissions of CloudWatch Logs has it: it names no source.' });
    const rule = new events.Rule(this, 'UsedWhilePendingDeletion', {
      description: 'A KMS key that waits for deletion was used',
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['kms.amazonaws.com'], errorMessage: keyIds.map((keyId) => ({ suffix: refusal(keyId) })) },
      },
      targets: [{ bind: () => ({ arn: Stack.of(this).formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }) }) }],
    });
    // Decrypt is a read-only call, which EventBridge passes on only to rules in this state.
    (rule.node.defaultChild as events.CfnRule).state = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
    return logGroup;
  }

  private alarmOn(logGroup: logs.ILogGroup, filterPattern: logs.IFilterPattern): cloudwatch.Alarm {
    const filter = new logs.MetricFilter(this, 'Uses', {
      logGroup, filterPattern, metricNamespace: 'KmsKeyLifecycle', metricName: `${Names.uniqueResourceName(this, { maxLength: 200 })}Uses`, metricValue: '1',
    });
    const alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: 'Somebody uses a KMS key that waits for deletion: when the waiting period ends, what it encrypts is lost. '
        + 'Find out who (CloudTrail, error KMSInvalidStateException) and cancel the deletion: aws kms cancel-key-deletion.',
      metric: filter.metric({ statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    // A topic with a policy of its own has lost the default one, which let alarms of the account publish.
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'PublishByAlarm',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: { ArnEquals: { 'aws:SourceArn': alarm.alarmArn }, StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    }));
    return alarm;
  }

  private letIn(...access: ServiceAccess[]): void {
    access.flatMap((each) => each.statements(this)).forEach((statement) => this.encryptionKey?.addToResourcePolicy(statement));
  }
}

/** How KMS refuses to use a key that waits for deletion: the ARN of the key stands before it. */
const refusal = (keyId: string) => `key/${keyId} is pending deletion.`;

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html */
function inTrail(keyIds: string[]): logs.IFilterPattern {
  const messages = keyIds.map((keyId) => `($.errorMessage = "*${refusal(keyId)}")`);
  return logs.FilterPattern.literal(`{ ($.eventSource = kms*) && (${messages.join(' || ')}) }`);
}

function keyOf(topic: sns.ITopic | undefined): kms.IKey | undefined {
  return topic instanceof sns.Topic ? topic.masterKey : undefined;
}

function check(path: string, { keys, topic, encryptionKey }: KeyLifecycleMonitorProps): void {
  if (keys.length === 0) {
    throw new EncryptionError(path, 'NoKeyToMonitor', "'keys' cannot be empty: there is nothing to watch. Name the keys.");
  }
  const used = encryptionKey ?? keyOf(topic);
  if (used && keys.includes(used)) {
    throw new EncryptionError(path, 'MonitorUnderWatchedKey',
      `'encryptionKey' cannot be ${used.node.path}, which is watched: under a disabled key the topic cannot send. Leave it out, or give another key.`);
  }
  if (topic instanceof sns.Topic && !topic.masterKey) {
    throw new EncryptionError(path, 'TopicNotEncrypted',
      `'topic' cannot be ${topic.node.path}: it is not encrypted under a KMS key. Leave it out, or give its \`masterKey\`.`);
  }
}
