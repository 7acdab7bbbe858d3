import { IResolvable, Lazy, Mixin, Stack, Token } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { TABLE_KEY_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { checkKeptKey, isCustomerKey, nearestKey, whyKeyCannotServe } from '../kms/near';
import { replicaIn } from '../kms/replicas-of';
import { KEY_REFERENCE } from '../private/common-kinds';
import { EncryptionError, ownerPath, refuse } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument } from '../private/props';

type Replica = CfnGlobalTable.ReplicaSpecificationProperty;

/** The key of a replica by its Region; `undefined` where there is none. */
type KeyIn = (region: string) => string | undefined;

/**
 * Encrypts a table under a KMS key: `AWS::DynamoDB::Table`, and `AWS::DynamoDB::GlobalTable` with a key in each Region of a replica. DynamoDB encrypts what is in
 * the table anew. A table that already has a customer-managed key keeps it.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
 */
export class TableEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the table's Region; a global table with replicas in other Regions needs a `MultiRegionKey` with a replica in each
   */
  constructor(private readonly key: kms.IKeyRef) {
    super();
    checkArgument('TableEncryptionAtRest', 'key', key, KEY_REFERENCE);
  }

  /** Supports `CfnTable` and `CfnGlobalTable`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnTable.isCfnTable(construct) || CfnGlobalTable.isCfnGlobalTable(construct);
  }

  /**
   * Sets encryption and keys. When the app is synthesized, roles that read or write the table get the key. Throws for a key of another Region, and for a
   * replica in a Region in which there is no key.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnTable.isCfnTable(construct) && !CfnGlobalTable.isCfnGlobalTable(construct)) {
      refuseTarget('TableEncryptionAtRest', construct, 'tables (AWS::DynamoDB::Table, AWS::DynamoDB::GlobalTable)');
    }
    const isOneOfMany = this.scope.isOneOfMany(construct);
    const why = isOneOfMany() ? whyKeyCannotServe(this.key, construct) : undefined;
    if (why) {
      Completion.of(construct).leave(construct, why);
    } else {
      this._encrypt(construct, isOneOfMany, (region) => replicaIn(this.key, region)?.keyArn);
    }
  }

  /**
   * As `applyTo`, with the keys of replicas from elsewhere.
   *
   * @internal
   */
  public _encrypt(construct: IConstruct, isOneOfMany: () => boolean, keyIn: KeyIn): void {
    if (CfnTable.isCfnTable(construct)) { this.encryptTable(construct, isOneOfMany); }
    if (CfnGlobalTable.isCfnGlobalTable(construct)) { this.encryptGlobalTable(construct, isOneOfMany, keyIn); }
  }

  private encryptTable(table: CfnTable, isOneOfMany: () => boolean): void {
    const before = table.sseSpecification;
    const own = keyOf(before);
    if (own) { checkKeptKey(own, table); }
    const keyArn = own ?? this.keyFor(table);
    table.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: keyArn };
    Completion.of(table).protect({ resource: table, kind: 'table', isOneOfMany, keyArn: () => keyArn, undo: () => { table.sseSpecification = before; } });
  }

  private encryptGlobalTable(table: CfnGlobalTable, isOneOfMany: () => boolean, keyIn: KeyIn): void {
    const { sseSpecification, replicas } = table;
    const keyArn = this.keyFor(table);
    const stack = Stack.of(table);
    // Resolved, because of a stack whose Region is only known at deployment the two are references.
    const isOwnRegion = (region: string) => JSON.stringify(stack.resolve(region)) === JSON.stringify(stack.resolve(stack.region));
    const keyOfReplica = ({ region, sseSpecification: of }: Replica) =>
      keyOf(of) ?? (isOwnRegion(region) ? keyArn : keyIn(region) ?? refuseReplica(table, region));
    const withKeys = (list: Replica[]) => list.map((replica) => ({ ...replica, sseSpecification: { kmsMasterKeyId: keyOfReplica(replica) } }));
    table.sseSpecification = { sseEnabled: true, sseType: 'KMS' };
    table.replicas = Token.isUnresolved(replicas)
      ? Lazy.uncachedAny({ produce: (context) => withKeys(context.resolve(replicas as IResolvable)) }) : withKeys(replicas as Replica[]);
    Completion.of(table).protect({
      resource: table, kind: 'table', isOneOfMany, keyArn: () => keyArn, undo: () => { Object.assign(table, { sseSpecification, replicas }); },
    });
  }

  private keyFor(table: IConstruct): string {
    refuse(ownerPath(table), { encryptionKey: this.key as kms.IKey }, TABLE_KEY_REFUSALS);
    return nearestKey(this.key, table).keyRef.keyArn;
  }
}

/** The customer-managed key that an encryption names already. */
function keyOf(specification: unknown): string | undefined {
  const { kmsMasterKeyId } = (specification ?? {}) as { readonly kmsMasterKeyId?: string };
  return isCustomerKey(kmsMasterKeyId) ? kmsMasterKeyId : undefined;
}

function refuseReplica(table: IConstruct, region: string): never {
  throw new EncryptionError(ownerPath(table), 'TableReplicaNeedsKey',
    `'replicas' has ${region}, and there is no key for it there: DynamoDB uses a key only in its own Region. Make \`encryptionKey\` a MultiRegionKey with a replica in ${region}, in a stack of its own.`);
}
