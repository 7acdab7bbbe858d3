import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { SIGNATURE_VERSION } from './defaults';
import { TopicEncryptionAtRest, TopicTlsOnly } from './mixins';
import { ENCRYPTED_TOPIC, SUBSCRIPTION, TOPIC_PUBLISHER } from './prop-shapes';
import { ENCRYPTION_KEY_REFUSALS, OVER_HTTPS, TOPIC_REFUSALS } from './refusals';
import type { TopicPublisher } from './topic-publisher';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { EncryptionKey } from '../kms/encryption-key';
import { grantThroughService } from '../kms/grant-through-service';
import { LIMIT_THEM, strangerAllowed, strangerAllowedBy, strangersServiceAllowed } from '../kms/principal-limits';
import { STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { NamedStatements } from '../private/resource-policy';

/** Properties of `EncryptedTopic`. */
export interface EncryptedTopicProps extends sns.TopicProps {
  /**
   * The key under which messages are encrypted; the same as `masterKey`, by the name that this library uses everywhere.
   *
   * @default - a new rotating key owned by this topic
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A topic whose messages are encrypted under a customer-managed KMS key, that takes messages over TLS only, and delivers to HTTPS endpoints but
 * never to HTTP ones.
 *
 * Takes every prop of `sns.Topic`; a value that would weaken these guarantees is an error. Messages are signed with SHA-256 unless
 * `signatureVersion` says otherwise. `fromTopicArn()` and the other static methods are those of `sns.Topic`: they give a plain reference to an
 * existing topic, which is neither checked nor changed.
 */
export class EncryptedTopic extends sns.Topic {
  /** The key under which messages are encrypted. */
  public readonly masterKey?: kms.IKey;
  private publishers?: NamedStatements;

  constructor(scope: Construct, id: string, props: EncryptedTopicProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTED_TOPIC);
    props = withoutNull(props);
    const { encryptionKey, masterKey, enforceSSL, ...inherited } = props;
    refuse(path, props, [...TOPIC_REFUSALS, ...ENCRYPTION_KEY_REFUSALS]);
    const given = oneKey(path, encryptionKey, masterKey);
    super(scope, id, markManaged({ signatureVersion: SIGNATURE_VERSION, ...inherited }));

    const key = given ?? new EncryptionKey(this, 'Key', { description: `Encrypts the topic ${path}` });
    this.masterKey = key;
    const cfnTopic = this.node.defaultChild as sns.CfnTopic;
    new TopicEncryptionAtRest(key).applyTo(cfnTopic);
    new TopicTlsOnly()._limit(cfnTopic);
  }

  /**
   * Allows a service, a role or another account to publish messages, in the topic's policy and in the key's. What the app wires itself is found
   * when it is synthesized. Throws for a publisher that limits nobody.
   */
  public allowPublishFrom(publisher: TopicPublisher): void {
    checkArgument(this.node.path, 'publisher', publisher, TOPIC_PUBLISHER);
    this.publishers ??= new NamedStatements(this);
    const statements = publisher._topicStatements(this, this.topicArn);
    this.refuseEverybody([...statements, ...publisher._roleStatements(this.topicArn)]);
    statements.forEach((statement) => this.publishers!.add(statement));
    addToKeyPolicyOrWarn(this, this.masterKey!, publisher._keyStatements(this), 'messages are lost');
    if (publisher._role) { this.grantPublish(publisher._role); }
  }

  /** Adds a statement to the topic's policy. One that allows somebody whom nothing limits is an error. */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    const found = strangerAllowedBy(this, statement, ['topic']);
    if (found) { throw new EncryptionError(this.node.path, 'TopicPolicyIsPublic', `'statement' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
    return super.addToResourcePolicy(statement);
  }

  private refuseEverybody(statements: iam.PolicyStatement[]): void {
    const found = strangerAllowed(this, statements, ['topic']) ?? strangersServiceAllowed(this, statements, ['topic']);
    if (found) {
      throw new EncryptionError(this.node.path, 'PublisherIsEverybody', `allowPublishFrom() cannot have ${found.value}: ${found.why}. Name the source by its whole ARN, or the role or account that publishes.`);
    }
  }

  /** Subscribes an endpoint; plain HTTP is an error. */
  public addSubscription(subscription: sns.ITopicSubscription): sns.Subscription {
    checkArgument(this.node.path, 'subscription', subscription, SUBSCRIPTION);
    const path = this.node.path;
    const checked: sns.ITopicSubscription = {
      bind: (topic) => {
        const config = subscription.bind(topic);
        refuse(path, config, [OVER_HTTPS]);
        return config;
      },
    };
    return super.addSubscription(checked);
  }

  /**
   * Gives a publisher the key, through SNS only. A service gets it when the app is synthesized, under the conditions that AWS
   * documents for it.
   */
  public grantOnKey(grantee: iam.IGrantable, ...actions: string[]): iam.GrantOnKeyResult {
    const principal = grantee.grantPrincipal;
    if (!this.masterKey || principal instanceof iam.ServicePrincipal) { return {}; }
    return { grant: grantThroughService(this.masterKey, 'sns', grantee, ...actions) };
  }
}

function oneKey(path: string, encryptionKey?: kms.IKey, masterKey?: kms.IKey): kms.IKey | undefined {
  if (encryptionKey && masterKey && encryptionKey !== masterKey) {
    throw new EncryptionError(path, 'TopicHasTwoKeys', "'encryptionKey' and 'masterKey' name two keys. Give one of them: they mean the same.");
  }
  return encryptionKey ?? masterKey;
}
