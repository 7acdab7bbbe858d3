import { Mixin, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { defaultEncryption } from './default-encryption';
import { DSSE_KMS, SSE_KMS, SSE_S3 } from './defaults';
import { BUCKET_ENCRYPTION_AT_REST } from './prop-shapes';
import { refuseBucketKey } from './refusals';
import { refuseSecondPolicyAtSynth } from './refuse-second-policy';
import { Completion, Tell } from '../completion/registry';
import { tellOf } from '../completion/tell-of';
import { encryptOrLeave } from '../kms/encrypt-or-leave';
import { isAliasName, isCustomerKey, keptKey, nearestKey } from '../kms/near';
import { KEY_REFERENCE } from '../private/common-kinds';
import { EncryptionError, ownerPath } from '../private/errors';
import { MixinScope } from '../private/mixin-scope';
import { refuseTarget } from '../private/mixin-target';
import { checkArgument, checkProps } from '../private/props';
import { addToResourcePolicyOf } from '../private/resource-policy';
import { warn } from '../private/warn';
import { denyOtherEncryption } from '../statements/bucket-statements';
import { denyOldTls, denyPlainHttp } from '../statements/transport-statements';

/** Options of the mixin `BucketEncryptionAtRest`. */
export interface BucketEncryptionAtRestOptions {
  /**
   * Encrypts each object twice, with two independent keys (DSSE-KMS). It has no bucket key, so every object costs KMS requests.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
   */
  readonly dualLayer?: boolean;

  /**
   * One data key for many objects, kept by S3 for a short time: up to 99 % fewer KMS requests.
   *
   * @default - what the bucket has already, else true; always false with `dualLayer`
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
   */
  readonly bucketKeyEnabled?: boolean;

  /**
   * Whether S3 or Elastic Load Balancing write access logs to the bucket. Such a bucket stays under S3's own keys: neither
   * can write to a bucket under SSE-KMS.
   *
   * @default - true where a bucket or load balancer of its stack logs to it, or it has the ACL for log delivery
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
   */
  readonly receivesLogs?: boolean;
}

/** The encryption that a bucket has already, as its L1 holds it. */
interface CurrentEncryption {
  readonly sseAlgorithm?: string;
  readonly kmsMasterKeyId?: string;
  readonly bucketKeyEnabled?: boolean;
}

/**
 * Encrypts what is written to a bucket under a KMS key, denies uploads that name another key or algorithm, and blocks encryption
 * under keys that the caller provides (SSE-C). Older objects stay as they are.
 *
 * A bucket that already has a customer-managed key keeps it, and two layers of encryption stay two. A bucket that receives access
 * logs stays under S3's own keys.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export class BucketEncryptionAtRest extends Mixin {
  private readonly scope = new MixinScope();

  /**
   * @param key the customer-managed key, in the bucket's Region; of a `MultiRegionKey` the one in that Region is taken
   */
  constructor(private readonly key: kms.IKeyRef, private readonly options: BucketEncryptionAtRestOptions = {}) {
    super();
    checkArgument('BucketEncryptionAtRest', 'key', key, KEY_REFERENCE);
    checkProps('BucketEncryptionAtRest', options, BUCKET_ENCRYPTION_AT_REST);
  }

  /** Supports `CfnBucket`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnBucket.isCfnBucket(construct);
  }

  /**
   * Sets the default encryption. When the app is synthesized, whoever writes to or reads from the bucket gets the key, and the bucket
   * policy its statements. Throws for a key of another Region.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnBucket.isCfnBucket(construct)) { refuseTarget('BucketEncryptionAtRest', construct, 'buckets (AWS::S3::Bucket)'); }
    const { kmsMasterKeyId } = currentEncryption(construct);
    encryptOrLeave(construct, kmsMasterKeyId, this.key, this.scope, (isOneOfMany) => this._encrypt(construct, isOneOfMany));
  }

  /**
   * As `applyTo`, for a bucket whose own key has been judged.
   *
   * @internal
   */
  public _encrypt(construct: CfnBucket, isOneOfMany: () => boolean, whenPublic?: () => void): void {
    const current = currentEncryption(construct);
    if (this.options.receivesLogs) {
      if (!current.sseAlgorithm) { construct.bucketEncryption = defaultEncryption({ sseAlgorithm: SSE_S3 }); }
      return;
    }
    const before = construct.bucketEncryption;
    const keyArn = isCustomerKey(current.kmsMasterKeyId) ? keptKey(current.kmsMasterKeyId, construct) : this.givenKey(construct);
    const sseAlgorithm = this.options.dualLayer || current.sseAlgorithm === DSSE_KMS ? DSSE_KMS : SSE_KMS;
    const bucketKeyEnabled = this.options.bucketKeyEnabled ?? current.bucketKeyEnabled ?? true;
    construct.bucketEncryption = defaultEncryption({ sseAlgorithm, kmsMasterKeyId: keyArn }, bucketKeyEnabled);
    refuseSecondPolicyAtSynth(construct, tellOf(construct, isOneOfMany));
    Completion.of(construct).protect({
      resource: construct,
      kind: 'bucket',
      isOneOfMany,
      whenPublic,
      keyArn: () => keyArn,
      // Of a bucket that is there to receive logs the template says how it is encrypted.
      undo: (receivesLogs) => { construct.bucketEncryption = before ?? (receivesLogs ? defaultEncryption({ sseAlgorithm: SSE_S3 }) : undefined); },
      denials: (room) => denyOtherEncryption([`${construct.attrArn}/*`], sseAlgorithm, namesOf(keyArn, construct), room),
    });
  }

  private givenKey(bucket: CfnBucket): string {
    const { keyArn } = nearestKey(this.key, bucket).keyRef;
    refuseBucketKey(ownerPath(bucket), keyArn);
    return keyArn;
  }
}

