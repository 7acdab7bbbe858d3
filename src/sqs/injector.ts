import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { QueueEncryptionAtRest, QueueTlsOnly } from './mixins';
import { QUEUE_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import type { InjectorsOf } from '../private/injector';

/** A dead-letter queue of the app is encrypted as every other one: only when the app is synthesized. */
const REFUSALS = QUEUE_REFUSALS.filter(({ prop }) => prop !== 'deadLetterQueue');

/** Encrypts every `sqs.Queue` under the key, and lets it answer over TLS only, when the app is synthesized: as `BucketInjector` does. */
export class QueueInjector extends KeyedInjector<sqs.QueueProps> {
  public static readonly TARGET = sqs.Queue.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = REFUSALS;

  protected protect(props: sqs.QueueProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof sqs.QueueProps>): Partial<sqs.QueueProps> {
    const key = insecure.has('encryption') ? undefined : this.keyOf(props.encryptionMasterKey, props.removalPolicy, path, scope);
    Completion.of(scope).later(path, (queue) => {
      if (!sqs.CfnQueue.isCfnQueue(queue)) { return; }
      if (key) { new QueueEncryptionAtRest(key, { dataKeyReuse: props.dataKeyReuse })._encrypt(queue, () => true); }
      if (!insecure.has('enforceSSL')) { new QueueTlsOnly()._limitLater(queue, this.tellIn(scope)); }
    });
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new QueueInjector(QueueInjector.TARGET, settings, QueueInjector.REFUSALS, previous(QueueInjector.TARGET))];
