import { CfnResource, Mixin } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { nothingHere } from './nothing-here';
import { ENCRYPTION_AT_REST } from './prop-shapes';
import type { Intent } from './row-intent';
import { Door, effectOf, putUnderKey, rowsOf } from './under-key';
import { TableEncryptionAtRest } from '../dynamodb/mixins';
import { LogGroupEncryptionAtRest } from '../logs/mixins';
import { KEY_REFERENCE } from '../private/common-kinds';
import { EncryptionError, ownerPath } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument, checkProps } from '../private/props';
import { warn, warnInPlaceOf } from '../private/warn';
import { DatabaseEncryptionAtRest } from '../rds/mixins';
import { BucketEncryptionAtRest } from '../s3/mixins';
import { SecretEncryptionAtRest } from '../secretsmanager/mixins';
import { TopicEncryptionAtRest } from '../sns/mixins';
import { QueueEncryptionAtRest } from '../sqs/mixins';

/** Options of the mixin `EncryptionAtRest`. */
export interface EncryptionAtRestOptions {
  /**
   * Allows CloudFormation to replace resources: of many types the key cannot be changed in place. The new resource is empty. Say so where the
   * resource is new, or its data may go.
   *
   * @default false - such a resource is an error; among the many of a scope it is left as it was, with a warning
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  readonly allowReplacement?: boolean;
}

/**
 * Encrypts any resource that has a KMS property under a key: sets the key and what else says that it is used. A resource that names a
 * customer-managed key already keeps it.
 *
 * What services this library knows by themselves (buckets, queues, topics, tables, secrets, log groups, databases) get what their own mixin does.
 * docs/services.md lists all types.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
 */
export class EncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();
  /** The mixins of services that have one. */
  private readonly own: readonly Mixin[];

  /**
   * @param key the customer-managed key, in the Region of the resources; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef, private readonly options: EncryptionAtRestOptions = {}) {
    super();
    checkArgument('EncryptionAtRest', 'key', key, KEY_REFERENCE);
    checkProps('EncryptionAtRest', options, ENCRYPTION_AT_REST);
    this.own = [
      new BucketEncryptionAtRest(key), new QueueEncryptionAtRest(key), new TopicEncryptionAtRest(key), new TableEncryptionAtRest(key),
      new SecretEncryptionAtRest(key), new LogGroupEncryptionAtRest(key), new DatabaseEncryptionAtRest(key, options),
    ];
  }

  /** Supports every L1 of a type that has a KMS property. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    const own = this.own.map((mixin) => mixin.supports(construct));
    return own.includes(true) || rowsOf(construct).length > 0;
  }

  /**
   * Sets the key. Throws for a key of another Region, and where the change would replace the resource without `allowReplacement`; over a scope
   * of many such resources are left as they were, with a warning.
   */
  public applyTo(construct: IConstruct): void {
    const isOneOfMany = this.scope.isOneOfMany(construct);
    // A plain `CfnResource` has none of the props that these change.
    const own = construct.constructor === CfnResource ? undefined : this.own.find((mixin) => mixin.supports(construct));
    if (own) { return this.orLeave(construct, isOneOfMany(), () => own.applyTo(construct)); }
    const rows = rowsOf(construct);
    if (rows.length === 0) { refuseTarget('EncryptionAtRest', construct, 'resources that have a KMS property (docs/services.md)'); }
    const nothing = nothingHere(construct as CfnResource, rows);
    if (nothing !== undefined) { return tellLeft(construct, nothing); }
    this.orLeave(construct, isOneOfMany(), () => putUnderKey(construct as CfnResource, rows, this.door(isOneOfMany, construct)));
  }

  /** Among many a resource that cannot be under the key is left, and told. */
  private orLeave(construct: IConstruct, isOneOfMany: boolean, apply: () => void): void {
    try {
      apply();
    } catch (error) {
      if (!isOneOfMany || !(error instanceof EncryptionError)) { throw error; }
      tellLeft(construct, error.reason);
    }
  }

  private door(isOneOfMany: () => boolean, resource: IConstruct): Door {
    return {
      keyFor: () => this.key,
      mayReplace: (intent) => this.options.allowReplacement === true || refuseReplacement(resource, intent),
      mayOverride: () => true,
      roleWithoutKey: (error) => {
        if (isOneOfMany()) { throw error; }
        warnInPlaceOf(error, resource);
      },
      isOneOfMany,
    };
  }
}

function tellLeft(construct: IConstruct, why: string): void {
  warn(construct, 'LeftAsItWas', `${ownerPath(construct)} is left as it was, not encrypted under the KMS key: ${why}`);
}

function refuseReplacement(resource: IConstruct, intent: Intent): never {
  throw new EncryptionError(ownerPath(resource), 'EncryptionReplacesResource',
    `'${intent.property}' cannot be changed in place: that ${effectOf(intent)}. Copy the data to a new resource under the key; or say \`allowReplacement: true\` where the resource is new.`);
}
