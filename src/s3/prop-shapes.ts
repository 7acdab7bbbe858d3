import * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, FLAG, KEY, NUMBER, REMOVAL_POLICY, ROLE, TEXT, TEXTS } from '../private/common-kinds';
import { ANY, has, kind, listOf, objectWith, oneOf, propsWith, shape } from '../private/kinds';
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

export const EVENT_TYPE = oneOf('s3.EventType', s3.EventType);
export const FILTERS = listOf(shape('an object with prefix or suffix', { prefix: TEXT, suffix: TEXT }, [], (value) => (typeof value === 'string'
  ? `Give \`{ prefix: '${value}' }\`` : "Give `{ prefix: 'incoming/' }`")), 'filters', "[{ prefix: 'incoming/' }]");

export const DISTRIBUTION = objectWith('a CloudFront distribution', ['distributionId'], () => 'Give a `cloudfront.Distribution`');

const METHODS = listOf(oneOf('s3.HttpMethods', s3.HttpMethods), 's3.HttpMethods', '[s3.HttpMethods.GET]');
const CORS_RULE = shape('an object with allowedMethods and allowedOrigins', { allowedMethods: METHODS, allowedOrigins: TEXTS }, ['allowedMethods', 'allowedOrigins'], () =>
  "Give `{ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://example.com'] }`");
const INVENTORY_DESTINATION = shape('an object with bucket', { bucket: BUCKET }, ['bucket'], () => 'Give `{ bucket }`');
const INVENTORY = shape('an object with destination', { destination: INVENTORY_DESTINATION }, ['destination'], () => 'Give `{ destination: { bucket } }`');
const NAMED = (example: string) => shape('an object with name', { name: TEXT }, ['name'], () => `Give \`${example}\``);
const METRICS = shape('an object with id', { id: TEXT }, ['id'], () => "Give `{ id: 'EntireBucket' }`");
const REPLICATION_RULE = shape('an object with destination', { destination: BUCKET }, ['destination'], () => 'Use replicateTo(destination)');

/** Props of `s3.Bucket` in which nothing is protected. */
const OTHER_PROPS = {
  abacStatus: FLAG,
  blockedEncryptionTypes: listOf(objectWith('an s3.BlockedEncryptionType', ['name'], () => 'Give `s3.BlockedEncryptionType.SSE_C`'), 's3.BlockedEncryptionType', '[s3.BlockedEncryptionType.SSE_C]'),
  bucketNamePrefix: TEXT,
  bucketNamespace: oneOf('s3.BucketNamespace', s3.BucketNamespace),
  cors: listOf(CORS_RULE, 'CORS rules', "[{ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://example.com'] }]"),
  intelligentTieringConfigurations: listOf(NAMED("{ name: 'Archive', archiveAccessTierTime: Duration.days(90) }"), 'configurations', "[{ name: 'Archive' }]"),
  inventories: listOf(INVENTORY, 'inventories', '[{ destination: { bucket } }]'),
  metrics: listOf(METRICS, 'metrics', "[{ id: 'EntireBucket' }]"),
  notificationsHandlerRole: ROLE,
  notificationsSkipDestinationValidation: FLAG,
  objectLockDefaultRetention: objectWith('an s3.ObjectLockRetention', ['duration', 'mode'], () => 'Give `s3.ObjectLockRetention.compliance(Duration.days(365))`'),
  replicationRole: ROLE,
  replicationRules: listOf(REPLICATION_RULE, 'replication rules', '[{ destination }]'),
  targetObjectKeyFormat: objectWith('an s3.TargetObjectKeyFormat', ['_render'], () => 'Give `s3.TargetObjectKeyFormat.simplePrefix()`'),
  transferAcceleration: FLAG,
  transitionDefaultMinimumObjectSize: oneOf('s3.TransitionDefaultMinimumObjectSize', s3.TransitionDefaultMinimumObjectSize),
};

/** Props with an error of their own, whatever is given. */
const REFUSED_PROPS = {
  encryption: ANY,
  accessControl: ANY,
  objectOwnership: ANY,
  websiteIndexDocument: ANY,
  websiteErrorDocument: ANY,
  websiteRedirect: ANY,
  websiteRoutingRules: ANY,
};

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
    blockPublicAccess: propsWith('a BlockPublicAccess', ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'], () => 'Leave it out, or give `s3.BlockPublicAccess.BLOCK_ALL`'),
    versioned: FLAG,
    autoDeleteObjects: FLAG,
    removalPolicy: REMOVAL_POLICY,
    serverAccessLogsBucket: BUCKET,
    serverAccessLogsPrefix: TEXT,
    eventBridgeEnabled: FLAG,
    lifecycleRules: listOf(propsWith('a lifecycle rule', ['enabled', 'expiration', 'expirationDate', 'transitions', 'id'], () => 'Give `{ expiration: Duration.days(…) }`'), 'lifecycle rules', '[{ expiration: Duration.days(…) }]'),
    objectLockEnabled: FLAG,
    ...OTHER_PROPS,
    ...REFUSED_PROPS,
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
