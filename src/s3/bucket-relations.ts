import { namesBucket } from './bucket-names';
import { Statement, statementsOfAll } from '../policy/policy';
import { Mentions, notKnownWhom } from '../rules/mentions';
import { fail, Verdict } from '../rules/rule';
import { notKnown, targetOf } from '../rules/values';
import { memoize } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Which policies name which bucket. */
const policies = memoize((template) => new Mentions(
  template.everyOfType('AWS::S3::BucketPolicy').map((by) => ({ by, values: () => [by.get('Bucket')] })), ['AWS::S3::Bucket']));

/** Whether a policy's bucket is in the template: then it is judged with the bucket. */
export function hasItsBucket(policy: TemplateResource): boolean {
  const target = targetOf(policy.get('Bucket'));
  if (target?.type === 'AWS::S3::Bucket' && target.owner === policy.owner) { return target.owner.isMade(target); }
  return policy.owner.ofType('AWS::S3::Bucket').some((bucket) => namesBucket(bucket, policy.get('Bucket')) === true);
}

/** The policies that name a bucket of the template for certain, and those that may. */
export const policiesOf = (bucket: TemplateResource) => policies(bucket.owner).of(bucket, (value) => namesBucket(bucket, value));

/** The same; a bucket that is imported may be any. */
export const policiesThatMayName = (bucket: TemplateResource) => policies(bucket.owner).of(bucket, (value) => (value.kind === 'unknown' ? undefined : namesBucket(bucket, value)));

/** Judges the statements of all policies of a bucket together; a bucket without one fails. */
export function judgePolicies(bucket: TemplateResource, check: (statements: Statement[]) => Verdict): Verdict {
  const { certain, possible } = policiesOf(bucket);
  const statements = statementsOfAll(certain.map(({ by }) => by));
  if (statements instanceof Unknown) { return notKnown(statements); }
  if (statements) { return check(statements); }
  const [first] = possible;
  return first ? notKnownWhom(first.mention.by, first.value) : fail('it has no bucket policy');
}

/** The rule of a bucket's default encryption; absent where it has none. */
export function encryptionRule(bucket: TemplateResource): Read {
  const rules = bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration');
  return rules.items()[0] ?? rules;
}

/** The algorithm of a bucket's default encryption. */
export function algorithmOf(bucket: TemplateResource): Read {
  return encryptionRule(bucket).get('ServerSideEncryptionByDefault', 'SSEAlgorithm').literal();
}

/** The key of a bucket's default encryption. */
export function keyOf(bucket: TemplateResource): Read {
  return encryptionRule(bucket).get('ServerSideEncryptionByDefault', 'KMSMasterKeyID');
}
