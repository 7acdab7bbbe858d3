import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { DATA_KEY_REUSE_SECONDS } from './defaults';
import { QUEUE_REFUSALS } from './refusals';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** Encrypts every `sqs.Queue` under the key, and lets it answer over TLS only. */
export class QueueInjector extends ProtectingInjector<sqs.QueueProps> {
  public static readonly TARGET = sqs.Queue.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = QUEUE_REFUSALS;

  protected protect(props: sqs.QueueProps, _path: string, scope: IConstruct, insecure: ReadonlySet<keyof sqs.QueueProps>): Partial<sqs.QueueProps> {
    return {
      ...(!insecure.has('encryption') && {
        encryption: sqs.QueueEncryption.KMS,
        encryptionMasterKey: props.encryptionMasterKey ?? this.settings.keyFor(scope),
        dataKeyReuse: props.dataKeyReuse ?? Duration.seconds(DATA_KEY_REUSE_SECONDS),
      }),
      ...(!insecure.has('enforceSSL') && { enforceSSL: true }),
    };
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new QueueInjector(QueueInjector.TARGET, settings, QueueInjector.REFUSALS, previous(QueueInjector.TARGET))];
