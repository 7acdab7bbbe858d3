import { keyNamed } from '../kms/keys';
import { Statement, statementsOfAll } from '../policy/policy';
import { Json, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

const LOGS = /^(access|connection|health_check)_logs\.s3\.bucket$/;

/** The policies of each bucket, by its logical id; worked out once for a template. */
function policiesByBucket(template: Template): Map<string, TemplateResource[]> {
  return template.once('s3 policies', () => {
    const byName = namesOf(template);
    const found = new Map<string, TemplateResource[]>();
    for (const policy of template.all().filter(({ type }) => type === 'AWS::S3::BucketPolicy')) {
      const id = bucketIn(template, policy.properties.Bucket, byName);
      if (id) { found.set(id, [...(found.get(id) ?? []), policy]); }
    }
    return found;
  });
}

/** Physical name → logical id. */
function namesOf(template: Template): Map<string, string> {
  return new Map(template.all().filter(({ type, properties }) => type === 'AWS::S3::Bucket' && properties.BucketName !== undefined)
    .map(({ properties, logicalId }) => [template.text(properties.BucketName), logicalId]));
}

function bucketIn(template: Template, value: unknown, byName: Map<string, string>): string | undefined {
  const target = template.target(value);
  if (target?.type === 'AWS::S3::Bucket') { return target.logicalId; }
  const name = template.text(value);
  // A logical id in place of a reference: no bucket can have a name in capitals.
  return byName.get(name) ?? (/[A-Z]/.test(name) && template.resource(name)?.type === 'AWS::S3::Bucket' ? name : undefined);
}

/** Whether a policy's bucket is in the template: then it is judged with the bucket. */
export function hasItsBucket(policy: TemplateResource, template: Template): boolean {
  return [...policiesByBucket(template).values()].some((policies) => policies.includes(policy));
}

/** The statements of all policies of a bucket; `Unknown` where one cannot be read. */
export function policyStatements(bucket: TemplateResource, template: Template): Statement[] | Unknown | undefined {
  return statementsOfAll(template, (policiesByBucket(template).get(bucket.logicalId) ?? []).filter((policy) => template.isMade(policy)));
}

/** Logical ids of buckets into which S3 or Elastic Load Balancing write access logs. */
export function logBuckets(template: Template): Set<string> {
  return template.once('log buckets', () => {
    const byName = namesOf(template);
    const values = [
      ...template.all().filter(({ type }) => type === 'AWS::S3::Bucket').flatMap((bucket) => {
        const value = template.property(bucket, 'LoggingConfiguration', 'DestinationBucketName');
        // Without a destination a bucket logs into itself.
        return value ?? (bucket.properties.LoggingConfiguration === undefined ? [] : { Ref: bucket.logicalId });
      }),
      ...template.all().filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')
        .flatMap(({ properties }) => template.objects(properties.LoadBalancerAttributes))
        .filter(({ Key }) => LOGS.test(template.text(Key))).map(({ Value }) => Value),
      ...template.all().filter(({ type }) => type === 'AWS::ElasticLoadBalancing::LoadBalancer')
        .map(({ properties }) => template.object(properties.AccessLoggingPolicy).S3BucketName),
    ];
    return new Set(values.flatMap((value) => bucketIn(template, value, byName) ?? []));
  });
}

/** Whether a bucket is there to receive access logs: named as target, or by the ACL for log delivery. */
export function receivesLogs(bucket: TemplateResource, template: Template): boolean {
  return logBuckets(template).has(bucket.logicalId) || template.text(bucket.properties.AccessControl) === 'LogDeliveryWrite';
}

/** The default encryption of a bucket; empty where it has none, `Unknown` where only the deployment knows. */
export function defaultEncryption(bucket: TemplateResource, template: Template): Json | Unknown {
  const rules = template.property(bucket, 'BucketEncryption', 'ServerSideEncryptionConfiguration');
  if (rules instanceof Unknown) { return new Unknown(`BucketEncryption: ${rules.reason}`); }
  const [rule] = template.list(rules);
  if (rule instanceof Unknown) { return rule; }
  const byDefault = template.value(template.object(rule).ServerSideEncryptionByDefault);
  if (byDefault instanceof Unknown) { return byDefault; }
  return { ...template.object(byDefault), rule: template.object(rule) };
}

/** The key of a bucket, where the template has it. */
export function keyOfBucket(bucket: TemplateResource, template: Template): TemplateResource | undefined {
  const encryption = defaultEncryption(bucket, template);
  return encryption instanceof Unknown ? undefined : keyNamed(template, encryption.KMSMasterKeyID);
}
