import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { nearestKey } from './near';
import { ProtectingInjector } from '../private/injector';

/** An injector of a class whose resource is under one key. */
export abstract class KeyedInjector<P extends object> extends ProtectingInjector<P> {
  /** The key that the code gives, in the resource's Region, or the default; `undefined` where it cannot be used, which is then reported. */
  protected keyOf(given: kms.IKeyRef | undefined, removalPolicy: RemovalPolicy | undefined, path: string, scope: IConstruct): kms.IKey | undefined {
    return given ? this.given(given, path, scope) : this.settings.keyFor(scope, path, removalPolicy);
  }

  /** The key that the code gives; `check` throws for one that the service cannot use. */
  protected given(key: kms.IKeyRef, path: string, scope: IConstruct, check: (near: kms.IKey) => void = () => {}): kms.IKey | undefined {
    let near: kms.IKey | undefined;
    this.accepts(scope, () => {
      const found = nearestKey(key, scope, path) as kms.IKey;
      check(found);
      near = found;
    });
    return near;
  }
}
