import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { LogGroupEncryptionAtRest } from './mixins';
import { LOG_GROUP_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import { InjectorsOf, ProtectingInjector } from '../private/injector';
import { warn } from '../private/warn';

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

/** Says of a log group that the CDK has a function make, for `logRetention`, that it cannot be under a key. */
export class LogRetentionInjector extends ProtectingInjector<logs.LogRetentionProps> {
  public static readonly TARGET = logs.LogRetention.PROPERTY_INJECTION_ID;

  protected protect(_props: logs.LogRetentionProps, _path: string, scope: IConstruct): Partial<logs.LogRetentionProps> {
    warn(scope, 'LogGroupLeftAsItWas', `${scope.node.path}: its log group is made by a custom resource, because its code says how long logs are kept (\`logRetention\`). That gives the group no key. `
      + 'Give it a `logs.LogGroup` as `logGroup` instead, where the construct takes one.');
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) => [
  new LogGroupInjector(LogGroupInjector.TARGET, settings, LogGroupInjector.REFUSALS, previous(LogGroupInjector.TARGET)),
  new LogRetentionInjector(LogRetentionInjector.TARGET, settings, [], previous(LogRetentionInjector.TARGET)),
];
