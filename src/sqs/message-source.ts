import { Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { RULE } from './prop-shapes';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { ServiceAccess } from '../kms/service-access';
import { BUCKET, GRANTEE, TOPIC } from '../private/common-kinds';
import { checkAccountId } from '../private/ids';
import { checkArgument } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { WRITE_ENCRYPTED_ACTIONS } from '../statements/actions';
import { S3_NOT_TO_FIFO } from '../statements/notifications';
import { viaService } from '../statements/via-service';

/** How a source gets into the queue and the key. */
interface Sender {
  /** A part of statement names. */
  readonly name: string;
  /** Who sends, and on whose behalf; a role needs neither policy, because its own says it all. */
  readonly principal?: iam.IPrincipal;
  readonly sourceArn?: string;
  /** The account of a source whose ARN does not name one. */
  readonly sourceAccount?: string;
  readonly keyStatements?: (scope: IConstruct) => iam.PolicyStatement[];
  /** A role of the account that sends. */
  readonly role?: iam.IGrantable;
  /** Opens what stands between the source and the queue. */
  readonly before?: () => void;
  /** Why the source cannot send to a FIFO queue; `undefined` where it can. */
  readonly notToFifo?: string;
}

/**
 * A source of messages for an encrypted queue: `queue.allowSendFrom(MessageSource.bucket(bucket))`.
 *
 * The queue's policy names the source by its ARN. The key's policy cannot, where the source is encrypted under the same
 * key: it then names the account, or the source's physical name where that is known as text.
 */
export class MessageSource {
  /**
   * Event notifications of a bucket. S3 cannot send to a FIFO queue.
   *
   * The queue's policy names the bucket's account too: a bucket's ARN does not contain it, and anybody may take the name of a deleted
   * bucket (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention).
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
   */
  public static bucket(bucket: s3.IBucket): MessageSource {
    checkArgument('MessageSource.bucket', 'bucket', bucket, BUCKET);
    const l1: unknown = bucket.node.defaultChild;
    const name = s3.CfnBucket.isCfnBucket(l1) ? knownAtSynth(l1.bucketName) : knownAtSynth(bucket.bucketName);
    return new MessageSource({
      ...service('S3', 's3.amazonaws.com', bucket.bucketArn),
      sourceAccount: bucket.env.account,
      keyStatements: (scope) => ServiceAccess.s3EventNotifications({ sourceArns: name ? [`arn:${Stack.of(scope).partition}:s3:::${name}`] : undefined })
        .statements(scope),
      notToFifo: S3_NOT_TO_FIFO,
    });
  }

  /**
   * Messages of a topic to which the queue is subscribed. To a FIFO queue only from a FIFO topic.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
   */
  public static topic(topic: sns.ITopic): MessageSource {
    checkArgument('MessageSource.topic', 'topic', topic, TOPIC);
    return new MessageSource({
      ...service('Sns', 'sns.amazonaws.com', topic.topicArn),
      keyStatements: (scope) => ServiceAccess.sns().statements(scope),
      notToFifo: topic.fifo ? undefined : 'SNS delivers to FIFO queues from FIFO topics only',
    });
  }

  /** Events that match a rule of EventBridge. */
  public static rule(rule: events.IRule): MessageSource {
    checkArgument('MessageSource.rule', 'rule', rule, RULE);
    return new MessageSource({
      ...service('EventBridge', 'events.amazonaws.com', rule.ruleArn),
      keyStatements: (scope) => ServiceAccess.eventBridge().statements(scope),
    });
  }

  /**
   * CloudWatch alarms, through the topic that they publish to: an alarm cannot send to a queue.
   *
   * Allows the topic to send to the queue, and the alarms of the account to use the topic and its key. Subscribe the queue to the
   * topic.
   *
   * @param topic one that this app makes; under a customer-managed key or none, never under `alias/aws/sns`
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
   */
  public static alarms(topic: sns.ITopic): MessageSource {
    checkArgument('MessageSource.alarms', 'topic', topic, TOPIC);
    return new MessageSource({ ...MessageSource.topic(topic).sender, before: () => letAlarmsPublish(topic) });
  }

  /**
   * Schedules of EventBridge Scheduler, which sends with a role of yours.
   *
   * @param role the role of the schedules' target
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role
   */
  public static schedules(role: iam.IGrantable): MessageSource {
    checkArgument('MessageSource.schedules', 'role', role, GRANTEE);
    return MessageSource.role(role);
  }

  /**
   * A role that sends: of EventBridge Pipes, Step Functions, an AppConfig extension, or an application of yours.
   *
   * @param role its own policy gets the queue and the key
   */
  public static role(role: iam.IGrantable): MessageSource {
    checkArgument('MessageSource.role', 'role', role, GRANTEE);
    return new MessageSource({ name: 'Role', role });
  }

  /**
   * Results of asynchronous invocations of a Lambda function (a destination, or its dead letters), which Lambda sends with the
   * function's role. Not to a FIFO queue.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
   */
  public static lambdaDestination(handler: lambda.IFunction): MessageSource {
    checkArgument('MessageSource.lambdaDestination', 'handler', handler, GRANTEE);
    return new MessageSource({
      name: 'Lambda',
      role: handler,
      notToFifo: 'Lambda sends the results of asynchronous invocations to standard queues only',
    });
  }

  /**
   * Another account; its own IAM policies then decide which of its principals send.
   *
   * @param accountId 12 digits
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#send-to-encrypted-queue
   */
  public static account(accountId: string): MessageSource {
    checkAccountId('MessageSource.account', accountId);
    const principal = new iam.AccountPrincipal(accountId);
    return new MessageSource({
      name: 'Account',
      principal,
      keyStatements: (scope) => [new iam.PolicyStatement({
        sid: 'SendFromAccount',
        principals: [principal],
        actions: [...WRITE_ENCRYPTED_ACTIONS],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': viaService('sqs', Stack.of(scope)) } },
      })],
    });
  }

  private constructor(private readonly sender: Sender) {}

  /** @internal */
  public get _notToFifo(): string | undefined {
    return this.sender.notToFifo;
  }

  /** @internal */
  public get _role(): iam.IGrantable | undefined {
    return this.sender.role;
  }

  /** @internal */
  public _queueStatements(queueArn: string): iam.PolicyStatement[] {
    const { name, principal, sourceArn, sourceAccount } = this.sender;
    const conditions = {
      ...(sourceArn ? { ArnEquals: { 'aws:SourceArn': sourceArn } } : {}),
      ...(sourceAccount ? { StringEquals: { 'aws:SourceAccount': sourceAccount } } : {}),
    };
    return principal ? [new iam.PolicyStatement({
      sid: `SendFrom${name}`,
      principals: [principal],
      actions: ['sqs:SendMessage'],
      resources: [queueArn],
      conditions: Object.keys(conditions).length > 0 ? conditions : undefined,
    })] : [];
  }

  /** @internal */
  public _keyStatements(scope: IConstruct): iam.PolicyStatement[] {
    this.sender.before?.();
    return this.sender.keyStatements?.(scope) ?? [];
  }
}

function service(name: string, principal: string, sourceArn: string) {
  return { name, principal: new iam.ServicePrincipal(principal), sourceArn };
}

/** The topic's own policy, and its key's where it has one of yours. */
function letAlarmsPublish(topic: sns.ITopic): void {
  const { account } = Stack.of(topic);
  topic.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'PublishFromAlarms',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  }));
  if (topic.masterKey) { addToKeyPolicyOrWarn(topic, topic.masterKey, ServiceAccess.cloudWatchAlarms().statements(topic), 'alarms are lost'); }
}
