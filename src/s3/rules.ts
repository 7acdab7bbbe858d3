import { DSSE_KMS, SSE_KMS } from './defaults';
import { customerKey } from '../checks/model/keys';
import { deniesPlainHttp, statementsOf } from '../checks/model/policy';
import { fail, NOT_APPLICABLE, PASS, Rule, undetermined, Verdict } from '../checks/model/rule';
import { Template, TemplateResource, Unknown } from '../checks/model/template';

export const S3_RULES: Rule[] = [
  {
    id: 'Encryption-S3BucketCustomerKey',
    severity: 'error',
    guards: 'at rest',
    resourceTypes: ['AWS::S3::Bucket'],
    info: 'A bucket must encrypt its objects by default under a customer-managed KMS key.',
    why: 'Under a key of your own you decide who may read, see each use in CloudTrail, and can withdraw it.',
    fix: 'Use EncryptedBucket or the mixin BucketEncryptionAtRest. A bucket that receives access logs stays on SSE-S3 and is not checked.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    controls: {
      fsbp: ['S3.17'],
      controlTower: ['CT.S3.PR.10'],
      nist: ['SC-12(2)', 'SC-13', 'SC-28', 'SC-28(1)'],
      pci: ['3.5.1'],
      hipaa: ['164.312(a)(2)(iv)'],
    },
    check: encryptsUnderCustomerKey,
  },
  {
    id: 'Encryption-S3BucketTlsOnly',
    severity: 'error',
    guards: 'in transit',
    resourceTypes: ['AWS::S3::Bucket'],
    info: 'A bucket must deny every request that does not come over TLS.',
    why: 'S3 answers plain HTTP too: then objects and signatures can be read on the way.',
    fix: 'Use EncryptedBucket, the mixin BucketTlsOnly, or enforceSSL: true.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit',
    controls: {
      fsbp: ['S3.5'],
      controlTower: ['CT.S3.PR.8'],
      nist: ['AC-17(2)', 'SC-8', 'SC-8(1)', 'SC-23'],
      pci: ['4.2.1'],
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      cis: ['2.1.1'],
    },
    check: answersOverTlsOnly,
  },
];

function encryptsUnderCustomerKey(bucket: TemplateResource, template: Template): Verdict {
  if (receivesLogs(bucket, template)) { return NOT_APPLICABLE; }
  const rules = template.property(bucket, 'BucketEncryption', 'ServerSideEncryptionConfiguration');
  if (rules instanceof Unknown) { return undetermined(`BucketEncryption: ${rules.reason}`); }
  const [rule] = template.list(rules);
  if (rule === undefined) { return fail('no BucketEncryption: S3 uses its own keys'); }
  const byDefault = template.object(template.object(rule).ServerSideEncryptionByDefault);
  const algorithm = template.value(byDefault.SSEAlgorithm);
  if (algorithm instanceof Unknown) { return undetermined(`SSEAlgorithm: ${algorithm.reason}`); }
  if (algorithm !== SSE_KMS && algorithm !== DSSE_KMS) { return fail(`SSEAlgorithm is ${template.text(algorithm)}: S3's own keys`); }
  return customerKey(template, byDefault.KMSMasterKeyID);
}

/** S3 and ELB cannot deliver access logs to a bucket under SSE-KMS. */
function receivesLogs(bucket: TemplateResource, template: Template): boolean {
  const isBucket = (value: unknown) => template.target(value) === bucket;
  return template.ofType('AWS::S3::Bucket').some((other) => other !== bucket
      && isBucket(template.property(other, 'LoggingConfiguration', 'DestinationBucketName')))
    || template.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').some((loadBalancer) =>
      template.list(loadBalancer.properties.LoadBalancerAttributes).some((attribute) =>
        /_logs\.s3\.bucket$/.test(template.text(template.object(attribute).Key)) && isBucket(template.object(attribute).Value)));
}

function answersOverTlsOnly(bucket: TemplateResource, template: Template): Verdict {
  const policies = template.ofType('AWS::S3::BucketPolicy').filter((policy) => template.target(policy.properties.Bucket) === bucket
    || (bucket.properties.BucketName !== undefined && template.text(policy.properties.Bucket) === template.text(bucket.properties.BucketName)));
  if (policies.length === 0) { return fail('it has no bucket policy'); }
  const reach = [`\${${bucket.logicalId}.Arn}`, `:s3:::\${${bucket.logicalId}}`];
  const denied: string[] = [];
  for (const policy of policies) {
    const statements = statementsOf(template, policy, 'PolicyDocument');
    if (statements instanceof Unknown) { return undetermined(`PolicyDocument: ${statements.reason}`); }
    denied.push(...statements.filter((statement) => deniesPlainHttp(statement, 's3')).flatMap(({ resources }) => resources));
  }
  const name = bucket.properties.BucketName === undefined ? undefined : template.text(bucket.properties.BucketName);
  const ends = [...reach, ...(name ? [`:s3:::${name}`] : [])];
  const bucketItself = denied.some((arn) => arn === '*' || ends.some((end) => arn.endsWith(end)));
  const objects = denied.some((arn) => arn === '*' || ends.some((end) => arn.endsWith(`${end}/*`)));
  if (bucketItself && objects) { return PASS; }
  if (!bucketItself && !objects) { return fail('no statement of its policy denies plain HTTP to everybody'); }
  return fail(`its policy denies plain HTTP for ${bucketItself ? 'the bucket, not for its objects' : 'objects, not for the bucket'}`);
}
