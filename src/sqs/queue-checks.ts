import { LONGEST_DATA_KEY_REUSE_SECONDS, SHORTEST_DATA_KEY_REUSE_SECONDS } from './defaults';
import { policiesOfQueue, queueStatements } from './queue-relations';
import { customerKey } from '../kms/keys';
import { deniesPlainHttp, isAllow } from '../policy/policy';
import { deniesPlainHttpItself, Wrong } from '../rules/policy-checks';
import { Check, fail, NOT_APPLICABLE, PASS, passIf, undetermined } from '../rules/rule';
import { isBetween, isTrue } from '../rules/values';
import { Unknown } from '../template/resolved';

/** By a key, or by SQS's own keys unless it is told not to. */
export const encrypts: Check = (queue, template) => {
  if (template.value(queue.properties.KmsMasterKeyId) !== undefined) { return PASS; }
  const managed = template.property(queue, 'SqsManagedSseEnabled');
  if (managed instanceof Unknown) { return undetermined(`SqsManagedSseEnabled: ${managed.reason}`); }
  return passIf(managed === undefined || isTrue(managed), 'SqsManagedSseEnabled is false, and no key is named');
};

export const allowsEverything: Wrong = (statement) => (isAllow(statement)
  && (statement.notActions.length > 0 || statement.actions.some((action) => action === '*' || action === 'sqs:*')) ? 'allows every action' : undefined);

export const answersOverTlsOnly: Check = (queue, template) => {
  if (queue.type === 'AWS::SQS::QueuePolicy') { return policyDeniesPlainHttp(queue, template); }
  const statements = queueStatements(queue, template);
  if (statements === undefined) { return fail('it has no queue policy'); }
  if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
  const own = [`\${${queue.logicalId}.Arn}`, '*'];
  const name = queue.properties.QueueName === undefined ? undefined : `:${template.text(queue.properties.QueueName)}`;
  const denied = statements.filter((statement) => deniesPlainHttp(statement, 'sqs')).flatMap(({ resources }) => resources);
  if (denied.some((arn) => own.includes(arn) || (name !== undefined && arn.endsWith(name)) || /:sqs:.*:\*$/.test(arn))) { return PASS; }
  return denied.some((arn) => arn.includes('${?}'))
    ? undetermined('Resource: it is known only when the stack is deployed') : fail('no statement of its policy denies plain HTTP to everybody');
};

/** A policy of queues from elsewhere is judged by itself. */
const policyDeniesPlainHttp = deniesPlainHttpItself('sqs', (policy, template) =>
  template.ofType('AWS::SQS::Queue').some((queue) => policiesOfQueue(queue, template).includes(policy)));

export const deadLettersEncrypted: Check = (queue, template) => {
  const target = template.object(template.property(queue, 'RedrivePolicy')).deadLetterTargetArn;
  const own = template.value(queue.properties.KmsMasterKeyId);
  const dead = template.target(target);
  if (own === undefined || dead?.type !== 'AWS::SQS::Queue') { return NOT_APPLICABLE; }
  const key = customerKey(dead.owner, dead.properties.KmsMasterKeyId);
  return key.kind === 'fail' ? fail(`its dead-letter queue ${dead.logicalId}: ${key.detail}`) : key;
};

export const reusesDataKey: Check = (queue, template) => {
  const value = template.property(queue, 'KmsDataKeyReusePeriodSeconds');
  if (value === undefined) { return NOT_APPLICABLE; }
  if (value instanceof Unknown) { return undetermined(`KmsDataKeyReusePeriodSeconds: ${value.reason}`); }
  return passIf(isBetween(value, SHORTEST_DATA_KEY_REUSE_SECONDS, LONGEST_DATA_KEY_REUSE_SECONDS),
    `KmsDataKeyReusePeriodSeconds is ${template.text(value)}; SQS takes ${SHORTEST_DATA_KEY_REUSE_SECONDS} to ${LONGEST_DATA_KEY_REUSE_SECONDS}`);
};
