import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DEAD_LETTER_RETENTION_DAYS, MAX_RECEIVE_COUNT } from './defaults';
import type { MessageSource } from './message-source';
import { QueueEncryptionAtRest, QueueTlsOnly } from './mixins';
import { ENCRYPTED_QUEUE, MESSAGE_SOURCE } from './prop-shapes';
import { QUEUE_REFUSALS } from './refusals';
import { addToKeyPolicyOrWarn } from '../kms/add-to-key-policy-or-warn';
import { EncryptionKey } from '../kms/encryption-key';
import { checkKeyPlace } from '../kms/key-place';
import { isCustomerKey } from '../kms/near';
import { LIMIT_THEM, strangerAllowed, strangerAllowedBy, strangersServiceAllowed } from '../kms/principal-limits';
import { STATEMENT } from '../private/common-kinds';
import { EncryptionError, refuse } from '../private/errors';
import { markManaged } from '../private/injector';
import { checkArgument, checkedPath, withoutNull } from '../private/props';
import { removalPolicyBeside } from '../private/removal-policy';
import { NamedStatements } from '../private/resource-policy';
import { knownAtSynth } from '../private/tokens';
import { S3_NOT_TO_FIFO } from '../statements/notifications';
import { servicesLetIn } from '../statements/principals';

/** Properties of `EncryptedQueue`. */
export interface EncryptedQueueProps extends sqs.QueueProps {
  /**
   * The key under which messages are encrypted; the same as `encryptionMasterKey`, by the name that this library uses
   * everywhere.
   *
   * @default - a new rotating key owned by this queue
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A queue whose messages are encrypted under a customer-managed KMS key, that accepts only TLS, and that has a dead-letter queue
 * with the same protection.
 *
 * Takes every prop of `sqs.Queue`; a value that would weaken these guarantees is an error. `fromQueueArn()` and the other static
 * methods are those of `sqs.Queue`: they give a plain reference to an existing queue, which is neither checked nor changed.
 */
export class EncryptedQueue extends sqs.Queue {
  /** The key under which messages are encrypted. */
  public readonly encryptionMasterKey?: kms.IKey;
  /** Always `KMS`: tells CDK integrations that senders need the key. */
  public readonly encryptionType?: sqs.QueueEncryption;
  /** The dead-letter queue: the one given, else one that this queue made. */
  public readonly deadLetterQueue?: sqs.DeadLetterQueue;
  private senders?: NamedStatements;

  constructor(scope: Construct, id: string, props: EncryptedQueueProps = {}) {
    const path = checkedPath(scope, id, props, ENCRYPTED_QUEUE);
    props = withoutNull(props);
    const { encryption, encryptionKey, encryptionMasterKey, enforceSSL, dataKeyReuse, ...inherited } = props;
    refuse(path, props, QUEUE_REFUSALS);
    checkDeadLetterKey(props.deadLetterQueue?.queue);
    const given = oneKey(path, encryptionKey, encryptionMasterKey);
    super(scope, id, markManaged(inherited));

    const key = given ?? new EncryptionKey(this, 'Key', {
      description: `Encrypts the queue ${path}`, removalPolicy: removalPolicyBeside(props.removalPolicy),
    });
    this.encryptionMasterKey = key;
    this.encryptionType = sqs.QueueEncryption.KMS;
    const cfnQueue = this.node.defaultChild as sqs.CfnQueue;
    new QueueEncryptionAtRest(key, { dataKeyReuse }).applyTo(cfnQueue);
    new QueueTlsOnly()._limit(cfnQueue);
    this.deadLetterQueue = props.deadLetterQueue ?? this.makeDeadLetterQueue(key, props);
  }

  /**
   * Allows a service, a role or another account to send messages, in the queue's policy and in the key's. Throws where this is a
   * FIFO queue to which the source cannot send, and for a source that limits nobody.
   */
  public allowSendFrom(source: MessageSource): void {
    checkArgument(this.node.path, 'source', source, MESSAGE_SOURCE);
    if (this.fifo && source._notToFifo) {
      throw new EncryptionError(this.node.path, 'SourceCannotSendToFifo', `cannot be a FIFO queue for this source: ${source._notToFifo}. `
        + 'Use a standard queue. To reach a FIFO queue, send through an EventBridge rule or a FIFO topic.');
    }
    const statements = source._queueStatements(this.queueArn);
    this.refuseEverybody([...statements, ...allowSend(source._role, this.queueArn)]);
    this.senders ??= new NamedStatements(this);
    statements.forEach((statement) => this.senders!.add(statement));
    addToKeyPolicyOrWarn(this, this.encryptionMasterKey!, source._keyStatements(this), 'messages are lost');
    if (source._role) { this.grantSendMessages(source._role); }
  }

