import { LONGEST_DATA_KEY_REUSE_SECONDS, SHORTEST_DATA_KEY_REUSE_SECONDS } from './defaults';
import { isEncrypted, policiesOfQueue, queueStatements, sendersHaveKey } from './queue-relations';
import { customerKey, usableKey } from '../checks/model/keys';
import { deniesPlainHttp, isAllow, isForEverybody, isLimited, nameOf, statementsOf } from '../checks/model/policy';
import { AT_REST, Check, DATA_ACCESS, fail, IN_TRANSIT, NOT_APPLICABLE, PASS, passIf, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';
import { isBetween } from '../checks/model/values';

const GUIDE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const QUEUES = ['AWS::SQS::Queue'];

export const SQS_RULES: Rule[] = [
  {
    id: 'Encryption-SqsQueueCustomerKey',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: QUEUES,
    info: 'A queue must encrypt its messages under a customer-managed KMS key.',
    why: 'Under a key of your own you decide who may read and send; under the AWS-managed one no other service can send.',
    fix: 'Use EncryptedQueue or the mixin QueueEncryptionAtRest.',
    see: `${GUIDE}/sqs-server-side-encryption.html`,
    controls: AT_REST,
    check: (queue, template) => customerKey(template, queue.properties.KmsMasterKeyId),
  },
  {
    id: 'Encryption-SqsQueueEncrypted',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: QUEUES,
    info: 'A queue must not have encryption turned off.',
    why: 'SQS encrypts by its own keys unless it is told not to.',
    fix: 'Leave SqsManagedSseEnabled out, or set KmsMasterKeyId.',
    see: `${GUIDE}/sqs-configure-sqs-sse-queue.html`,
    controls: { fsbp: ['SQS.1'], controlTower: ['CT.SQS.PR.2'], ...AT_REST },
    check: (queue, template) => {
      const encrypted = isEncrypted(queue, template);
      return encrypted instanceof Unknown ? undetermined(`SqsManagedSseEnabled: ${encrypted.reason}`) : passIf(encrypted, 'SqsManagedSseEnabled is false, and no key is named');
    },
  },
  {
    id: 'Encryption-SqsQueueKeyUsable',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: QUEUES,
    info: 'The key of a queue must be symmetric, enabled, and exist.',
    why: 'SQS refuses every message under another kind of key.',
    fix: 'Name a symmetric KMS key of the queue\'s Region.',
    see: `${GUIDE}/sqs-key-management.html`,
    controls: AT_REST,
    check: (queue, template) => usableKey(template, queue.properties.KmsMasterKeyId),
  },
  {
    id: 'Encryption-SqsSendersHaveKey',
    severity: 'error',
    guards: 'operations',
    resourceTypes: ['AWS::SQS::Queue', 'AWS::SNS::Topic'],
    info: 'The key of a queue or topic must let in the AWS services that send to it.',
    why: 'S3, SNS, EventBridge and CloudWatch use the key as themselves; without permission what they send is lost, without an error.',
    fix: 'Allow the service kms:Decrypt and kms:GenerateDataKey* in the key policy (EncryptedQueue.allowSendFrom, ServiceAccess).',
    see: `${GUIDE}/sqs-key-management.html#compatibility-with-aws-services`,
    controls: AT_REST,
    check: sendersHaveKey,
  },
  {
    id: 'Encryption-SqsDeadLettersEncrypted',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: QUEUES,
    info: 'The dead-letter queue of an encrypted queue must be under a KMS key too.',
    why: 'The messages that went wrong end there, in the clear or under keys that are not yours.',
    fix: 'Encrypt the dead-letter queue under the same key (EncryptedQueue does).',
    see: `${GUIDE}/sqs-dead-letter-queues.html`,
    controls: AT_REST,
    check: deadLettersEncrypted,
  },
  {
    id: 'Encryption-SqsDataKeyReuse',
    severity: 'error',
    guards: 'operations',
    resourceTypes: QUEUES,
    info: 'The data-key reuse period must be one that SQS takes.',
    why: 'SQS takes 60 to 86,400 seconds; the deployment fails on everything else.',
    fix: 'Set KmsDataKeyReusePeriodSeconds to a number in that range, or leave it out for 300.',
    see: `${GUIDE}/sqs-key-management.html#sqs-how-does-the-data-key-reuse-period-work`,
    controls: {},
    check: reusesDataKey,
  },
  {
    id: 'Encryption-SqsQueueTlsOnly',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: [...QUEUES, 'AWS::SQS::QueuePolicy'],
    info: 'A queue must deny every request that does not come over TLS.',
    why: 'SQS answers plain HTTP too: then messages can be read on the way.',
    fix: 'Use EncryptedQueue, the mixin QueueTlsOnly, or enforceSSL: true.',
    see: `${GUIDE}/sqs-security-best-practices.html#enforce-encryption-data-in-transit`,
    controls: { ...IN_TRANSIT, nist: ['SC-8', 'SC-8(1)', 'SC-23'] },
    check: answersOverTlsOnly,
  },
  {
    id: 'Encryption-SqsPolicyNotPublic',
    severity: 'error',
    guards: 'access',
    resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    info: 'A queue policy must not be for everybody.',
    why: 'Everybody of every account can then send, or read what SQS decrypts for him.',
    fix: 'Name principals, or limit by aws:SourceArn or aws:PrincipalOrgID.',
    see: `${GUIDE}/sqs-security-best-practices.html`,
    controls: { fsbp: ['SQS.3'], ...DATA_ACCESS },
    check: policyOf((statement) => (isAllow(statement) && isForEverybody(statement) && !isLimited(statement)
      ? 'is for everybody, without a condition that limits who' : undefined)),
  },
  {
    id: 'Encryption-SqsPolicyNoNotPrincipal',
    severity: 'error',
    guards: 'access',
    resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    info: 'A queue policy must not allow by NotPrincipal.',
    why: 'It allows everybody but the named, other accounts among them.',
    fix: 'Name the principals that are meant.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
    controls: DATA_ACCESS,
    check: policyOf((statement) => (isAllow(statement) && statement.notPrincipals.length > 0 ? 'is for everybody but a few (NotPrincipal)' : undefined)),
  },
  {
    id: 'Encryption-SqsPolicyLeastPrivilege',
    severity: 'warning',
    guards: 'access',
    resourceTypes: ['AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
    info: 'A queue policy should not allow every action.',
    why: 'sqs:* lets who is named turn encryption off, purge and delete the queue.',
    fix: 'Name the actions that are needed.',
    see: `${GUIDE}/sqs-least-privilege-policy.html`,
    controls: DATA_ACCESS,
    check: policyOf((statement) => (isAllow(statement) && (statement.notActions.length > 0 || statement.actions.some((action) => action === '*' || action === 'sqs:*'))
      ? 'allows every action' : undefined)),
  },
];

function policyOf(wrong: (statement: Parameters<typeof nameOf>[0]) => string | undefined): Check {
  return (policy, template) => {
    const statements = statementsOf(template, policy, 'PolicyDocument');
    if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
    for (const statement of statements) {
      const detail = wrong(statement);
      if (detail) { return fail(`${nameOf(statement)} ${detail}`); }
    }
    return PASS;
  };
}

function answersOverTlsOnly(queue: TemplateResource, template: Template): Verdict {
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
}

/** A policy of queues from elsewhere is judged by itself. */
function policyDeniesPlainHttp(policy: TemplateResource, template: Template): Verdict {
  if (template.ofType('AWS::SQS::Queue').some((queue) => policiesOfQueue(queue, template).includes(policy))) { return NOT_APPLICABLE; }
  const statements = statementsOf(template, policy, 'PolicyDocument');
  if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
  return passIf(statements.some((statement) => deniesPlainHttp(statement, 'sqs')), 'no statement denies plain HTTP to everybody');
}

function deadLettersEncrypted(queue: TemplateResource, template: Template): Verdict {
  const target = template.object(template.property(queue, 'RedrivePolicy')).deadLetterTargetArn;
  const own = template.value(queue.properties.KmsMasterKeyId);
  const dead = template.target(target);
  if (own === undefined || dead?.type !== 'AWS::SQS::Queue') { return NOT_APPLICABLE; }
  const key = customerKey(dead.owner, dead.properties.KmsMasterKeyId);
  return key.kind === 'fail' ? fail(`its dead-letter queue ${dead.logicalId}: ${key.detail}`) : key;
}

function reusesDataKey(queue: TemplateResource, template: Template): Verdict {
  const value = template.property(queue, 'KmsDataKeyReusePeriodSeconds');
  if (value === undefined) { return NOT_APPLICABLE; }
  if (value instanceof Unknown) { return undetermined(`KmsDataKeyReusePeriodSeconds: ${value.reason}`); }
  return passIf(isBetween(value, SHORTEST_DATA_KEY_REUSE_SECONDS, LONGEST_DATA_KEY_REUSE_SECONDS),
    `KmsDataKeyReusePeriodSeconds is ${template.text(value)}; SQS takes ${SHORTEST_DATA_KEY_REUSE_SECONDS} to ${LONGEST_DATA_KEY_REUSE_SECONDS}`);
}
