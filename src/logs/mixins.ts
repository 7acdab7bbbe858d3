import { Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { LOG_GROUP_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { encryptOrLeave } from '../kms/encrypt-or-leave';
import { isCustomerKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { ownerPath, refuse } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument } from '../private/props';

/**
 * Encrypts the events of a log group under a KMS key. Older events stay as they are. A log group that already has a customer-managed key keeps it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class LogGroupEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the log group's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef) {
    super();
    checkArgument('LogGroupEncryptionAtRest', 'key', key, KEY_REFERENCE);
  }

  /** Supports `CfnLogGroup`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnLogGroup.isCfnLogGroup(construct);
  }

  /**
   * Sets the key. When the app is synthesized, the key's policy allows CloudWatch Logs to use it for this log group. Throws for a key of another
   * Region, and for an alias of another app.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnLogGroup.isCfnLogGroup(construct)) { refuseTarget('LogGroupEncryptionAtRest', construct, 'log groups (AWS::Logs::LogGroup)'); }
    encryptOrLeave(construct, construct.kmsKeyId, this.key, this.scope, (isOneOfMany) => this._encrypt(construct, isOneOfMany));
  }

  /**
   * As `applyTo`, for a log group whose own key has been judged.
   *
   * @internal
   */
  public _encrypt(construct: CfnLogGroup, isOneOfMany: () => boolean): void {
    const { kmsKeyId } = construct;
    Completion.of(construct).protect({
      resource: construct,
      kind: 'logGroup',
      isOneOfMany,
      keyArn: () => construct.kmsKeyId!,
      undo: () => { construct.kmsKeyId = kmsKeyId; },
    });
    if (isCustomerKey(construct.kmsKeyId)) { return; }
    refuse(ownerPath(construct), { encryptionKey: this.key }, LOG_GROUP_REFUSALS);
    construct.kmsKeyId = nearestKey(this.key, construct).keyRef.keyArn;
  }
}
