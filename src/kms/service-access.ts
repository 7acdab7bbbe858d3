import { Arn, ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { CLOUDWATCH_LOGS_ACCESS, serviceSource } from './prop-shapes';
import type { CloudWatchLogsAccessOptions, ServiceSourceOptions } from './service-access-options';
import { TEXT } from '../private/common-kinds';
import { checkArgument, checkProps } from '../private/props';
import { ENCRYPT_DECRYPT_ACTIONS, WRITE_ENCRYPTED_ACTIONS } from '../statements/actions';
import { allowService, allowViaService, KeyEnvironment, sourceConditions } from '../statements/service-statements';
import { viaService } from '../statements/via-service';

/**
 * The exact key-policy statements that an AWS service needs to use a key, with the confused-deputy conditions that the
 * service supports.
 *
 * Give them to `EncryptionKey` (`services`, `addServiceAccess`); for a plain `kms.Key` add `statements(scope)` to its
 * policy yourself.
 */
export class ServiceAccess {
  /**
   * Amazon S3 sends event notifications to queues and topics under the key.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
   */
  public static s3EventNotifications(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.s3EventNotifications', options, serviceSource('ServiceAccess.s3EventNotifications'));
    return ServiceAccess.messagesFrom('S3EventNotifications', 's3.amazonaws.com', options);
  }

  /**
   * Amazon SNS delivers to queues under the key.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
   */
  public static sns(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.sns', options, serviceSource('ServiceAccess.sns'));
    return ServiceAccess.messagesFrom('Sns', 'sns.amazonaws.com', options);
  }

  /**
   * EventBridge rules, and event buses with their dead letters, send to queues and topics under the key, in the key's account and Region.
   *
   * The encryption context limits both: the ARN of the queue or topic. For queues also the account on whose behalf EventBridge acts, wherever it
   * says so (`StringEqualsIfExists`, so that no event is lost where it does not): "When using SSE enabled Amazon SQS queues, the following services
   * support `aws:SourceArn`: … CloudWatch Events" (SQS guide), and `aws:SourceAccount` is "the account in which the rule specified by
   * `aws:SourceArn` exists" (EventBridge guide). For topics neither is possible: "Adding the `aws:SourceAccount`, `aws:SourceArn`, and
   * `aws:SourceOrgID` to a AWS KMS policy is not supported for EventBridge-to-encrypted topics" (SNS guide).
   *
   * The other guides: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html and
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   */
  public static eventBridge(): ServiceAccess {
    return new ServiceAccess((env) => [
      allowService('EventBridgeToQueues', 'events.amazonaws.com', WRITE_ENCRYPTED_ACTIONS, {
        StringEqualsIfExists: { 'aws:SourceAccount': env.account }, ArnLike: { [ENCRYPTION_CONTEXT.sqs]: arnIn(env, 'sqs', '*') },
      }),
      allowService('EventBridgeToTopics', 'events.amazonaws.com', WRITE_ENCRYPTED_ACTIONS, {
        ArnLike: { [ENCRYPTION_CONTEXT.sns]: arnIn(env, 'sns', '*') },
      }),
    ]);
  }

  /**
   * CloudWatch alarms publish to topics under the key.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   */
  public static cloudWatchAlarms(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.cloudWatchAlarms', options, serviceSource('ServiceAccess.cloudWatchAlarms'));
    return ServiceAccess.messagesFrom('CloudWatchAlarms', 'cloudwatch.amazonaws.com', options);
  }

  /**
   * CloudWatch Logs encrypts log groups, limited by the ARN of the log group in the encryption context.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  public static cloudWatchLogs(options: CloudWatchLogsAccessOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.cloudWatchLogs', options, CLOUDWATCH_LOGS_ACCESS);
    const names = options.logGroupNames ?? ['*'];
    return new ServiceAccess((env) => [allowService(
      'CloudWatchLogs',
      `logs.${env.region}.${env.urlSuffix}`,
      ENCRYPT_DECRYPT_ACTIONS,
      { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': names.map((name) => arnIn(env, 'logs', `log-group:${name}`)) } },
    )]);
  }

  /**
   * CloudFront reads (and, where the distribution allows uploads, writes) objects through origin access control.
   *
   * CloudFront acts for a distribution, so its ARN is the limit. The ARN of a distribution in front of a bucket under this key
   * would make a circular dependency. Leave `sourceArns` out then: every distribution of the source account may use the key.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
   */
  public static cloudFront(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.cloudFront', options, serviceSource('ServiceAccess.cloudFront'));
    return new ServiceAccess((env) => [allowService(
      'CloudFront',
      'cloudfront.amazonaws.com',
      ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'],
      options.sourceArns || options.sourceOrganization ? sourceConditions(sourceOf(options), env) : {
        ArnLike: { 'aws:SourceArn': `arn:${env.partition}:cloudfront::${options.sourceAccount ?? env.account}:distribution/*` },
      },
    )]);
  }

  /**
   * EC2 Auto Scaling launches instances with volumes under the key, through its service-linked role.
   *
   * The role must exist before the key is made (`aws iam create-service-linked-role --aws-service-name
   * autoscaling.amazonaws.com`): KMS refuses a policy that names a missing role. A role needs no confused-deputy condition.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  public static autoScaling(): ServiceAccess {
    return new ServiceAccess((env) => {
      const role = new iam.ArnPrincipal(
        `arn:${env.partition}:iam::${env.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      );
      return [
        new iam.PolicyStatement({ sid: 'AutoScaling', principals: [role], actions: [...ENCRYPT_DECRYPT_ACTIONS], resources: ['*'] }),
        new iam.PolicyStatement({
          sid: 'AutoScalingGrants',
          principals: [role],
          actions: ['kms:CreateGrant'],
          resources: ['*'],
          conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        }),
      ];
    });
  }

  /**
   * Amazon SES encrypts received mail before it writes it to S3, limited by the account in the encryption context.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html#receiving-email-permissions-kms
   */
  public static sesInbound(): ServiceAccess {
    return new ServiceAccess((env) => [allowService('SesInbound', 'ses.amazonaws.com', ['kms:Encrypt', 'kms:GenerateDataKey*'], {
      Null: { 'kms:EncryptionContext:aws:ses:rule-name': 'false', 'kms:EncryptionContext:aws:ses:message-id': 'false' },
      StringEquals: { 'kms:EncryptionContext:aws:ses:source-account': env.account },
    })]);
  }

  /**
   * AWS Backup encrypts the recovery points of a vault, with the credentials of whoever starts the job.
   *
   * AWS Backup acts with a role, not as a service principal: `kms:ViaService` and `kms:CallerAccount` are its limits.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
   */
  public static backup(): ServiceAccess {
    return new ServiceAccess((env) => allowViaService('Backup', [viaService('backup', env)], env.account));
  }

  /**
   * AWS Config delivers configuration history to a bucket under the key.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
   */
  public static config(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.config', options, serviceSource('ServiceAccess.config'));
    return ServiceAccess.messagesFrom('Config', 'config.amazonaws.com', options);
  }

  /**
   * CloudTrail encrypts the log files of its trails: only of trails in the source account, and, where `sourceArns` are
   * given, only of those.
   *
   * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
   */
  public static cloudTrail(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.cloudTrail', options, serviceSource('ServiceAccess.cloudTrail'));
    return new ServiceAccess((env) => {
      const trails = `arn:${env.partition}:cloudtrail:*:${options.sourceAccount ?? env.account}:trail/*`;
      const source = { ArnLike: { 'aws:SourceArn': options.sourceArns ?? [trails] } };
      return [
        allowService('CloudTrail', 'cloudtrail.amazonaws.com', WRITE_ENCRYPTED_ACTIONS, {
          ...source, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
        }),
        allowService('CloudTrailDescribe', 'cloudtrail.amazonaws.com', ['kms:DescribeKey'], source),
      ];
    });
  }

  /**
   * Vended logs (VPC flow logs, Route 53 resolver query logs, AWS WAF, Network Load Balancers and others) are delivered to a
   * bucket under the key. `EncryptedBucket` adds this itself where its policy allows the delivery.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html#AWS-logs-SSE-KMS-S3
   */
  public static logDelivery(options: ServiceSourceOptions = {}): ServiceAccess {
    checkProps('ServiceAccess.logDelivery', options, serviceSource('ServiceAccess.logDelivery'));
    return new ServiceAccess((env) => [allowService('LogDelivery', 'delivery.logs.amazonaws.com', ENCRYPT_DECRYPT_ACTIONS, sourceConditions({
      ...sourceOf(options), arns: options.sourceArns ?? [`arn:${env.partition}:logs:*:${options.sourceAccount ?? env.account}:*`],
    }, env))]);
  }

  /**
   * Any principal in the key's account that may use the service can use the key through it, as with AWS-managed keys.
   *
   * For services that act with their caller's credentials (`secretsmanager`, `s3`, `rds`, `ec2`, `dynamodb`, `lambda`, `sqs` …).
   * The callers need no IAM permissions on the key, so leave this out where the account's IAM policies should decide.
   *
   * @param service the service's name in the endpoint, without Region, for example `secretsmanager`
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  public static viaService(service: string): ServiceAccess {
    checkArgument('ServiceAccess.viaService', 'service', service, TEXT);
    const name = service.replace(/\..*$/, '');
    return new ServiceAccess((env) => allowViaService(
      `Via${name.charAt(0).toUpperCase()}${name.slice(1).replace(/[^A-Za-z0-9]/g, '')}`, [viaService(name, env)], env.account,
    ));
  }

  private static messagesFrom(sid: string, service: string, options: ServiceSourceOptions): ServiceAccess {
    return new ServiceAccess((env) => [
      allowService(sid, service, WRITE_ENCRYPTED_ACTIONS, sourceConditions(sourceOf(options), env)),
    ]);
  }

  private constructor(private readonly render: (env: KeyEnvironment) => iam.PolicyStatement[]) {}

  /**
   * The statements for a key in the stack of `scope`.
   *
   * @param scope the key, or any construct in its stack: gives Region, account and partition
   */
  public statements(scope: IConstruct): iam.PolicyStatement[] {
    const { region, account } = Stack.of(scope);
    return this.render({ partition: Aws.PARTITION, urlSuffix: Aws.URL_SUFFIX, region, account });
  }
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html */
const ENCRYPTION_CONTEXT = {
  sqs: 'kms:EncryptionContext:aws:sqs:arn',
  sns: 'kms:EncryptionContext:aws:sns:topicArn',
};

function sourceOf(options: ServiceSourceOptions) {
  return { arns: options.sourceArns, account: options.sourceAccount, organization: options.sourceOrganization };
}

function arnIn(env: KeyEnvironment, service: string, resource: string): string {
  const { partition, region, account } = env;
  return Arn.format({ partition, region, account, service, resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}
