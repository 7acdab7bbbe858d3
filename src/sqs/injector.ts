import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { QueueEncryptionAtRest, QueueTlsOnly } from './mixins';
import { QUEUE_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { nearestKey } from '../kms/near';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** A dead-letter queue of the app is encrypted as every other one: only when the app is synthesized. */
const REFUSALS = QUEUE_REFUSALS.filter(({ prop }) => prop !== 'deadLetterQueue');

/** Encrypts every `sqs.Queue` under the key, and lets it answer over TLS only, when the app is synthesized: as `BucketInjector` does. */
export class QueueInjector extends ProtectingInjector<sqs.QueueProps> {
  public static readonly TARGET = sqs.Queue.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = REFUSALS;

  protected protect(props: sqs.QueueProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof sqs.QueueProps>): Partial<sqs.QueueProps> {
    const key = insecure.has('encryption') ? undefined : this.keyOf(props, path, scope);
    Completion.of(scope).later(path, (queue) => {
      if (!sqs.CfnQueue.isCfnQueue(queue)) { return; }
      if (key) { new QueueEncryptionAtRest(key, { dataKeyReuse: props.dataKeyReuse })._encrypt(queue, () => true); }
      if (!insecure.has('enforceSSL')) { new QueueTlsOnly().applyTo(queue); }
    });
    return {};
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