/**
 * How an upload may name the bucket's key. S3 compares text, so a bucket that is under an alias of another app already allows its
 * name, and every key of its Region and account: which of them is meant is known only to KMS.
 */
function namesOf(keyArn: string, bucket: CfnBucket): string[] {
  if (!isAliasName(keyArn)) { return [keyArn]; }
  const stack = Stack.of(bucket);
  warn(bucket, 'BucketKeyIsAlias', `${ownerPath(bucket)}: its key is named by an alias (${keyArn.split(':').pop()}), `
    + 'so uploads under any key of this account and Region are accepted. Name the key by its ARN: kms.Key.fromLookup() finds it by the alias.');
  const alias = keyArn.startsWith('alias/') ? stack.formatArn({ service: 'kms', resource: keyArn }) : keyArn;
  return [alias, stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' })];
}

function currentEncryption(bucket: CfnBucket): CurrentEncryption {
  const [rule] = Stack.of(bucket).resolve(bucket.bucketEncryption)?.serverSideEncryptionConfiguration ?? [];
  const { sseAlgorithm, kmsMasterKeyId } = rule?.serverSideEncryptionByDefault ?? {};
  return {
    sseAlgorithm,
    kmsMasterKeyId: keyAsWritten(bucket.bucketEncryption) ?? (typeof kmsMasterKeyId === 'object' ? Token.asString(kmsMasterKeyId) : kmsMasterKeyId),
    bucketKeyEnabled: rule?.bucketKeyEnabled,
  };
}

/** The reference to the key, where the property is not a token as a whole: resolved, it no longer says which construct it is to. */
function keyAsWritten(encryption: CfnBucket['bucketEncryption']): string | undefined {
  const rules = encryption && 'serverSideEncryptionConfiguration' in encryption ? encryption.serverSideEncryptionConfiguration : [];
  const [rule] = Array.isArray(rules) ? rules : [];
  const byDefault = rule && 'serverSideEncryptionByDefault' in rule ? rule.serverSideEncryptionByDefault : undefined;
  return byDefault && 'kmsMasterKeyId' in byDefault ? byDefault.kmsMasterKeyId : undefined;
}

/**
 * Denies every request to a bucket that does not use TLS 1.2 or newer.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit
 */
export class BucketTlsOnly extends Mixin {
  private readonly scope = new MixinScope();

  /** Supports `CfnBucket`. */
  public supports(construct: IConstruct): boolean {
    this.scope.asked(construct);
    return CfnBucket.isCfnBucket(construct);
  }

  /**
   * Adds the two statements to the bucket's policy when the app is synthesized: to the one that the app has, however it is made. A website, which S3
   * serves over plain HTTP only, and a policy that cannot be added to, are errors; one bucket among the many of a scope is left as it was, with a warning.
   */
  public applyTo(construct: IConstruct): void {
    if (!CfnBucket.isCfnBucket(construct)) { refuseTarget('BucketTlsOnly', construct, 'buckets (AWS::S3::Bucket)'); }
    const isOneOfMany = this.scope.isOneOfMany(construct);
    this._limitLater(construct, isOneOfMany(), tellOf(construct, isOneOfMany));
  }

  /**
   * As `applyTo`; `tell` is told of a policy that cannot be added to.
   *
   * @internal
   */
  public _limitLater(construct: CfnBucket, isOneOfMany: boolean, tell: Tell): void {
    if (construct.websiteConfiguration !== undefined) { return leaveWebsite(construct, isOneOfMany); }
    Completion.of(construct).addToPolicy(construct, tlsStatements(construct), tell);
    refuseSecondPolicyAtSynth(construct, tell);
  }

  /**
   * As `applyTo`, for a bucket that is made only now.
   *
   * @internal
   */
  public _limit(construct: CfnBucket): void {
    addToResourcePolicyOf(construct, tlsStatements(construct));
    refuseSecondPolicyAtSynth(construct);
  }
}

function tlsStatements({ attrArn }: CfnBucket): iam.PolicyStatement[] {
  const bucketAndObjects = [attrArn, `${attrArn}/*`];
  return [denyPlainHttp(['s3:*'], bucketAndObjects), denyOldTls(bucketAndObjects)];
}

function leaveWebsite(bucket: CfnBucket, isOneOfMany: boolean): void {
  const why = 'its website endpoint speaks plain HTTP only, so every visitor would be denied. Serve the site through CloudFront with origin access control';
  if (!isOneOfMany) {
    throw new EncryptionError(ownerPath(bucket), 'WebsiteIsPlainHttp', 'cannot be limited to TLS: its website endpoint speaks plain HTTP only, '
      + 'so every visitor would be denied. Serve the site through CloudFront with origin access control.');
  }
  warn(bucket, 'LeftAsItWas', `${ownerPath(bucket)} is left as it was, not limited to TLS: ${why}.`);
}
