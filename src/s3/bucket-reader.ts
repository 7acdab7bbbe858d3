import { Aws } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DISTRIBUTION } from './prop-shapes';
import { checkAccountId, checkOrganizationId } from '../private/ids';
import { checkArgument } from '../private/props';
import { knownAtSynth } from '../private/tokens';
import type { KeyEnvironment } from '../statements/service-statements';
import { viaService } from '../statements/via-service';

/** What a reader does with the bucket and with the key. */
interface ReaderStatements {
  readonly name: string;
  readonly principal: iam.IPrincipal;
  readonly bucketActions: string[];
  readonly listsBucket: boolean;
  readonly bucketConditions: Record<string, unknown>;
  readonly keyConditions: (env: KeyEnvironment) => Record<string, unknown>;
}

/**
 * Who else reads an encrypted bucket: `bucket.allowReadFrom(BucketReader.cloudFront(distribution))`.
 *
 * Adds to the bucket's policy and to the key's, for reading only. Roles of the bucket's own account need neither: use
 * `bucket.grantRead(role)`.
 */
export class BucketReader {
  /**
   * A CloudFront distribution with origin access control (`S3BucketOrigin.withOriginAccessControl`).
   *
   * The bucket's policy names the distribution. The key's policy names all distributions of the account, because the ARN of this
   * one would make a circular dependency: the distribution needs the bucket, and the bucket needs the key.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#oac-permissions-kms-key
   */
  public static cloudFront(distribution: cloudfront.IDistribution): BucketReader {
    checkArgument('BucketReader.cloudFront', 'distribution', distribution, DISTRIBUTION);
    const arn = (id: string) => `arn:${Aws.PARTITION}:cloudfront::${distribution.env.account}:distribution/${id}`;
    return new BucketReader({
      name: 'CloudFront',
      principal: new iam.ServicePrincipal('cloudfront.amazonaws.com'),
      bucketActions: ['s3:GetObject'],
      listsBucket: false,
      bucketConditions: { ArnEquals: { 'aws:SourceArn': arn(distribution.distributionId) } },
      keyConditions: () => ({ ArnLike: { 'aws:SourceArn': arn(knownAtSynth(distribution.distributionId) ?? '*') } }),
    });
  }

  /**
   * Another account; its own IAM policies then decide which of its principals read.
   *
   * @param accountId 12 digits
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
   */
  public static account(accountId: string): BucketReader {
    checkAccountId('BucketReader.account', accountId);
    return BucketReader.throughS3('Account', new iam.AccountPrincipal(accountId), {});
  }

  /**
   * Every account of an organization; their own IAM policies then decide which of their principals read.
   *
   * @param organizationId for example `o-a1b2c3d4e5`
   */
  public static organization(organizationId: string): BucketReader {
    checkOrganizationId('BucketReader.organization', organizationId);
    return BucketReader.throughS3('Organization', new iam.AnyPrincipal(), { StringEquals: { 'aws:PrincipalOrgID': organizationId } });
  }

  private static throughS3(name: string, principal: iam.IPrincipal, conditions: { readonly StringEquals?: Record<string, string> }): BucketReader {
    return new BucketReader({
      name,
      principal,
      bucketActions: ['s3:GetObject', 's3:GetObjectVersion'],
      listsBucket: true,
      bucketConditions: conditions,
      keyConditions: (env) => ({ StringEquals: { ...conditions.StringEquals, 'kms:ViaService': viaService('s3', env) } }),
    });
  }

  private constructor(private readonly reader: ReaderStatements) {}

  /** @internal */
  public _bucketStatements(bucketArn: string): iam.PolicyStatement[] {
    const { name, principal, bucketActions, listsBucket, bucketConditions } = this.reader;
    const allow = (sid: string, actions: string[], resource: string) =>
      new iam.PolicyStatement({ sid, principals: [principal], actions, resources: [resource], conditions: bucketConditions });
    return [
      allow(`ReadFrom${name}`, bucketActions, `${bucketArn}/*`),
      ...(listsBucket ? [allow(`ListFrom${name}`, ['s3:ListBucket'], bucketArn)] : []),
    ];
  }

  /** @internal */
  public _keyStatement(env: KeyEnvironment): iam.PolicyStatement {
    const { name, principal, keyConditions } = this.reader;
    return new iam.PolicyStatement({
      sid: `ReadFrom${name}`, principals: [principal], actions: ['kms:Decrypt'], resources: ['*'], conditions: keyConditions(env),
    });
  }
}
