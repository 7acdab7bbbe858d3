import { customerKey } from '../checks/model/keys';
import { deniesPlainHttp, statementsOf } from '../checks/model/policy';
import { fail, PASS, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';

export const SQS_RULES: Rule[] = [
  {
    id: 'Encryption-SqsQueueCustomerKey',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: ['AWS::SQS::Queue'],
    info: 'A queue must encrypt its messages under a customer-managed KMS key.',
    why: 'Under a key of your own you decide who may read and send; under the AWS-managed one no other service can send.',
    fix: 'Use EncryptedQueue or the mixin QueueEncryptionAtRest.',
    see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
    controls: {
      fsbp: ['SQS.1'],
      controlTower: ['CT.SQS.PR.2'],
      nist: ['SC-13', 'SC-28', 'SC-28(1)'],
      pci: ['3.5.1'],
      hipaa: ['164.312(a)(2)(iv)'],
    },
    check: (queue, template) => customerKey(template, queue.properties.KmsMasterKeyId),
  },
  {
    id: 'Encryption-SqsQueueTlsOnly',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: ['AWS::SQS::Queue'],
    info: 'A queue must deny every request that does not come over TLS.',
    why: 'SQS answers plain HTTP too: then messages can be read on the way.',
    fix: 'Use EncryptedQueue, the mixin QueueTlsOnly, or enforceSSL: true.',
    see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html#enforce-encryption-data-in-transit',
    controls: {
      nist: ['SC-8', 'SC-8(1)', 'SC-23'],
      pci: ['4.2.1'],
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
    },
    check: answersOverTlsOnly,
  },
];

function answersOverTlsOnly(queue: TemplateResource, template: Template): Verdict {
  const policies = template.ofType('AWS::SQS::QueuePolicy')
    .filter((policy) => template.list(policy.properties.Queues).some((url) => template.target(url) === queue));
  if (policies.length === 0) { return fail('it has no queue policy'); }
  for (const policy of policies) {
    const statements = statementsOf(template, policy, 'PolicyDocument');
    if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
    const own = [`\${${queue.logicalId}.Arn}`, '*'];
    if (statements.some((statement) => deniesPlainHttp(statement, 'sqs') && statement.resources.some((arn) => own.includes(arn)))) { return PASS; }
  }
  return fail('no statement of its policy denies plain HTTP to everybody');
}
