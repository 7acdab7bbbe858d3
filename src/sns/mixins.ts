import { Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { PUBLISH } from './defaults';
import { refuseSecondPolicyAtSynth } from './refuse-second-policy';
import { Completion, Tell } from '../completion/registry';
import { tellOf } from '../completion/tell-of';
import { encryptOrLeave } from '../kms/encrypt-or-leave';
import { isCustomerKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument } from '../private/props';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { denyPlainHttp } from '../statements/transport-statements';

/**
 * Encrypts the messages of a topic under a KMS key. A topic that already has a customer-managed key keeps it.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
 */
export class TopicEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the topic's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef) {
    super();
    checkArgument('TopicEncryptionAtRest', 'key', key, KEY_REFERENCE);
  }

  /** Supports `CfnTopic`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnTopic.isCfnTopic(construct);
  }

  /** Sets the key. When the app is synthesized, whoever publishes to the topic gets it. Throws for a key of another Region. */
  public applyTo(construct: IConstruct): void {
    if (!CfnTopic.isCfnTopic(construct)) { refuseTarget('TopicEncryptionAtRest', construct, 'topics (AWS::SNS::Topic)'); }
    encryptOrLeave(construct, construct.kmsMasterKeyId, this.key, this.scope, (isOneOfMany) => this._encrypt(construct, isOneOfMany));
  }

  /**
   * As `applyTo`, for a topic whose own key has been judged.
   *
   * @internal
   */
  public _encrypt(construct: CfnTopic, isOneOfMany: () => boolean): void {
    const { kmsMasterKeyId } = construct;
    refuseSecondPolicyAtSynth(construct, tellOf(construct, isOneOfMany));
    Completion.of(construct).protect({
      resource: construct,
      kind: 'topic',
      isOneOfMany,
      keyArn: () => construct.kmsMasterKeyId!,
      undo: () => { construct.kmsMasterKeyId = kmsMasterKeyId; },
    });
    if (!isCustomerKey(construct.kmsMasterKeyId)) { construct.kmsMasterKeyId = nearestKey(this.key, construct).keyRef.keyArn; }
  }
}

/**
 * Denies every message to a topic that does not come over TLS.
 *
 * A topic without a policy has SNS's default one, which allows the services of its account to publish. A policy replaces it, so that part of it is
 * written beside the Deny where the app has no policy of its own.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit
 */
export class TopicTlsOnly extends Mixin {
  private readonly scope = new MixinScope();

  /** Supports `CfnTopic`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnTopic.isCfnTopic(construct);
  }

  /**
   * Adds the statement to the topic's policy when the app is synthesized: to the one that the app has, however it is made. A policy that cannot be
   * added to is an error; for one topic among the many of a scope a warning.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnTopic.isCfnTopic(construct)) { refuseTarget('TopicTlsOnly', construct, 'topics (AWS::SNS::Topic)'); }
    const isOneOfMany = this.scope.isOneOfMany(construct);
    this._limitLater(construct, tellOf(construct, isOneOfMany));
  }

  /**
   * As `applyTo`; `tell` is told of a policy that cannot be added to.
   *
   * @internal
   */
  public _limitLater(construct: CfnTopic, tell: Tell): void {
    Completion.of(construct).keepDefaultPolicy(construct);
    Completion.of(construct).addToPolicy(construct, statements(construct), tell);
    refuseSecondPolicyAtSynth(construct, tell);
  }

  /**
   * As `applyTo`, for a topic that is made only now.
   *
   * @internal
   */
  public _limit(construct: CfnTopic): void {
    addToResourcePolicyOf(construct, statements(construct));
    refuseSecondPolicyAtSynth(construct);
  }
}

const statements = ({ ref }: CfnTopic) => [denyPlainHttp([PUBLISH], [ref])];
