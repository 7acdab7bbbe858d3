/*
 * What a key policy needs, by AWS's pages. Most services use a key with the permissions of whoever calls them, by a grant, or by a role: the policies of
 * the account are enough. Some call KMS as themselves.
 */

/** A statement that lets a service use the key. `{partition}`, `{region}`, `{account}` and `{urlSuffix}` stand for those of the resource. */
export interface KeyStatement {
  readonly services: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a service that calls KMS as itself needs of the key. */
export interface KeyPolicyNeed {
  /** What happens without it, as a sentence goes on after "until". */
  readonly otherwise: string;
  readonly statements: readonly KeyStatement[];
  /** Tags of the key without which the service does not use it. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly see: string;
}

const DOCS = 'https://docs.aws.amazon.com';
const SOURCE_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '{account}' } };
const arn = (service: string, rest: string) => `arn:{partition}:${service}:{region}:{account}:${rest}`;
/** On behalf of resources of the account: their ARNs are not known before they are made. */
const forArn = (pattern: string, context?: string) => ({ ...SOURCE_ACCOUNT, ArnLike: { 'aws:SourceArn': pattern, ...(context === undefined ? {} : { [`kms:EncryptionContext:${context}`]: pattern }) } });
const allow = (services: string | readonly string[], actions: readonly string[], conditions: KeyStatement['conditions']): KeyStatement =>
  ({ services: [services].flat(), actions: actions.map((action) => `kms:${action}`), conditions });

const LOGS = 'logs.{region}.{urlSuffix}';
const S3_TABLES = 'maintenance.s3tables.amazonaws.com';
const inTableBuckets = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': arn('s3tables', 'bucket/*') } };
const INVESTIGATIONS = arn('aiops', 'investigation-group/*');
const FLINK = arn('kinesisanalytics', 'application/*');
const ofFlink = { ArnLike: { 'kms:EncryptionContext:aws:kinesisanalytics:arn': FLINK } };
const ANOMALIES = arn('logs', 'anomaly-detector:*');
const TRAILS = 'arn:{partition}:cloudtrail:*:{account}:trail/*';

/** By the names that rows of the table give. */
export const KEY_POLICIES: Readonly<Record<string, KeyPolicyNeed>> = {
  AthenaManagedResults: {
    otherwise: 'queries of the workgroup fail',
    see: `${DOCS}/athena/latest/ug/managed-results.html#managed-query-results-set-up`,
    statements: [allow('encryption.athena.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'DescribeKey'], forArn(arn('athena', 'workgroup/*'), 'aws:athena:arn'))],
  },
  CloudTrail: {
    otherwise: 'CloudTrail cannot write its log files',
    see: `${DOCS}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html`,
    statements: [
      allow('cloudtrail.amazonaws.com', ['Decrypt', 'GenerateDataKey*'], { ArnLike: { 'aws:SourceArn': TRAILS }, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': TRAILS } }),
      allow('cloudtrail.amazonaws.com', ['DescribeKey'], { ArnLike: { 'aws:SourceArn': TRAILS } }),
    ],
  },
  /** "cannot use the condition keys aws:SourceArn or aws:SourceAccount". */
  CloudTrailLake: {
    otherwise: 'CloudTrail cannot write events to the event data store',
    see: `${DOCS}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html#create-kms-key-policy-for-cloudtrail-encrypt-eds`,
    statements: [allow('cloudtrail.amazonaws.com', ['GenerateDataKey', 'Decrypt'], {})],
  },
  Dsql: {
    otherwise: 'the cluster cannot be used',
    see: `${DOCS}/aurora-dsql/latest/userguide/data-encryption.html`,
    statements: [
      allow('dsql.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo', 'DescribeKey'], { ArnLike: { 'aws:SourceArn': arn('dsql', 'cluster/*') } }),
    ],
  },
  EventBus: {
    otherwise: 'EventBridge refuses the key',
    see: `${DOCS}/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html`,
    statements: [
      allow('events.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'DescribeKey'], forArn(arn('events', 'event-bus/*'), 'aws:events:event-bus:arn')),
    ],
  },
  EventArchive: {
    otherwise: 'EventBridge cannot archive events',
    see: `${DOCS}/eventbridge/latest/userguide/encryption-archives.html`,
    statements: [
      allow('events.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'ReEncrypt*'], { ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': arn('events', 'event-bus/*') } }),
      allow('events.amazonaws.com', ['DescribeKey'], {}),
    ],
  },
  /** EventBridge keeps the credentials in a secret, with the permissions of the caller. */
  EventConnection: {
    otherwise: 'EventBridge refuses the key',
    see: `${DOCS}/eventbridge/latest/userguide/encryption-connections.html`,
    statements: [],
    tags: { EventBridgeApiDestinations: 'true' },
  },
  Fargate: {
    otherwise: 'tasks on Fargate do not start',
    see: `${DOCS}/AmazonECS/latest/developerguide/fargate-create-storage-key.html`,
    statements: [
      allow('fargate.amazonaws.com', ['GenerateDataKeyWithoutPlaintext'], { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': '{account}' } }),
      allow('fargate.amazonaws.com', ['CreateGrant'], {
        'StringEquals': { 'kms:EncryptionContext:aws:ecs:clusterAccount': '{account}' }, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      }),
    ],
  },
  Flink: {
    otherwise: 'Managed Service for Apache Flink refuses the key',
    see: `${DOCS}/managed-flink/latest/java/key-management-flink.html`,
    statements: [
      allow(['kinesisanalytics.amazonaws.com', 'infrastructure.kinesisanalytics.amazonaws.com'], ['DescribeKey'], forArn(FLINK)),
      allow('kinesisanalytics.amazonaws.com', ['GenerateDataKey'], forArn(FLINK, 'aws:kinesisanalytics:arn')),
      allow('kinesisanalytics.amazonaws.com', ['Decrypt'], ofFlink),
      allow('infrastructure.kinesisanalytics.amazonaws.com', ['Decrypt', 'GenerateDataKeyWithoutPlaintext'], ofFlink),
      allow('infrastructure.kinesisanalytics.amazonaws.com', ['CreateGrant'], {
        ...ofFlink, 'StringEquals': { 'kms:GrantConstraintType': 'EncryptionContextSubset' }, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      }),
    ],
  },
  GuardDutyFindings: {
    otherwise: 'GuardDuty cannot export findings',
    see: `${DOCS}/guardduty/latest/ug/guardduty_exportfindings.html`,
    statements: [allow('guardduty.amazonaws.com', ['GenerateDataKey'], forArn(arn('guardduty', 'detector/*')))],
  },
  HealthImaging: {
    otherwise: 'the data store cannot be read or written',
    see: `${DOCS}/healthimaging/latest/devguide/encryption-at-rest.html`,
    statements: [
      allow('medical-imaging.amazonaws.com', ['Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'], { ArnLike: { 'kms:EncryptionContext:kms-arn': arn('kms', 'key/*') } }),
    ],
  },
  Investigations: {
    otherwise: 'CloudWatch investigations cannot use the key',
    see: `${DOCS}/AmazonCloudWatch/latest/monitoring/Investigations-Security.html`,
    statements: [
      allow('aiops.amazonaws.com', ['DescribeKey'], forArn(INVESTIGATIONS)),
      allow('aiops.amazonaws.com', ['Decrypt', 'GenerateDataKey'], forArn(INVESTIGATIONS, 'aws:aiops:investigation-group-arn')),
      allow('aiops.alarms.cloudwatch.amazonaws.com', ['Decrypt', 'GenerateDataKey'], {
        StringEquals: { 'aws:SourceAccount': '{account}', 'kms:ViaService': 'aiops.{region}.{urlSuffix}' },
        ArnLike: { 'kms:EncryptionContext:aws:aiops:investigation-group-arn': INVESTIGATIONS, 'aws:SourceArn': arn('cloudwatch', 'alarm:*') },
      }),
    ],
  },
  /** The execution role, and who reads executions, use their own permissions. */
  LambdaDurable: {
    otherwise: 'Lambda cannot start durable executions',
    see: `${DOCS}/lambda/latest/dg/durable-encryption.html`,
    statements: [allow('lambda.amazonaws.com', ['GenerateDataKey', 'Decrypt'], forArn(arn('lambda', 'function:*'), 'aws:lambda:FunctionArn'))],
  },
  /** "Must be granted to the regional Lambda service principal". */
  LambdaFilters: {
    otherwise: 'Lambda cannot read the filters of the mapping',
    see: `${DOCS}/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption`,
    statements: [allow('lambda.{region}.{urlSuffix}', ['Decrypt'], { ArnLike: { 'aws:SourceArn': arn('lambda', 'event-source-mapping:*') } })],
  },
  LogAnomalies: {
    otherwise: 'CloudWatch Logs refuses the key',
    see: `${DOCS}/AmazonCloudWatch/latest/logs/LogsAnomalyDetection-KMS.html`,
    statements: [
      allow(LOGS, ['Encrypt', 'Decrypt', 'GenerateDataKey*'], forArn(ANOMALIES, 'aws:logs:arn')),
      allow(LOGS, ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*'], forArn(ANOMALIES, 'aws-crypto-ec:aws:logs:arn')),
      allow(LOGS, ['DescribeKey'], SOURCE_ACCOUNT),
    ],
  },
  LogGroup: {
    otherwise: 'CloudWatch Logs refuses the key',
    see: `${DOCS}/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html`,
    statements: [
      allow(LOGS, ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey'], { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', 'log-group:*') } }),
    ],
  },
  /** MWAA makes a grant for itself; the log groups of the environment need the statement. */
  MwaaLogs: {
    otherwise: 'the environment is not made',
    see: `${DOCS}/mwaa/latest/userguide/custom-keys-certs.html#custom-keys-certs-grant-policies-attach`,
    statements: [
      allow(LOGS, ['Encrypt*', 'Decrypt*', 'ReEncrypt*', 'GenerateDataKey*', 'Describe*'], { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', '*') } }),
    ],
  },
  S3Metadata: {
    otherwise: 'S3 cannot keep the metadata tables up to date',
    see: `${DOCS}/AmazonS3/latest/userguide/s3-tables-kms-permissions.html#tables-kms-metadata-permissions`,
    statements: [allow([S3_TABLES, 'metadata.s3.amazonaws.com'], ['GenerateDataKey', 'Decrypt'], inTableBuckets)],
  },
  S3Tables: {
    otherwise: 'S3 makes no table in the bucket, and maintains none',
    see: `${DOCS}/AmazonS3/latest/userguide/s3-tables-kms-permissions.html#tables-kms-maintenance-permissions`,
    statements: [allow(S3_TABLES, ['GenerateDataKey', 'Decrypt'], inTableBuckets)],
  },
  S3Vectors: {
    otherwise: 'S3 Vectors cannot build its indexes',
    see: `${DOCS}/AmazonS3/latest/userguide/s3-vectors-data-encryption.html`,
    statements: [
      allow('indexing.s3vectors.amazonaws.com', ['Decrypt'], {
        ...forArn(arn('s3vectors', 'bucket/*')), 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['aws:s3vectors:arn', 'aws:s3vectors:resource-id'] },
      }),
    ],
  },
  SystemTables: {
    otherwise: 'CloudWatch cannot write to S3 tables',
    see: `${DOCS}/AmazonCloudWatch/latest/logs/s3-tables-integration.html`,
    statements: [
      allow('systemtables.cloudwatch.amazonaws.com', ['DescribeKey', 'GenerateDataKey', 'Decrypt'], SOURCE_ACCOUNT),
      allow(S3_TABLES, ['GenerateDataKey', 'Decrypt'], inTableBuckets),
    ],
  },
  ThinClient: {
    otherwise: 'WorkSpaces Thin Client cannot read the environment',
    see: `${DOCS}/workspaces-thin-client/latest/ag/data-encryption.html`,
    statements: [allow('thinclient.amazonaws.com', ['GenerateDataKey', 'Decrypt'], { ArnLike: { 'aws:SourceArn': arn('thinclient', '*'), 'kms:EncryptionContext:aws:thinclient:arn': arn('thinclient', '*') } })],
  },
  VerifiedPermissions: {
    otherwise: 'Verified Permissions refuses the key',
    see: `${DOCS}/verifiedpermissions/latest/userguide/encryption-rest.html`,
    statements: [
      allow('verifiedpermissions.amazonaws.com', ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo', 'DescribeKey'], SOURCE_ACCOUNT),
    ],
  },
  SecureBrowser: {
    otherwise: 'WorkSpaces Secure Browser refuses the key',
    see: `${DOCS}/workspaces-web/latest/adminguide/data-protection.html`,
    statements: [
      allow('workspaces-web.amazonaws.com', ['DescribeKey', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'Decrypt', 'ReEncryptTo', 'ReEncryptFrom'], SOURCE_ACCOUNT),
    ],
  },
};

/** How a service uses a key for which the key policy needs no statement. */
export type KmsCaller =
  /** With the permissions of whoever reads or writes. */
  | 'caller'
  /** By a grant that it makes with the permissions of whoever makes the resource. */
  | 'grant'
  /** As the role that the resource names. */
  | 'role';

const BY: Readonly<Record<KmsCaller, string>> = {
  caller: 'AppConfig Athena Backup CodeCommit DataSync DAX DMS EVS Kinesis KinesisVideo S3 S3Express SNS SQS SecretsManager Synthetics Translate Bedrock::Session',
  grant: 'APS AmazonMQ AppFlow AppIntegrations BackupGateway Cassandra Connect CustomerProfiles DataZone DocDB DocDBElastic DynamoDB EC2 ECR EFS EKS ElastiCache Elasticsearch FSx FinSpace HealthLake '
    + 'Kendra KinesisFirehose Lambda Location LookoutEquipment MSK MWAA MemoryDB Neptune OpenSearchServerless OpenSearchService QBusiness QLDB RDS Redshift RedshiftServerless Rekognition '
    + 'Timestream VoiceID Wisdom WorkSpaces Bedrock::Blueprint Bedrock::DataAutomationLibrary Bedrock::DataAutomationProject',
  role: 'CodeBuild CodePipeline Comprehend DLM DataBrew EMR EMRContainers EMRServerless Forecast Glue Personalize Pipes SageMaker Scheduler StepFunctions',
};

const CALLERS = new Map(Object.entries(BY).flatMap(([by, services]) => services.split(' ').map((service) => [service, by as KmsCaller] as const)));

/** Types whose page says otherwise than their service's, or does not say. */
const NOT_KNOWN = new Set(['Glue::Integration', 'RDS::Integration', 'Redshift::Integration', 'MSK::Channel', 'Kinesis::Channel', 'Lambda::CapacityProvider', 'EC2::VerifiedAccessEndpoint',
  'EC2::VerifiedAccessGroup', 'EC2::VerifiedAccessTrustProvider']);

/** How the service of a type, `SNS::Topic`, uses a key; `undefined` where it is not known here. */
export function kmsCallerOf(type: string): KmsCaller | undefined {
  return NOT_KNOWN.has(type) ? undefined : CALLERS.get(type) ?? CALLERS.get(type.split('::')[0]);
}
