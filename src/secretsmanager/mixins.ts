import { Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnResourcePolicy, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import { SECRET_KEY_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { encryptOrLeave } from '../kms/encrypt-or-leave';
import { isCustomerKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { ownerPath, refuse } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument } from '../private/props';

/**
 * Encrypts a secret under a KMS key. A secret that already has a customer-managed key keeps it; its replicas keep theirs.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export class SecretEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the secret's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef) {
    super();
    checkArgument('SecretEncryptionAtRest', 'key', key, KEY_REFERENCE);
  }

  /** Supports `CfnSecret`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnSecret.isCfnSecret(construct);
  }

  /** Sets the key. When the app is synthesized, whoever reads or writes the secret gets it. Throws for a key of another Region. */
  public applyTo(construct: IConstruct): void {
    if (!CfnSecret.isCfnSecret(construct)) { refuseTarget('SecretEncryptionAtRest', construct, 'secrets (AWS::SecretsManager::Secret)'); }
    encryptOrLeave(construct, construct.kmsKeyId, this.key, this.scope, (isOneOfMany) => this._encrypt(construct, isOneOfMany));
  }

  /**
   * As `applyTo`, for a secret whose own key has been judged.
   *
   * @internal
   */
  public _encrypt(construct: CfnSecret, isOneOfMany: () => boolean): void {
    const { kmsKeyId } = construct;
    Completion.of(construct).protect({
      resource: construct,
      kind: 'secret',
      isOneOfMany,
      keyArn: () => construct.kmsKeyId!,
      undo: () => { construct.kmsKeyId = kmsKeyId; },
    });
    if (isCustomerKey(construct.kmsKeyId)) { return; }
    refuse(ownerPath(construct), { encryptionKey: this.key as kms.IKey }, SECRET_KEY_REFUSALS);
    construct.kmsKeyId = nearestKey(this.key, construct).keyRef.keyArn;
  }
}

/**
 * Has Secrets Manager refuse a secret's resource policy that would allow everybody to read it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html#SecretsManager-PutResourcePolicy-request-BlockPublicPolicy
 */
export class SecretBlocksPublicPolicy extends Mixin {
  /** Supports `CfnResourcePolicy` of Secrets Manager. */
  public supports(construct: IConstruct): boolean {
    return CfnResourcePolicy.isCfnResourcePolicy(construct);
  }

  /** Sets `BlockPublicPolicy`. */
  public applyTo(construct: IConstruct): void {
    if (!CfnResourcePolicy.isCfnResourcePolicy(construct)) {
      refuseTarget('SecretBlocksPublicPolicy', construct, 'policies of secrets (AWS::SecretsManager::ResourcePolicy)');
    }
    construct.blockPublicPolicy = true;
  }
}
