import { CfnResource, Mixin, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { registerKey } from './encrypted-resources';
import { completeKeyPolicy } from './key-policies';
import { propertiesNow, topsOf, write, Writes } from './l1-properties';
import { ENCRYPTION_AT_REST } from './prop-shapes';
import { Intent, intentOf } from './row-intent';
import { Completion } from '../completion/registry';
import { TableEncryptionAtRest } from '../dynamodb/mixins';
import { nearestKey } from '../kms/near';
import { LogGroupEncryptionAtRest } from '../logs/mixins';
import { KEY_REFERENCE } from '../private/common-kinds';
import { EncryptionError, ownerPath } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument, checkProps } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import { warn } from '../private/warn';
import { DatabaseEncryptionAtRest } from '../rds/mixins';
import { BucketEncryptionAtRest } from '../s3/mixins';
import { SecretEncryptionAtRest } from '../secretsmanager/mixins';
import { TopicEncryptionAtRest } from '../sns/mixins';
import { QueueEncryptionAtRest } from '../sqs/mixins';
import { ENCRYPTION_TABLE } from '../table/encryption-table';
import type { AtRestRow } from '../table/row';

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
    this.orLeave(construct, isOneOfMany(), () => this.encrypt(construct as CfnResource, rows, isOneOfMany));
  }

  /** Among many a resource that cannot be under the key is left, and told. */
  private orLeave(construct: IConstruct, isOneOfMany: boolean, apply: () => void): void {
    try {
      apply();
    } catch (error) {
      if (!isOneOfMany || !(error instanceof EncryptionError)) { throw error; }
      warn(construct, 'LeftAsItWas', `${ownerPath(construct)} is left as it was, not encrypted under the KMS key: ${error.reason}`);
    }
  }

  private encrypt(resource: CfnResource, rows: readonly AtRestRow[], isOneOfMany: () => boolean): void {
    const paths = rows.flatMap(({ key = '', set, also, unencrypted, when = '', where, inherits = [], region = '' }) =>
      [key, when, region, ...inherits, ...Object.keys({ ...set, ...also, ...unencrypted, ...where })].filter((path) => !path.startsWith('.')));
    const intents = rows.flatMap((row) => intentOf(propertiesNow(resource, topsOf(paths)), row));
    intents.filter(({ inherited }) => inherited !== undefined).forEach(({ inherited, property }) => warn(resource, 'KeyIsInherited',
      `${ownerPath(resource)}: '${property}' was not set, because '${inherited}' decides under which key the data is.`));
    const wanted = intents.filter((intent) => intent.changes && intent.inherited === undefined && this.isHere(resource, intent));
    if (wanted.length === 0) { return; }
    this.refuseReplacement(resource, wanted);
    const key = nearestKey(this.key, resource);
    const writes: Writes = new Map();
    for (const intent of wanted) { intent.writes(key.keyRef.keyArn).forEach((value, path) => writes.set(path, value)); }
    write(resource, writes);
    if (!wanted.some(({ namesKey }) => namesKey)) { return; }
    completeKeyPolicy(resource, resource.cfnResourceType, this.key);
    registerKey(resource, key);
    // Groups that launch instances from it need the key.
    if (resource.cfnResourceType === 'AWS::EC2::LaunchTemplate') { Completion.of(resource).protect({ resource, kind: 'volume', isOneOfMany, keyArn: () => key.keyRef.keyArn }); }
  }

  /** A key that is to be in another Region is not set here. */
  private isHere(resource: CfnResource, { region, property }: Intent): boolean {
    if (region === undefined || (region !== 'elsewhere' && region === knownAtSynth(Stack.of(resource).region))) { return true; }
    warn(resource, 'KeyElsewhereNotSet', `${ownerPath(resource)}: '${property}' was not set, because it names a key of ${region === 'elsewhere' ? 'another Region or account' : region}. Set it to a key there.`);
    return false;
  }

  private refuseReplacement(resource: CfnResource, intents: readonly Intent[]): void {
    const replacing = intents.find(({ replaces }) => replaces !== undefined);
    if (!replacing || this.options.allowReplacement) { return; }
    const effect = {
      yes: 'makes CloudFormation replace the resource by an empty one',
      maybe: 'may make CloudFormation replace the resource by an empty one',
      refused: 'is refused by the service for a resource that is there',
    }[replacing.replaces!];
    throw new EncryptionError(ownerPath(resource), 'EncryptionReplacesResource',
      `'${replacing.property}' cannot be changed in place: that ${effect}. Copy the data to a new resource under the key; or say \`allowReplacement: true\` where the resource is new.`);
  }
}

/** The rows of a construct's type that can be set. */
function rowsOf(construct: IConstruct): readonly AtRestRow[] {
  if (!CfnResource.isCfnResource(construct)) { return []; }
  const type = construct.cfnResourceType.replace(/^AWS::/, '');
  const row = Object.hasOwn(ENCRYPTION_TABLE, type) ? ENCRYPTION_TABLE[type] : undefined;
  return (row?.atRest ?? []).filter(({ optional, leftOut }) => !optional && leftOut !== 'bucket' && leftOut !== 'parent');
}