  /**
   * Adds a statement to the queue's policy; whoever it allows to send gets the key when the app is synthesized. A statement
   * that allows somebody whom nothing limits is an error, and one that allows S3 to send to a FIFO queue: S3 refuses such a notification.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkArgument(this.node.path, 'statement', statement, STATEMENT);
    if (this.fifo && statement.actions.includes('sqs:SendMessage') && servicesLetIn(statement).includes('s3.amazonaws.com')) {
      throw new EncryptionError(this.node.path, 'SourceCannotSendToFifo', `cannot be a FIFO queue for this source: ${S3_NOT_TO_FIFO}.`);
    }
    const found = strangerAllowedBy(this, statement, ['queue']);
    if (found) { throw new EncryptionError(this.node.path, 'QueuePolicyIsPublic', `'statement' cannot allow ${found.value}: ${found.why}. ${LIMIT_THEM}`); }
    return super.addToResourcePolicy(statement);
  }

  private refuseEverybody(statements: iam.PolicyStatement[]): void {
    const found = strangerAllowed(this, statements, ['queue']) ?? strangersServiceAllowed(this, statements, ['queue']);
    if (found) {
      throw new EncryptionError(this.node.path, 'SenderIsEverybody', `allowSendFrom() cannot have ${found.value}: ${found.why}. Name the source by its whole ARN, or the role or account that sends.`);
    }
  }

  private makeDeadLetterQueue(key: kms.IKey, props: EncryptedQueueProps): sqs.DeadLetterQueue | undefined {
    if (receivesDeadLetters(props)) { return undefined; }
    const queue = new EncryptedQueue(this, 'DeadLetterQueue', {
      encryptionKey: key,
      fifo: this.fifo || undefined,
      retentionPeriod: Duration.days(DEAD_LETTER_RETENTION_DAYS),
      redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
      removalPolicy: props.removalPolicy,
    });
    const name = knownAtSynth(props.queueName);
    if (name) {
      // Only with a name known as text: the queue names its dead-letter queue, and both by reference would be a circle.
      (queue.node.defaultChild as sqs.CfnQueue).redriveAllowPolicy = {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        sourceQueueArns: [Stack.of(this).formatArn({ service: 'sqs', resource: name })],
      };
    }
    (this.node.defaultChild as sqs.CfnQueue).redrivePolicy = { deadLetterTargetArn: queue.queueArn, maxReceiveCount: MAX_RECEIVE_COUNT };
    return { queue, maxReceiveCount: MAX_RECEIVE_COUNT };
  }
}

/** What a grant adds to the queue's policy where the principal has no policy of its own; of an imported resource nothing is known. */
function allowSend(grantee: iam.IGrantable | undefined, queueArn: string): iam.PolicyStatement[] {
  if (!grantee || grantee.grantPrincipal instanceof iam.UnknownPrincipal) { return []; }
  return [new iam.PolicyStatement({ principals: [grantee.grantPrincipal], actions: ['sqs:SendMessage'], resources: [queueArn] })];
}

/** A queue for the dead letters of others says so, to SQS and to AWS Control Tower's CT.SQS.PR.1, by its `redriveAllowPolicy`. */
function receivesDeadLetters({ redriveAllowPolicy }: EncryptedQueueProps): boolean {
  return redriveAllowPolicy !== undefined && redriveAllowPolicy.redrivePermission !== sqs.RedrivePermission.DENY_ALL;
}

function oneKey(path: string, encryptionKey?: kms.IKey, encryptionMasterKey?: kms.IKey): kms.IKey | undefined {
  if (encryptionKey && encryptionMasterKey && encryptionKey !== encryptionMasterKey) {
    throw new EncryptionError(path, 'QueueHasTwoKeys',
      "'encryptionKey' and 'encryptionMasterKey' name two keys. Give one of them: they mean the same.");
  }
  const key = encryptionKey ?? encryptionMasterKey;
  if (key && ![key.keyArn, key.keyId].every(isCustomerKey)) {
    throw new EncryptionError(path, 'QueueNeedsCustomerKey',
      `'encryptionKey' cannot be ${key.keyArn.split(':').pop()}: its policy cannot be changed, so no service can ever send to the queue. `
      + 'Leave it out, or give a customer-managed key.');
  }
  return key;
}

/** An EncryptedQueue has looked where its own key is. */
function checkDeadLetterKey(queue: sqs.IQueue | undefined): void {
  const key = queue instanceof EncryptedQueue ? undefined : queue?.encryptionMasterKey;
  if (queue && key) { checkKeyPlace(queue.node.path, queue, key.keyArn); }
}
