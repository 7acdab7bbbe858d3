import { IAspect, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { refuseKmsLogBucket } from './access-log-bucket';
import { BucketEncryptionAtRest } from './mixins';
import { BUCKET_REFUSALS, refuseBucketKey } from './refusals';
import { nearestKey } from '../kms/near';
import type { Refusal } from '../private/errors';
import { InjectorsOf, ProtectingInjector } from '../private/injector';
import { MINIMUM_TLS_VERSION } from '../statements/tls';

/** Old code marks a bucket for logs with this ACL; S3 needs it there. */
const isForLogs = ({ accessControl }: s3.BucketProps) => accessControl === s3.BucketAccessControl.LOG_DELIVERY_WRITE;

/** An ACL that old code has for log delivery is not a weakness. */
const REFUSALS: ReadonlyArray<Refusal<s3.BucketProps>> = BUCKET_REFUSALS.map((refusal) => (refusal.prop === 'accessControl'
  ? { ...refusal, refuses: (value) => value !== s3.BucketAccessControl.LOG_DELIVERY_WRITE && refusal.refuses(value) }
  : refusal.prop === 'objectOwnership' ? { ...refusal, refuses: () => false } : refusal));

/** Encrypts every `s3.Bucket` under the key, lets it answer over TLS only, and blocks public access. */
export class BucketInjector extends ProtectingInjector<s3.BucketProps> {
  public static readonly TARGET = s3.Bucket.PROPERTY_INJECTION_ID;
  public static readonly REFUSALS = REFUSALS;

  protected protect(props: s3.BucketProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof s3.BucketProps>): Partial<s3.BucketProps> {
    const logs = props.serverAccessLogsBucket;
    if (logs) { this.accepts(scope, () => refuseKmsLogBucket(path, 'serverAccessLogsBucket', logs)); }
    return {
      ...this.encryption(props, path, scope, insecure),
      ...(!insecure.has('enforceSSL') && { enforceSSL: true, minimumTLSVersion: props.minimumTLSVersion ?? MINIMUM_TLS_VERSION }),
      ...(!insecure.has('blockPublicAccess') && !insecure.has('publicReadAccess') && { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL }),
    };
  }

  private encryption(
    props: s3.BucketProps, path: string, scope: IConstruct, insecure: ReadonlySet<keyof s3.BucketProps>,
  ): Partial<s3.BucketProps> {
    if (insecure.has('encryption')) { return {}; }
    if (isForLogs(props)) { return { encryption: s3.BucketEncryption.S3_MANAGED }; }
    const key = props.encryptionKey ? this.given(props.encryptionKey, path, scope) : this.settings.keyFor(scope, path, props.removalPolicy);
    if (!key) { return {}; }
    const encryption = props.encryption ?? s3.BucketEncryption.KMS;
    this.settings.encryptedBuckets.add(path);
    return {
      encryption,
      encryptionKey: key,
      bucketKeyEnabled: encryption === s3.BucketEncryption.KMS ? props.bucketKeyEnabled ?? true : undefined,
    };
  }

  /** The key that the code gives, in the bucket's Region; `undefined` where it cannot be used, which is then reported. */
  private given(key: kms.IKey, path: string, scope: IConstruct): kms.IKey | undefined {
    let near: kms.IKey | undefined;
    this.accepts(scope, () => {
      const found = nearestKey(key, scope, path) as kms.IKey;
      refuseBucketKey(path, found.keyArn);
      near = found;
    });
    return near;
  }
}

/**
 * Completes, when the app is synthesized, the buckets that `BucketInjector` encrypted, by the mixin: no prop of `s3.Bucket`
 * blocks SSE-C or denies uploads under another key.
 */
export class CompleteBuckets implements IAspect {
  private readonly mixins = new Map<Stack, BucketEncryptionAtRest>();

  constructor(private readonly encryptedBuckets: ReadonlySet<string>) {}

  public visit(node: IConstruct): void {
    const bucket = node.node.scope;
    if (!s3.CfnBucket.isCfnBucket(node) || !(bucket instanceof s3.Bucket) || !this.encryptedBuckets.has(bucket.node.path)) { return; }
    const stack = Stack.of(node);
    const mixin = this.mixins.get(stack) ?? new BucketEncryptionAtRest(bucket.encryptionKey!);
    this.mixins.set(stack, mixin);
    mixin._encrypt(node);
  }
}

export const injectors: InjectorsOf = (settings, previous) =>
  [new BucketInjector(BucketInjector.TARGET, settings, BucketInjector.REFUSALS, previous(BucketInjector.TARGET))];
