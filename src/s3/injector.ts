import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { refuseKmsLogBucket } from './access-log-bucket';
import { BucketEncryptionAtRest, BucketTlsOnly } from './mixins';
import { BUCKET_REFUSALS, refuseBucketKey } from './refusals';
import { Completion } from '../completion/registry';
import { KeyedInjector } from '../kms/keyed-injector';
import { EncryptionError, Refusal, refuse } from '../private/errors';
import type { InjectorsOf } from '../private/injector';

const ALL_BLOCKED: s3.CfnBucket.PublicAccessBlockConfigurationProperty = {
  blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true,
};

const isPlain = (value: unknown) => value === s3.BucketEncryption.S3_MANAGED;

/** An ACL that old code has for log delivery is not a weakness. */
const REFUSALS: ReadonlyArray<Refusal<s3.BucketProps>> = BUCKET_REFUSALS.map((refusal) => (refusal.prop === 'accessControl'
  ? { ...refusal, refuses: (value, props) => value !== s3.BucketAccessControl.LOG_DELIVERY_WRITE && refusal.refuses(value, props) }
  : refusal.prop === 'objectOwnership' ? { ...refusal, refuses: () => false }
    : refusal.prop === 'encryption' ? { ...refusal, refuses: (value, props) => !isPlain(value) && refusal.refuses(value, props) } : refusal));

/** S3's own keys are right for a bucket that receives access logs; only at synth is it known which does. */
const PLAIN = BUCKET_REFUSALS.filter(({ prop }) => prop === 'encryption');

/**
 * When the app is synthesized, blocks public access to every `s3.Bucket`, encrypts it under the key and limits it to TLS, by the mixins: only
 * then is it known who uses the bucket. The code that made it has seen a plain bucket all the time, so nothing in it behaves differently.
 */
export class BucketInjector extends KeyedInjector<s3.BucketProps> {
  public static readonly TARGET = s3.Bucket.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = REFUSALS;

  protected protect(props: s3.BucketProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof s3.BucketProps>): Partial<s3.BucketProps> {
    const logs = props.serverAccessLogsBucket;
    if (logs) { this.accepts(scope, () => refuseKmsLogBucket(path, 'serverAccessLogsBucket', logs)); }
    const isPublic = insecure.has('blockPublicAccess') || insecure.has('publicReadAccess') || insecure.has('websiteIndexDocument');
    const plain = isPlain(props.encryption);
    const key = plain || insecure.has('encryption') ? undefined : props.encryptionKey ? this.given(props.encryptionKey, path, scope, (near) => refuseBucketKey(path, near.keyArn)) : this.settings.keyFor(scope, path, props.removalPolicy);
    const limits = !insecure.has('enforceSSL') && !insecure.has('websiteIndexDocument');
    Completion.of(scope).later(path, (bucket) => {
      if (!s3.CfnBucket.isCfnBucket(bucket)) { return; }
      const whenPublic = isPublic ? undefined : this.blockPublicAccess(bucket, path, scope);
      if (key) {
        this.settings.warnOfUploads();
        new BucketEncryptionAtRest(key, { bucketKeyEnabled: props.bucketKeyEnabled })._encrypt(bucket, () => true, whenPublic);
      }
      if (plain) { Completion.of(scope).keepPlain(bucket, () => this.accepts(scope, () => refuse(path, props, PLAIN))); }
      if (limits) { new BucketTlsOnly()._limitLater(bucket, true, this.tellIn(scope)); }
    });
    return {};
  }

  /**
   * Blocks public access. Not by the prop: the CDK then throws where the code opens the bucket to everybody (`grantPublicAccess`). What is to be done where it
   * does: an error of this library, or a warning, and the bucket as it was.
   */
  private blockPublicAccess(bucket: s3.CfnBucket, path: string, scope: IConstruct): () => void {
    const before = bucket.publicAccessBlockConfiguration;
    bucket.publicAccessBlockConfiguration = ALL_BLOCKED;
    return () => {
      bucket.publicAccessBlockConfiguration = before;
      this.accepts(scope, () => {
        throw new EncryptionError(path, 'BucketIsPublic', 'its policy allows everybody to read or write objects, and an encrypted bucket is never public (AWS FSBP S3.2). Leave the grant out; publish through CloudFront with origin access control.');
      });
    };
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new BucketInjector(BucketInjector.TARGET, settings, BucketInjector.REFUSALS, previous(BucketInjector.TARGET))];
