import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { LogGroupEncryptionAtRest } from './mixins';
import { LOG_GROUP_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { nearestKey } from '../kms/near';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** Encrypts every `logs.LogGroup` under the key when the app is synthesized: also those that constructs of the CDK make themselves. */
export class LogGroupInjector extends ProtectingInjector<logs.LogGroupProps> {
  public static readonly TARGET = logs.LogGroup.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = LOG_GROUP_REFUSALS;

  protected protect(
    props: logs.LogGroupProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof logs.LogGroupProps>,
  ): Partial<logs.LogGroupProps> {
    const key = insecure.has('encryptionKey') ? undefined : this.keyOf(props, path, scope);
    Completion.of(scope).later(path, (group) => {
      if (key && logs.CfnLogGroup.isCfnLogGroup(group)) { new LogGroupEncryptionAtRest(key)._encrypt(group, () => true); }
    });
    return {};
  }

  /** The key that the code gives, in the group's Region, or the default; `undefined` where it cannot be used, which is then reported. */
  private keyOf({ encryptionKey: given, removalPolicy }: logs.LogGroupProps, path: string, scope: IConstruct): kms.IKeyRef | undefined {
    if (!given) { return this.settings.keyFor(scope, path, removalPolicy); }
    let near: kms.IKeyRef | undefined;
    this.accepts(scope, () => { near = nearestKey(given, scope, path); });
    return near;
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new LogGroupInjector(LogGroupInjector.TARGET, settings, LogGroupInjector.REFUSALS, previous(LogGroupInjector.TARGET))];
