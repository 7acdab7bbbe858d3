import { namesBucket, namesBucketByDomain } from './bucket-names';
import { anyOf } from '../policy/coverage';
import { Mention, Mentions } from '../rules/mentions';
import { memoize } from '../template/memoize';
import { Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Something that writes access logs into buckets. */
interface Writer extends Mention {
  /** Whether its logs can be written under a KMS key. */
  readonly canUseKms: () => boolean | undefined;
}

const LOGS = /^(access|connection|health_check)_logs\.s3\.bucket$/;
const never = () => false;

/** S3 and Elastic Load Balancing, which write into a bucket by its name. */
const writers = memoize((template) => new Mentions([
  ...template.everyOfType('AWS::S3::Bucket').map((by): Writer => ({ by, values: () => [by.get('LoggingConfiguration', 'DestinationBucketName')], canUseKms: never })),
  ...template.everyOfType('AWS::ElasticLoadBalancing::LoadBalancer')
    .map((by): Writer => ({ by, values: () => (isOff(by.get('AccessLoggingPolicy', 'Enabled')) ? [] : [by.get('AccessLoggingPolicy', 'S3BucketName')]), canUseKms: never })),
  ...template.everyOfType('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .map((by): Writer => ({ by, values: () => bucketsOf(by), canUseKms: () => isNetwork(by) })),
], ['AWS::S3::Bucket']));

/** CloudFront, which names a bucket by its domain, and can write under a KMS key. */
const distributions = memoize((template) => new Mentions([
  ...template.everyOfType('AWS::CloudFront::Distribution').map((by) => ({ by, values: () => [by.get('DistributionConfig', 'Logging', 'Bucket')] })),
  ...template.everyOfType('AWS::CloudFront::StreamingDistribution').map((by) => ({ by, values: () => [by.get('StreamingDistributionConfig', 'Logging', 'Bucket')] })),
], ['AWS::S3::Bucket']));

function bucketsOf(loadBalancer: TemplateResource): Read[] {
  const attributes = loadBalancer.get('LoadBalancerAttributes').items();
  return attributes.flatMap((attribute) => attribute.get('Key').literal().match({
    value: ({ text }) => (LOGS.test(text) && !isTurnedOff(attributes, text.replace(/bucket$/, 'enabled')) ? [attribute.get('Value')] : []),
    absent: () => [],
    unknown: ({ reason, where }): Read[] => [new Unknown(reason, where)],
  }));
}

/** Whether an attribute is there and is false, wherever it is written. */
function isTurnedOff(attributes: readonly Read[], key: string): boolean {
  const values = attributes.filter((attribute) => attribute.get('Key').shown === key).map((attribute) => attribute.get('Value'));
  return values.length > 0 && values.every(isOff);
}

const isOff = (value: Read) => value.kind === 'value' && /^false$/i.test(value.text);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html */
function isNetwork(loadBalancer: TemplateResource): boolean | undefined {
  return loadBalancer.get('Type').or('application').literal().match({ value: (type) => type.is('network', 'gateway'), absent: () => false, unknown: () => undefined });
}

const writersInto = (bucket: TemplateResource) => writers(bucket.owner).of(bucket, (value) => namesBucket(bucket, value));

/** The ACL by which S3 writes access logs, and CloudFront too in old templates. */
function hasLogDeliveryAcl(bucket: TemplateResource): boolean | undefined {
  return bucket.get('AccessControl').literal().match({ value: (acl) => acl.is('LogDeliveryWrite'), absent: () => false, unknown: () => undefined });
}

/**
 * Whether a bucket is there to receive access logs of others: named as target, or by the ACL for log delivery.
 * A name that CloudFormation makes up cannot be what a parameter gives, so that such a bucket is not taken for one.
 */
export function receivesLogs(bucket: TemplateResource): boolean | undefined {
  const { certain, possible } = writersInto(bucket);
  const isNamed = bucket.get('BucketName').kind !== 'absent';
  return anyOf([
    hasLogDeliveryAcl(bucket),
    certain.some(({ by }) => by !== bucket),
    isNamed && possible.some(({ mention, value }) => mention.by !== bucket && !isOwnTarget(bucket, value)) ? undefined : false,
  ]);
}

/** A bucket that logs into the same one does not receive its own logs: it is another. */
function isOwnTarget(bucket: TemplateResource, value: Read): boolean {
  const own = bucket.get('LoggingConfiguration', 'DestinationBucketName');
  return own.kind !== 'absent' && own.symbol === value.symbol && !own.symbol.includes('${?}');
}

/**
 * Whether a bucket logs to itself: also where it does not say where to.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-loggingconfiguration.html
 */
function logsToItself(bucket: TemplateResource): boolean | undefined {
  const logging = bucket.get('LoggingConfiguration');
  if (logging.kind !== 'value') { return logging.kind === 'absent' ? false : undefined; }
  const destination = logging.get('DestinationBucketName');
  return destination.kind === 'absent' || (destination.kind === 'value' && namesBucket(bucket, destination) === true);
}

/** What is written into a bucket that cannot be written under a KMS key; with a reason where that is not known. */
export function logsWithoutKms(bucket: TemplateResource): boolean | Unknown {
  const { certain, possible } = writersInto(bucket);
  const others = possible.filter(({ mention, value }) => mention.by !== bucket && !isOwnTarget(bucket, value) && mention.canUseKms() !== true);
  const answer = anyOf([
    logsToItself(bucket),
    ...certain.filter(({ by }) => by !== bucket).map(({ canUseKms }) => negated(canUseKms())),
    others.length > 0 ? undefined : false,
    hasLogDeliveryAcl(bucket) === false ? false : isForCloudFront(bucket, hasLogDeliveryAcl(bucket)),
  ]);
  const by = others[0]?.mention.by ?? certain[0]?.by;
  return answer ?? new Unknown(`whether it receives access logs${by ? ` of ${by.logicalId}` : ''} is known only when the stack is deployed`);
}

const negated = (answer: boolean | undefined) => (answer === undefined ? undefined : !answer);

/** What the ACL for log delivery means: logs of S3, unless CloudFront writes there. */
function isForCloudFront(bucket: TemplateResource, acl: boolean | undefined): boolean | undefined {
  const { certain, possible } = distributions(bucket.owner).of(bucket, (value) => namesBucketByDomain(bucket, value));
  if (certain.length > 0) { return false; }
  return possible.length > 0 ? undefined : acl;
}

