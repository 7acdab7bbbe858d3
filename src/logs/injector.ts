import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { LogGroupEncryptionAtRest } from './mixins';
import { LOG_GROUP_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import type { InjectorsOf } from '../private/injector';

/** Encrypts every `logs.LogGroup` under the key when the app is synthesized: also those that constructs of the CDK make themselves. */
export class LogGroupInjector extends KeyedInjector<logs.LogGroupProps> {
  public static readonly TARGET = logs.LogGroup.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = LOG_GROUP_REFUSALS;

  protected protect(
    props: logs.LogGroupProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof logs.LogGroupProps>,
  ): Partial<logs.LogGroupProps> {
    const key = insecure.has('encryptionKey') ? undefined : this.keyOf(props.encryptionKey, props.removalPolicy, path, scope);
    Completion.of(scope).later(path, (group) => {
      if (key && logs.CfnLogGroup.isCfnLogGroup(group)) { new LogGroupEncryptionAtRest(key)._encrypt(group, () => true); }
    });
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new LogGroupInjector(LogGroupInjector.TARGET, settings, LogGroupInjector.REFUSALS, previous(LogGroupInjector.TARGET))];
