import { Duration, Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { DATA_KEY_REUSE_SECONDS } from './defaults';
import { QUEUE_ENCRYPTION_AT_REST } from './prop-shapes';
import { refuseSecondPolicyAtSynth } from './refuse-second-policy';
import { Completion, Tell } from '../completion/registry';
import { tellOf } from '../completion/tell-of';
import { encryptOrLeave } from '../kms/encrypt-or-leave';
import { isCustomerKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument, checkProps } from '../private/props';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { denyPlainHttp } from '../statements/transport-statements';

/** Options of the mixin `QueueEncryptionAtRest`. */
export interface QueueEncryptionAtRestOptions {
  /**
   * How long SQS reuses a data key before it asks KMS for the next: 1 minute to 24 hours. Longer costs less.
   *
   * @default - what the queue has already, else 5 minutes
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html#cfn-sqs-queue-kmsdatakeyreuseperiodseconds
   */
  readonly dataKeyReuse?: Duration;
}

/**
 * Encrypts the messages of a queue under a KMS key. Older messages stay as they are. A queue that already has a customer-managed
 * key keeps it.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 */
export class QueueEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the queue's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef, private readonly options: QueueEncryptionAtRestOptions = {}) {
    super();
    checkArgument('QueueEncryptionAtRest', 'key', key, KEY_REFERENCE);
    checkProps('QueueEncryptionAtRest', options, QUEUE_ENCRYPTION_AT_REST);
  }

  /** Supports `CfnQueue`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnQueue.isCfnQueue(construct);
  }

  /**
   * Sets the key and the data-key reuse period. When the app is synthesized, whoever sends to or receives from the queue gets the key.
   * Throws for a key of another Region.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnQueue.isCfnQueue(construct)) { refuseTarget('QueueEncryptionAtRest', construct, 'queues (AWS::SQS::Queue)'); }
    encryptOrLeave(construct, construct.kmsMasterKeyId, this.key, this.scope, (isOneOfMany) => this._encrypt(construct, isOneOfMany));
  }

  /**
   * As `applyTo`, for a queue whose own key has been judged.
   *
   * @internal
   */
  public _encrypt(construct: CfnQueue, isOneOfMany: () => boolean): void {
    const { kmsMasterKeyId, kmsDataKeyReusePeriodSeconds, sqsManagedSseEnabled } = construct;
    Completion.of(construct).protect({
      resource: construct,
      kind: 'queue',
      isOneOfMany,
      keyArn: () => construct.kmsMasterKeyId!,
      undo: () => { Object.assign(construct, { kmsMasterKeyId, kmsDataKeyReusePeriodSeconds, sqsManagedSseEnabled }); },
    });
    if (!isCustomerKey(construct.kmsMasterKeyId)) { construct.kmsMasterKeyId = nearestKey(this.key, construct).keyRef.keyArn; }
    construct.kmsDataKeyReusePeriodSeconds = this.options.dataKeyReuse?.toSeconds()
      ?? construct.kmsDataKeyReusePeriodSeconds ?? DATA_KEY_REUSE_SECONDS;
    construct.sqsManagedSseEnabled = undefined;
  }
}

/**
 * Denies every request to a queue that does not use TLS.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html#enforce-encryption-data-in-transit
 */
export class QueueTlsOnly extends Mixin {
  private readonly scope = new MixinScope();

  /** Supports `CfnQueue`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnQueue.isCfnQueue(construct);
  }

  /**
   * Adds the statement to the queue's policy when the app is synthesized: to the one that the app has, however it is made. A policy that cannot be
   * added to is an error; for one queue among the many of a scope a warning.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnQueue.isCfnQueue(construct)) { refuseTarget('QueueTlsOnly', construct, 'queues (AWS::SQS::Queue)'); }
    const isOneOfMany = this.scope.isOneOfMany(construct);
    this._limitLater(construct, tellOf(construct, isOneOfMany));
  }

  /**
   * As `applyTo`; `tell` is told of a policy that cannot be added to.
   *
   * @internal
   */
  public _limitLater(construct: CfnQueue, tell: Tell): void {
    Completion.of(construct).addToPolicy(construct, statements(construct), tell);
    refuseSecondPolicyAtSynth(construct, tell);
  }

  /**
   * As `applyTo`, for a queue that is made only now.
   *
   * @internal
   */
  public _limit(construct: CfnQueue): void {
    addToResourcePolicyOf(construct, statements(construct));
    refuseSecondPolicyAtSynth(construct);
  }
}

const statements = ({ attrArn }: CfnQueue) => [denyPlainHttp(['sqs:*'], [attrArn])];
