import { byPolicy, found, outsideByPolicy } from '../flows/finders';
import type { FlowDeclaration } from '../flows/flow';

const GUIDE = 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide';
const types = ['AWS::CloudFront::Distribution', 'AWS::CloudFront::CloudFrontOriginAccessIdentity'];

export const FLOWS: readonly FlowDeclaration[] = [
  {
    id: 'CloudFrontOriginAccessControl',
    service: 'Amazon CloudFront',
    what: 'a distribution reads objects through origin access control',
    kind: 'bucket',
    direction: 'read',
    foundBy: 'a bucket policy that allows `cloudfront.amazonaws.com`',
    types,
    principal: '`cloudfront.amazonaws.com`',
    sends: '',
    needs: '`kms:Decrypt`, `kms:Encrypt`, `kms:GenerateDataKey*` for distributions of the account (`aws:SourceArn`)',
    becomes: 'completed',
    see: `${GUIDE}/private-content-restricting-access-to-s3.html#oac-permissions-sse-kms`,
    find: (estate) => byPolicy(estate, 'cloudfront.amazonaws.com', 'bucket'),
  },
  {
    id: 'CloudFrontOriginAccessIdentity',
    service: 'Amazon CloudFront',
    what: 'a distribution reads objects through an origin access identity',
    kind: 'bucket',
    direction: 'read',
    foundBy: '`AWS::CloudFront::Distribution` `S3OriginConfig.OriginAccessIdentity`; a bucket policy that allows its canonical user',
    types,
    principal: 'the origin access identity',
    sends: '',
    needs: 'cannot use a customer-managed key: use origin access control',
    becomes: 'left',
    see: `${GUIDE}/private-content-restricting-access-to-s3.html`,
    find: (estate) => [
      ...outsideByPolicy(estate, /origin access identity/),
      ...estate.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => distribution.get('DistributionConfig', 'Origins').items()
        .filter((origin) => origin.get('S3OriginConfig', 'OriginAccessIdentity').match({ value: ({ text }) => text !== '', absent: () => false, unknown: () => true }))
        .flatMap((origin) => found(estate, distribution, 'bucket', origin.get('DomainName'), {
          kind: 'outside', name: 'the CloudFront origin access identity', reason: 'an origin access identity cannot read objects under SSE-KMS; use origin access control (S3BucketOrigin.withOriginAccessControl)',
        }, { direction: 'read' }))),
    ],
  },
  {
    id: 'CloudFrontLogs',
    service: 'Amazon CloudFront',
    what: 'a distribution writes standard logs (legacy)',
    kind: 'bucket',
    direction: 'write',
    foundBy: '`AWS::CloudFront::Distribution` `Logging.Bucket`',
    types,
    principal: '`awslogsdelivery` by ACL, `delivery.logs.amazonaws.com` to KMS',
    sends: 'nothing',
    needs: 'a statement without any source condition, which would let anybody\'s distribution use the key: the bucket is left under SSE-S3',
    becomes: 'left',
    see: `${GUIDE}/standard-logging-legacy-s3.html`,
    find: (estate) => estate.ofType('AWS::CloudFront::Distribution').flatMap((distribution) => found(estate, distribution, 'bucket', distribution.get('DistributionConfig', 'Logging', 'Bucket'), {
      kind: 'outside', name: 'CloudFront standard logs (delivery.logs.amazonaws.com)', reason: 'the delivery passes no source that a key policy could be limited to',
    })),
  },
];
