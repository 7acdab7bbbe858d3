import { allOf, anyOf, partsOf, patternCovers, standingAmong, standingBeside, StandingOf, UNKNOWN } from '../policy/coverage';
import { targetOf } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** By what a bucket is named: each of them is its name. */
export interface BucketName {
  readonly names: readonly string[];
  readonly standing?: StandingOf;
}

/** The names of a bucket of the template: the one that `Ref` gives, and the one that it is given. */
export function nameOfBucket(bucket: TemplateResource): BucketName {
  const given = bucket.get('BucketName');
  const standing = standingBeside(bucket, 'BucketName');
  return { names: [`\${${bucket.logicalId}}`, ...(given.kind === 'absent' ? [] : [given.symbol])], standing };
}

/** The name of a bucket from elsewhere, as a resource of the template writes it. */
export function nameElsewhere(by: TemplateResource, name: Read): BucketName {
  return { names: [name.symbol], standing: standingAmong(by) };
}

/** Whether a value is the name of a bucket of the template; `undefined` where only the deployment knows. */
export function namesBucket(bucket: TemplateResource, value: Read): boolean | undefined {
  const target = targetOf(value);
  if (target?.type === 'AWS::S3::Bucket') { return target === bucket; }
  // A stack does not import what it exports itself.
  if (value.kind === 'absent' || (value.kind === 'unknown' && value.source === 'import') || target) { return false; }
  // A logical id in place of a reference: no bucket can have a name in capitals.
  if (/[A-Z]/.test(value.symbol) && value.symbol === bucket.logicalId) { return true; }
  return isNameOf(value.symbol, nameOfBucket(bucket));
}

function isNameOf(text: string, { names, standing }: BucketName): boolean | undefined {
  return anyOf(names.map((name) => patternCovers(text, name, standing)));
}

/** Whether a value is the domain name of a bucket, as CloudFront names it. */
export function namesBucketByDomain(bucket: TemplateResource, value: Read): boolean | undefined {
  if (targetOf(value) || value.kind === 'absent') { return namesBucket(bucket, value); }
  const symbol = value.symbol.replace(/\.s3[.-][^/]*$/, '').replace(/^(\$\{\w+)\.(Regional)?DomainName\}$/, '$1}');
  return isNameOf(symbol, nameOfBucket(bucket));
}

/** Characters that no pattern spells out: a pattern that covers them covers every object. */
const ANY_OBJECTS = ['\uE002', '\uE002/\uE003'];

/** Whether a bucket, and all of its objects, are covered; `undefined` where only the deployment knows. */
export interface Coverage {
  readonly itself?: boolean;
  readonly objects?: boolean;
}

/** What of a bucket some resource patterns cover: the bucket itself, and all of its objects. */
export function coverageOf(patterns: readonly string[], { names, standing }: BucketName): Coverage {
  const arns = patterns.map(normalized);
  const covers = (suffix: string) => anyOf(arns.flatMap((arn) => names.map((name) => patternCovers(arn, `arn:aws:s3:::${name}${suffix}`, standing))));
  return { itself: covers(''), objects: allOf(ANY_OBJECTS.map((key) => covers(`/${key}`))) };
}

/** What of a bucket is covered by everything but some patterns (`NotResource`): its objects where no pattern is about one of them. */
export function coverageBeside(patterns: readonly string[], { names, standing }: BucketName): Coverage {
  const arns = patterns.map(normalized);
  const hasNone = (has: (arn: string, name: string) => boolean | undefined) => {
    const found = anyOf(arns.flatMap((arn) => names.map((name) => has(arn, name))));
    return found === undefined ? undefined : !found;
  };
  return {
    itself: hasNone((arn, name) => patternCovers(arn, `arn:aws:s3:::${name}`, standing)),
    objects: hasNone((arn, name) => {
      const [bucket, ...key] = partsOf(arn, '/');
      const isAboutObjects = key.length > 0 && patternCovers(bucket, `arn:aws:s3:::${name}`, standing) === true;
      return isAboutObjects || patternCovers(arn, `arn:aws:s3:::${name}/${UNKNOWN}`, standing);
    }),
  };
}

/** An ARN of S3 has neither Region nor account, and its partition is the stack's. */
function normalized(pattern: string): string {
  return pattern.replace(/^\$\{(\w+)\.Arn\}/, 'arn:aws:s3:::${$1}').replace(/^arn:(aws[a-z-]*|\$\{AWS::Partition\}|\*):/, 'arn:aws:');
}
