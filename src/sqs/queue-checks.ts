import { LONGEST_DATA_KEY_REUSE_SECONDS, SHORTEST_DATA_KEY_REUSE_SECONDS } from './defaults';
import { addressIn, addressOf, coversQueue, isArnOf, isUrlOf, QueueAddress } from './queue-names';
import { judgePolicies, queuesOf } from './queue-relations';
import { customerKey } from '../kms/keys';
import { actionsOn } from '../policy/actions';
import { anyOf } from '../policy/coverage';
import { Statement, statementsOf } from '../policy/policy';
import { deniesEvery, OVER_PLAIN_HTTP } from '../rules/denials';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined, Verdict } from '../rules/rule';
import { isBetween, notKnown, targetOf, verdictOn, worst } from '../rules/values';
import { Read, Unknown } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** By a key, or by SQS's own keys unless it is told not to. */
export const encrypts: Check = (queue) => {
  const key = queue.get('KmsMasterKeyId');
  const hasKey = key.match({ value: ({ text }) => text !== '', absent: () => false, unknown: ({ source }) => (source === 'import' ? true : undefined) });
  if (hasKey) { return PASS; }
  return verdictOn(queue.get('SqsManagedSseEnabled').or(true).literal(), {
    value: ({ isTrue }) => (isTrue ? PASS : key.kind === 'unknown' ? notKnown(key) : fail('SqsManagedSseEnabled is false, and no key is named')),
  });
};

/** Every action that a queue's policy can be about. */
const ACTIONS = actionsOn('queue');

/** Whether statements that deny plain HTTP cover a queue. */
function deniesPlainHttpTo(address: QueueAddress, by: TemplateResource, statements: readonly Statement[]): Verdict {
  const denied = statements.filter(({ source }) => deniesEvery(source, by.owner, ACTIONS, OVER_PLAIN_HTTP));
  const covered = anyOf(denied.map(({ resources, source }) => {
    const leftOut = source.get('NotResource').items();
    const found = anyOf([...resources, ...leftOut.map(({ symbol }) => symbol)].map((arn) => coversQueue(arn, by, address)));
    return leftOut.length === 0 || found === undefined ? found : !found;
  }));
  return covered === undefined ? undetermined('Resource: it is known only when the stack is deployed')
    : passIf(covered, denied.length === 0 ? 'no statement of its policy denies plain HTTP to everybody' : 'its policy denies plain HTTP to other queues only');
}

/** Whether a URL is that of a queue that the template makes. */
function isOfTemplate(template: Template, url: Read): boolean {
  const target = targetOf(url);
  if (target?.type === 'AWS::SQS::Queue' && target.owner === template) { return template.isMade(target); }
  return template.ofType('AWS::SQS::Queue').some((queue) => isUrlOf(queue, url) === true);
}

/** A policy of queues from elsewhere is judged by itself: its statements must be about the queues that it names. */
const policyDeniesPlainHttp: Check = (policy) => {
  const urls = queuesOf(policy);
  const elsewhere = urls.filter((url) => !isOfTemplate(policy.owner, url));
  if (urls.length > 0 && elsewhere.length === 0) { return NOT_APPLICABLE; }
  const statements = statementsOf(policy, 'PolicyDocument');
  if (statements instanceof Unknown) { return notKnown(statements); }
  return urls.length === 0 ? fail('Queues is not set') : worst(...elsewhere.map((url) => deniesPlainHttpTo(addressIn(policy, url), policy, statements)));
};

export const answersOverTlsOnly: Check = (resource) => (resource.type === 'AWS::SQS::QueuePolicy' ? policyDeniesPlainHttp(resource)
  : judgePolicies(resource, (statements) => deniesPlainHttpTo(addressOf(resource), resource, statements)));

/** The queue of the template that an ARN names; `undefined` where it is another one. */
function queueAt(resource: TemplateResource, arn: Read): TemplateResource | Unknown | undefined {
  if (arn.kind === 'value' && arn.target) { return arn.target.type === 'AWS::SQS::Queue' ? arn.target : undefined; }
  const found = resource.owner.ofType('AWS::SQS::Queue').find((queue) => isArnOf(queue, arn) === true);
  return found ?? (arn.kind === 'unknown' && arn.source !== 'import' ? arn : undefined);
}

export const deadLettersEncrypted: Check = (queue) => {
  const written = queue.get('RedrivePolicy');
  if (queue.get('KmsMasterKeyId').kind === 'absent' || written.kind === 'absent') { return NOT_APPLICABLE; }
  // It may be written as JSON in a text.
  const policy = written.kind === 'value' ? written.parsed() : written;
  const dead = queueAt(queue, policy.get('deadLetterTargetArn'));
  if (dead instanceof Unknown) { return notKnown(dead); }
  if (!dead) { return NOT_APPLICABLE; }
  const key = customerKey(dead.get('KmsMasterKeyId'));
  return key.kind === 'fail' ? fail(`its dead-letter queue ${dead.logicalId}: ${key.detail}`) : key;
};

export const reusesDataKey: Check = (queue) => verdictOn(queue.get('KmsDataKeyReusePeriodSeconds').literal(), {
  absent: NOT_APPLICABLE,
  value: (seconds) => passIf(isBetween(seconds, SHORTEST_DATA_KEY_REUSE_SECONDS, LONGEST_DATA_KEY_REUSE_SECONDS),
    `KmsDataKeyReusePeriodSeconds is ${seconds.text}; SQS takes ${SHORTEST_DATA_KEY_REUSE_SECONDS} to ${LONGEST_DATA_KEY_REUSE_SECONDS}`),
});
