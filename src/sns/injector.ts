import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { TopicEncryptionAtRest, TopicTlsOnly } from './mixins';
import { OVER_HTTPS, TOPIC_REFUSALS } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import { InjectorsOf, ProtectingInjector } from '../private/injector';

/** Encrypts every `sns.Topic` under the key and makes it refuse messages without TLS, when the app is synthesized: as `QueueInjector` does. */
export class TopicInjector extends KeyedInjector<sns.TopicProps> {
  public static readonly TARGET = sns.Topic.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = TOPIC_REFUSALS;

  protected protect(props: sns.TopicProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof sns.TopicProps>): Partial<sns.TopicProps> {
    const key = insecure.has('masterKey') ? undefined : this.keyOf(props.masterKey, undefined, path, scope);
    Completion.of(scope).later(path, (topic) => {
      if (!sns.CfnTopic.isCfnTopic(topic)) { return; }
      if (key) { new TopicEncryptionAtRest(key)._encrypt(topic, () => true); }
      // The CDK denies plain HTTP itself where the code asks for it.
      if (!insecure.has('enforceSSL') && props.enforceSSL !== true) { new TopicTlsOnly()._limitLater(topic, this.tellIn(scope)); }
    });
    return {};
  }
}

/** Refuses subscriptions over plain HTTP. */
export class SubscriptionInjector extends ProtectingInjector<sns.SubscriptionProps> {
  public static readonly TARGET = sns.Subscription.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = [OVER_HTTPS];

  protected protect(): Partial<sns.SubscriptionProps> {
    return {};
  }
}

export const injectors: InjectorsOf = (settings, previous) => [
  new TopicInjector(TopicInjector.TARGET, settings, TopicInjector.REFUSALS, previous(TopicInjector.TARGET)),
  new SubscriptionInjector(SubscriptionInjector.TARGET, settings, SubscriptionInjector.REFUSALS, previous(SubscriptionInjector.TARGET)),
];
