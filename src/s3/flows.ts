import type { Estate } from '../flows/estate';
import { actsFor, byPolicy, found, outsideByPolicy } from '../flows/finders';
import type { FlowDeclaration, Found, Kind } from '../flows/flow';
import type { TemplateResource } from '../template/template';

const GUIDE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const S3 = 's3.amazonaws.com';
const types = ['AWS::S3::Bucket', 'Custom::S3BucketNotifications'];

/** Event notifications, by the property or by what the CDK writes in place of it. */
function notifications(estate: Estate, kind: Kind, list: string, name: string): Found[] {
  const configured = (source: TemplateResource, property: string) => source.get('NotificationConfiguration', list).items()
    .flatMap((each) => found(estate, source, kind, each.get(property), actsFor(S3, source)));
  return [
    ...estate.ofType('AWS::S3::Bucket').flatMap((bucket) => configured(bucket, name)),
    ...estate.ofType('Custom::S3BucketNotifications').flatMap((custom) => configured(custom, `${name}Arn`)),
  ];
}

const SENDS = { service: 'Amazon S3', direction: 'write' as const, types, principal: `\`${S3}\``, sends: '', becomes: 'completed' as const, needs: '`kms:GenerateDataKey*`, `kms:Decrypt` (`aws:SourceAccount`)' };

/** Reports of other buckets. */
function reports(estate: Estate): Found[] {
  return estate.ofType('AWS::S3::Bucket').flatMap((bucket) => [
    ...bucket.get('InventoryConfigurations').items().map((each) => each.get('Destination', 'BucketArn')),
    ...bucket.get('AnalyticsConfigurations').items().map((each) => each.get('StorageClassAnalysis', 'DataExport', 'Destination', 'BucketArn')),
  ].flatMap((destination) => found(estate, bucket, 'bucket', destination, actsFor(S3, bucket))));
}

function accessLogs(estate: Estate): Found[] {
  const outside = { kind: 'outside', name: 'S3 server access logs', reason: 'S3 cannot deliver access logs to a bucket under SSE-KMS' } as const;
  return estate.ofType('AWS::S3::Bucket').flatMap((bucket) => {
    const logging = bucket.get('LoggingConfiguration');
    const destination = logging.get('DestinationBucketName');
    // Without a destination a bucket logs into itself; an old one is marked for it by its ACL.
    const itself = logging.kind === 'value' && destination.kind === 'absent';
    const marked = bucket.get('AccessControl').match({ value: (acl) => acl.is('LogDeliveryWrite'), absent: () => false, unknown: () => false });
    return itself || marked ? [{ by: bucket, target: bucket, kind: 'bucket' as const, direction: 'write' as const, party: outside }] : found(estate, bucket, 'bucket', destination, outside);
  });
}

function publicByAcl(estate: Estate): Found[] {
  return estate.ofType('AWS::S3::Bucket').filter((bucket) => bucket.get('AccessControl').match({ value: (acl) => /^PublicRead/.test(acl.text), absent: () => false, unknown: () => false }))
    .map((bucket) => ({ by: bucket, target: bucket, kind: 'bucket', direction: 'read', party: { kind: 'outside', name: 'anonymous readers of the public bucket', reason: 'requests that are not signed cannot use a key, so they fail under SSE-KMS' } }));
}

export const FLOWS: readonly FlowDeclaration[] = [
  {
    ...SENDS,
    id: 'S3EventsToQueue',
    what: 'a bucket sends event notifications',
    kind: 'queue',
    foundBy: '`AWS::S3::Bucket` `NotificationConfiguration`, `Custom::S3BucketNotifications`; a queue policy that allows it',
    see: `${GUIDE}/grant-destinations-permissions-to-s3.html`,
    find: (estate) => [...notifications(estate, 'queue', 'QueueConfigurations', 'Queue'), ...byPolicy(estate, S3, 'queue')],
  },
  {
    ...SENDS,
    id: 'S3EventsToTopic',
    what: 'a bucket publishes event notifications',
    kind: 'topic',
    foundBy: '`AWS::S3::Bucket` `NotificationConfiguration`, `Custom::S3BucketNotifications`; a topic policy that allows it',
    see: `${GUIDE}/grant-destinations-permissions-to-s3.html`,
    find: (estate) => [...notifications(estate, 'topic', 'TopicConfigurations', 'Topic'), ...byPolicy(estate, S3, 'topic')],
  },
  {
    ...SENDS,
    id: 'S3Reports',
    what: 'inventory and analytics reports of another bucket are written',
    kind: 'bucket',
    foundBy: '`AWS::S3::Bucket` `InventoryConfigurations`, `AnalyticsConfigurations`; a bucket policy that allows it',
    sends: 'nothing, or the key of the inventory',
    see: `${GUIDE}/configure-inventory.html#configure-inventory-kms-key-policy`,
    find: (estate) => [...reports(estate), ...byPolicy(estate, S3, 'bucket')],
  },
  {
    id: 'S3AccessLogs',
    service: 'Amazon S3',
    what: 'server access logs of a bucket are written',
    kind: 'bucket',
    direction: 'write',
    types,
    foundBy: '`AWS::S3::Bucket` `LoggingConfiguration`, `AccessControl: LogDeliveryWrite`; a bucket policy that allows `logging.s3.amazonaws.com`',
    principal: '`logging.s3.amazonaws.com`',
    sends: 'nothing',
    needs: 'cannot write to a bucket under a customer-managed key',
    becomes: 'left',
    see: `${GUIDE}/enable-server-access-logging.html`,
    find: (estate) => [...accessLogs(estate), ...outsideByPolicy(estate, /^S3 server access logs/)],
  },
  {
    id: 'AnonymousReaders',
    service: 'Anybody',
    what: 'visitors of a public website or bucket read objects',
    kind: 'bucket',
    direction: 'read',
    types,
    foundBy: 'a bucket policy for `*`; `AccessControl: PublicRead`',
    principal: '`*`',
    sends: '',
    needs: 'cannot use a key: S3 refuses unsigned requests for objects under SSE-KMS',
    becomes: 'left',
    see: `${GUIDE}/UsingKMSEncryption.html`,
    find: (estate) => [...publicByAcl(estate), ...outsideByPolicy(estate, /^anonymous/)],
  },
];
