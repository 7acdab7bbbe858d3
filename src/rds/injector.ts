import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import { parametersWithTls, requireTls } from './database-protection';
import { INSECURE_DATABASE } from './refusals';
import { nearestKey } from '../kms/near';
import { InjectorsOf, ProtectingInjector } from '../private/injector';
import { warn } from '../private/warn';

/** What the injectors read and write of an instance and of a cluster. */
interface InjectedProps {
  readonly engine: rds.IEngine;
  readonly storageEncrypted?: boolean;
  readonly storageEncryptionKey?: kms.IKeyRef;
  readonly parameterGroup?: rds.IParameterGroup;
  readonly parameters?: { [key: string]: string };
  readonly publiclyAccessible?: boolean;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Makes every database refuse connections without TLS. Its storage is encrypted under the key only where that is asked
 * for by the database's path: on a live database it is a replacement, and the new one is empty.
 */
export class DatabaseInjector extends ProtectingInjector<InjectedProps> {
  public static readonly TARGETS = [rds.DatabaseInstance.PROPERTY_INJECTION_ID, rds.DatabaseCluster.PROPERTY_INJECTION_ID];
  public static readonly REFUSALS = INSECURE_DATABASE;

  protected protect(props: InjectedProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof InjectedProps>): Partial<InjectedProps> {
    return {
      ...this.tls(props, path, scope),
      ...this.storage(props, path, scope),
      ...(this.constructUniqueId === rds.DatabaseInstance.PROPERTY_INJECTION_ID && !insecure.has('publiclyAccessible') && { publiclyAccessible: false }),
    };
  }

  private tls(props: InjectedProps, path: string, scope: IConstruct): Partial<InjectedProps> {
    let parameters = props.parameters;
    this.accepts(scope, () => {
      parameters = parametersWithTls(path, props, props.engine);
      requireTls(path, props.engine, props.parameterGroup);
    });
    return parameters ? { parameters } : {};
  }

  private storage(props: InjectedProps, path: string, scope: IConstruct): Partial<InjectedProps> {
    const given = props.storageEncryptionKey;
    if (given) {
      let near = given;
      this.accepts(scope, () => { near = nearestKey(given, scope, path); });
      return { storageEncryptionKey: near };
    }
    if (this.settings.replaceable.has(path)) {
      return { storageEncrypted: true, storageEncryptionKey: this.settings.keyFor(scope, path, props.removalPolicy) };
    }
    warn(scope, 'EncryptionReplacesDatabase',
      `${path}: its storage is left as it is, not under a customer-managed key: on a live database that would be a replacement by an empty one. `
      + 'Copy a snapshot under the key and restore from it; or, where the database is new, name its path in `replaceableDatabases`.');
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  DatabaseInjector.TARGETS.map((target) => new DatabaseInjector(target, settings, DatabaseInjector.REFUSALS, previous(target)));
