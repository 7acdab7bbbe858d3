import { BUCKET, FLAG, KEY, NUMBER, REMOVAL_POLICY, TEXT } from '../private/common-kinds';
import { has, kind, listOf, objectWith } from '../private/kinds';
import { NOT_ENCRYPTION_KEY, propsShape } from '../private/props';

export const BUCKET_READER = objectWith('a BucketReader', ['_bucketStatements'], (value) => {
  if (has('distributionId')(value)) { return 'Give `BucketReader.cloudFront(distribution)`'; }
  if (typeof value === 'string' && /^\d{12}$/.test(value)) { return `Give \`BucketReader.account('${value}')\``; }
  if (has('grantPrincipal')(value)) { return 'To let a role read, use `bucket.grantRead(role)`'; }
  return 'Give one of its factories, such as `BucketReader.cloudFront(distribution)`';
});

const DESTINATIONS: ReadonlyArray<readonly [member: string, example: string]> = [
  ['queueArn', 'new s3n.SqsDestination(queue)'], ['topicArn', 'new s3n.SnsDestination(topic)'], ['functionArn', 'new s3n.LambdaDestination(handler)'],
];

export const NOTIFICATION_DESTINATION = objectWith('a destination of notifications', ['bind'], (value) => {
  const [, example] = DESTINATIONS.find(([member]) => has(member)(value)) ?? DESTINATIONS[0];
  return `Give \`${example}\` of aws-cdk-lib/aws-s3-notifications`;
});

export const DISTRIBUTION = objectWith('a CloudFront distribution', ['distributionId'], () => 'Give a `cloudfront.Distribution`');

export const ENCRYPTED_BUCKET = propsShape({
  of: 'EncryptedBucket',
  kinds: {
    encryptionKey: KEY,
    dualLayer: FLAG,
    bucketKeyEnabled: FLAG,
    bucketName: TEXT,
    enforceSSL: FLAG,
    minimumTLSVersion: NUMBER,
    publicReadAccess: FLAG,
    blockPublicAccess: kind('a BlockPublicAccess', (value) => typeof value === 'object', () => 'Leave it out, or give `s3.BlockPublicAccess.BLOCK_ALL`'),
    versioned: FLAG,
    autoDeleteObjects: FLAG,
    removalPolicy: REMOVAL_POLICY,
    serverAccessLogsBucket: BUCKET,
    serverAccessLogsPrefix: TEXT,
    eventBridgeEnabled: FLAG,
    lifecycleRules: listOf(kind('a lifecycle rule', (value) => typeof value === 'object', () => 'Give `{ expiration: Duration.days(…) }`'), 'lifecycle rules', '[{ expiration: Duration.days(…) }]'),
    objectLockEnabled: FLAG,
  },
  confused: {
    ...NOT_ENCRYPTION_KEY,
    accessLogsBucket: 'serverAccessLogsBucket',
    accessLogBucket: 'serverAccessLogsBucket',
    serverAccessLogBucket: 'serverAccessLogsBucket',
    logBucket: 'serverAccessLogsBucket',
    loggingBucket: 'serverAccessLogsBucket',
    dsse: 'dualLayer',
    bucketKey: 'bucketKeyEnabled',
    enforceTls: 'enforceSSL',
    requireTls: 'enforceSSL',
    minTlsVersion: 'minimumTLSVersion',
    versioning: 'versioned',
    versioningEnabled: 'versioned',
  },
});

export const REPLICATION = propsShape({
  of: 'replicateTo',
  kinds: {
    prefix: TEXT,
    encryptionKey: KEY,
    deleteMarkers: FLAG,
    replicaModifications: FLAG,
    replicationTimeControl: FLAG,
    storageClass: kind('a StorageClass', has('value'), () => 'Give one of `s3.StorageClass`, such as `s3.StorageClass.INFREQUENT_ACCESS`'),
  },
  confused: { ...NOT_ENCRYPTION_KEY, deleteMarkerReplication: 'deleteMarkers', rtc: 'replicationTimeControl' },
});

export const BUCKET_ENCRYPTION_AT_REST = propsShape({
  of: 'BucketEncryptionAtRest', kinds: { dualLayer: FLAG, bucketKeyEnabled: FLAG, receivesLogs: FLAG }, confused: { dsse: 'dualLayer', bucketKey: 'bucketKeyEnabled' },
});
