import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { DATA_KEY_REUSE_SECONDS } from './defaults';
import { QUEUE_REFUSALS } from './refusals';
import { nearestKey } from '../kms/near';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** Encrypts every `sqs.Queue` under the key, and lets it answer over TLS only. */
export class QueueInjector extends ProtectingInjector<sqs.QueueProps> {
  public static readonly TARGET = sqs.Queue.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = QUEUE_REFUSALS;

  protected protect(props: sqs.QueueProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof sqs.QueueProps>): Partial<sqs.QueueProps> {
    const key = insecure.has('encryption') ? undefined : this.keyOf(props, path, scope);
    return {
      ...(key && {
        encryption: sqs.QueueEncryption.KMS,
        encryptionMasterKey: key,
        dataKeyReuse: props.dataKeyReuse ?? Duration.seconds(DATA_KEY_REUSE_SECONDS),
      }),
      ...(!insecure.has('enforceSSL') && { enforceSSL: true }),
    };
  }
  /** The key that the code gives, in the queue's Region, or the default; `undefined` where it cannot be used, which is then reported. */
  private keyOf({ encryptionMasterKey: given, removalPolicy }: sqs.QueueProps, path: string, scope: IConstruct): kms.IKey | undefined {
    if (!given) { return this.settings.keyFor(scope, path, removalPolicy); }
    let near: kms.IKey | undefined;
    this.accepts(scope, () => { near = nearestKey(given, scope, path) as kms.IKey; });
    return near;
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new QueueInjector(QueueInjector.TARGET, settings, QueueInjector.REFUSALS, previous(QueueInjector.TARGET))];
