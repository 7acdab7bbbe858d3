import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { PUBLISH } from './defaults';
import { toPolicyStatement } from '../completion/statements';
import { serviceStatement } from '../flows/needs';
import { BUCKET, GRANTEE, TEXT } from '../private/common-kinds';
import { EncryptionError } from '../private/errors';
import { checkAccountId } from '../private/ids';
import { checkArgument } from '../private/props';
import { WRITE_ENCRYPTED_ACTIONS } from '../statements/actions';
import { viaService } from '../statements/via-service';

/** How a publisher gets into the topic's policy and the key's. */
interface Publisher {
  /** A part of statement names; left out, the name that the key's statement has. */
  readonly name?: string;
  readonly principal?: iam.IPrincipal;
  readonly service?: string;
  readonly sourceArn?: string;
  /** The account of a source; left out, the topic's own. */
  readonly sourceAccount?: string;
  /** EventBridge names no source. */
  readonly withoutSource?: boolean;
  readonly role?: iam.IGrantable;
}

/**
 * Somebody who publishes to an encrypted topic: `topic.allowPublishFrom(TopicPublisher.bucket(bucket))`.
 *
 * What the app wires itself (an alarm's `SnsAction`, a rule's `SnsTopic` target, a bucket's `SnsDestination`, a budget) is found when the app
 * is synthesized, and needs no call.
 */
export class TopicPublisher {
  /**
   * Event notifications of a bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
   */
  public static bucket(bucket: s3.IBucket): TopicPublisher {
    checkArgument('TopicPublisher.bucket', 'bucket', bucket, BUCKET);
    return new TopicPublisher({ name: 'S3', service: 's3.amazonaws.com', sourceArn: bucket.bucketArn, sourceAccount: bucket.env.account });
  }

  /**
   * Rules of EventBridge in the topic's account. Neither the topic's policy nor the key's can name the rule: EventBridge does not say
   * it. The key's policy names the topics of the account in the encryption context.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   */
  public static eventBridge(): TopicPublisher {
    return new TopicPublisher({ service: 'events.amazonaws.com', withoutSource: true });
  }

  /**
   * CloudWatch alarms of the topic's account.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
   */
  public static alarms(): TopicPublisher {
    return new TopicPublisher({ service: 'cloudwatch.amazonaws.com' });
  }

  /**
   * AWS Budgets of the topic's account.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   */
  public static budgets(): TopicPublisher {
    return new TopicPublisher({ service: 'budgets.amazonaws.com' });
  }

  /**
   * Notification rules of CodeBuild, CodeCommit, CodeDeploy and CodePipeline.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
   */
  public static codeStarNotifications(): TopicPublisher {
    return new TopicPublisher({ service: 'codestar-notifications.amazonaws.com' });
  }

  /**
   * Amazon SES: bounces, complaints, deliveries and received mail.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/configure-sns-notifications.html
   */
  public static ses(): TopicPublisher {
    return new TopicPublisher({ service: 'ses.amazonaws.com' });
  }

  /**
   * Any other AWS service that publishes with a principal of its own, for resources of the topic's account. The service must say
   * for which account it acts (`aws:SourceAccount`): look in its guide.
   *
   * @param servicePrincipal for example `backup.amazonaws.com`
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
   */
  public static service(servicePrincipal: string): TopicPublisher {
    checkArgument('TopicPublisher.service', 'servicePrincipal', servicePrincipal, TEXT);
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(servicePrincipal)) {
      throw new EncryptionError('TopicPublisher.service', 'ServicePrincipalMalformed',
        `'servicePrincipal' must be the principal of an AWS service, got '${servicePrincipal}'. Give it as 'backup.amazonaws.com'.`);
    }
    return new TopicPublisher({ service: servicePrincipal, withoutSource: servicePrincipal === 'events.amazonaws.com' });
  }

  /**
   * A role, user or function that publishes: its own policy gets the topic and the key.
   */
  public static role(role: iam.IGrantable): TopicPublisher {
    checkArgument('TopicPublisher.role', 'role', role, GRANTEE);
    return new TopicPublisher({ role });
  }

  /**
   * Another account; its own IAM policies then decide which of its principals publish.
   *
   * @param accountId 12 digits
   */
  public static account(accountId: string): TopicPublisher {
    checkAccountId('TopicPublisher.account', accountId);
    return new TopicPublisher({ name: 'Account', principal: new iam.AccountPrincipal(accountId) });
  }

  private constructor(private readonly publisher: Publisher) {}

  /** @internal */
  public get _role(): iam.IGrantable | undefined {
    return this.publisher.role;
  }

  /** @internal */
  public _topicStatements(scope: IConstruct, topicArn: string): iam.PolicyStatement[] {
    const { name, principal, service, sourceArn, sourceAccount, withoutSource } = this.publisher;
    const who = principal ?? (service ? new iam.ServicePrincipal(service) : undefined);
    if (!who) { return []; }
    const conditions = {
      ...(sourceArn ? { ArnLike: { 'aws:SourceArn': sourceArn } } : {}),
      ...(service && !withoutSource ? { StringEquals: { 'aws:SourceAccount': sourceAccount ?? Stack.of(scope).account } } : {}),
    };
    return [new iam.PolicyStatement({
      sid: `PublishFrom${name ?? this.keyStatement(scope)!.sid}`,
      principals: [who],
      actions: [PUBLISH],
      resources: [topicArn],
      conditions: Object.keys(conditions).length > 0 ? conditions : undefined,
    })];
  }

  /** What a role is allowed: in its own policy, or in the topic's where it has none. @internal */
  public _roleStatements(topicArn: string): iam.PolicyStatement[] {
    const { role } = this.publisher;
    return role ? [new iam.PolicyStatement({ principals: [role.grantPrincipal], actions: [PUBLISH], resources: [topicArn] })] : [];
  }

  /** @internal */
  public _keyStatements(scope: IConstruct): iam.PolicyStatement[] {
    const { principal } = this.publisher;
    const ofService = this.keyStatement(scope);
    if (ofService) { return [ofService]; }
    return principal ? [new iam.PolicyStatement({
      sid: 'PublishFromAccount',
      principals: [principal],
      actions: [...WRITE_ENCRYPTED_ACTIONS],
      resources: ['*'],
      conditions: { StringEquals: { 'kms:ViaService': viaService('sns', Stack.of(scope)) } },
    })] : [];
  }

  /** As completion writes it when it finds the service itself. */
  private keyStatement(scope: IConstruct): iam.PolicyStatement | undefined {
    const { service, sourceAccount } = this.publisher;
    const { account, region } = Stack.of(scope);
    return service ? toPolicyStatement(serviceStatement({ kind: 'service', service }, 'topic', sourceAccount ?? account, region), scope) : undefined;
  }
}
