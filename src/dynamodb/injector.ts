import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { TableEncryptionAtRest } from './mixins';
import { TABLE_REFUSALS, TABLE_V2_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import { canNameReplicas, replicaIn } from '../kms/replicas-of';
import { InjectorsOf, ProtectingInjector } from '../private/injector';
import { warn } from '../private/warn';

/** Encrypts every `dynamodb.TableV2` under the key when the app is synthesized, each replica under the key of its Region. */
export class TableV2Injector extends ProtectingInjector<dynamodb.TablePropsV2> {
  public static readonly TARGET = dynamodb.TableV2.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = TABLE_V2_REFUSALS;

  protected protect(
    props: dynamodb.TablePropsV2, path: string, scope: IConstruct, insecure: ReadonlySet<keyof dynamodb.TablePropsV2>,
  ): Partial<dynamodb.TablePropsV2> {
    if (insecure.has('encryption')) { return {}; }
    const { tableKey } = (props.encryption ?? {}) as { readonly tableKey?: kms.IKey };
    if (tableKey) {
      // The CDK writes the keys that the code gives; whoever uses the table gets them.
      Completion.of(scope).later(path, (table) => new TableEncryptionAtRest(tableKey)._encrypt(table, () => true, () => undefined));
      return {};
    }
    const { givenKey } = this.settings;
    const keyIn = (region: string) => (canNameReplicas(givenKey, scope) ? replicaIn(givenKey, region)?.keyArn : undefined);
    const without = (props.replicas ?? []).map(({ region }) => region).filter((region) => keyIn(region) === undefined);
    if (without.length > 0) {
      leave(scope, path, `it has replicas in ${without.join(', ')}, where there is no key for it. Give EncryptionDefaults a MultiRegionKey with a replica in each, made in a stack of its own`);
      return {};
    }
    const key = this.settings.keyFor(scope, path, props.removalPolicy);
    Completion.of(scope).later(path, (table) => new TableEncryptionAtRest(key)._encrypt(table, () => true, keyIn));
    return {};
  }
}

/** Encrypts every `dynamodb.Table` under the key when the app is synthesized. */
export class TableInjector extends KeyedInjector<dynamodb.TableProps> {
  public static readonly TARGET = dynamodb.Table.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = TABLE_REFUSALS;

  protected protect(
    props: dynamodb.TableProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof dynamodb.TableProps>,
  ): Partial<dynamodb.TableProps> {
    if (insecure.has('encryption') || insecure.has('encryptionKey')) { return {}; }
    if (props.replicationRegions?.length) {
      leave(scope, path, 'its `replicationRegions` are made by a custom resource, which gives replicas no key. Use `EncryptedTable` or `dynamodb.TableV2` for a new table');
      return {};
    }
    const key = this.keyOf(props.encryptionKey, props.removalPolicy, path, scope);
    Completion.of(scope).later(path, (table) => { if (key) { new TableEncryptionAtRest(key)._encrypt(table, () => true, () => undefined); } });
    return {};
  }
}

function leave(scope: IConstruct, path: string, why: string): void {
  warn(scope, 'TableLeftAsItWas', `${path} is left as it was, not encrypted under the KMS key, because ${why}.`);
}

export const injectors: InjectorsOf = (settings, previous) => [
  new TableV2Injector(TableV2Injector.TARGET, settings, TableV2Injector.REFUSALS, previous(TableV2Injector.TARGET)),
  new TableInjector(TableInjector.TARGET, settings, TableInjector.REFUSALS, previous(TableInjector.TARGET)),
];
