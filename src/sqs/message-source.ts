import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { ServiceAccess } from '../kms/service-access';
import { literal } from '../private/tokens';

/**
 * Something that sends messages into an encrypted queue: `queue.allowSendFrom(MessageSource.bucket(bucket))`.
 *
 * The queue's policy names the source by its ARN. The key's policy cannot, where the source is encrypted under the same
 * key: it then names the account, or the source's physical name where that is known as text.
 */
export class MessageSource {
  /** Event notifications of a bucket. */
  public static bucket(bucket: s3.IBucket): MessageSource {
    const l1: unknown = bucket.node.defaultChild;
    const name = s3.CfnBucket.isCfnBucket(l1) ? literal(l1.bucketName) : literal(bucket.bucketName);
    return new MessageSource('S3', 's3.amazonaws.com', bucket.bucketArn,
      (scope) => ServiceAccess.s3EventNotifications({ sourceArns: name ? [`arn:${Stack.of(scope).partition}:s3:::${name}`] : undefined }));
  }

  /** Messages of a topic to which the queue is subscribed. */
  public static topic(topic: sns.ITopic): MessageSource {
    return new MessageSource('Sns', 'sns.amazonaws.com', topic.topicArn, () => ServiceAccess.sns());
  }

  /** Events that match a rule of EventBridge. */
  public static rule(rule: events.IRule): MessageSource {
    return new MessageSource('EventBridge', 'events.amazonaws.com', rule.ruleArn, () => ServiceAccess.eventBridge());
  }

  private constructor(
    private readonly name: string,
    private readonly service: string,
    private readonly sourceArn: string,
    private readonly access: (scope: IConstruct) => ServiceAccess,
  ) {}

  /** @internal */
  public _queueStatement(queueArn: string): iam.PolicyStatement {
    return new iam.PolicyStatement({
      sid: `SendFrom${this.name}`,
      principals: [new iam.ServicePrincipal(this.service)],
      actions: ['sqs:SendMessage'],
      resources: [queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': this.sourceArn } },
    });
  }

  /** @internal */
  public _keyStatements(scope: IConstruct): iam.PolicyStatement[] {
    return this.access(scope).statements(scope);
  }
}
