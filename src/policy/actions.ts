/** What an action is done to. */
export type ActedOn = 'key' | 'bucket' | 'object' | 'queue' | 'topic' | 'secret' | 'log group' | 'log stream' | 'table' | 'stream' | 'object lambda';

interface Actions {
  readonly service: string;
  readonly on: ActedOn;
  /** Whether a principal of another account may do it at all, whatever the policy says. */
  readonly acrossAccounts: boolean;
  readonly names: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);

/**
 * The actions that a resource's own policy can be about, and whether they work across accounts. Where a service has no list of what does not,
 * they count as working.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limitations-of-custom-policies.html#sqs-cross-account-access
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
const ACTIONS: readonly Actions[] = [
  {
    service: 'kms',
    on: 'key',
    acrossAccounts: true,
    names: words(`
    CreateGrant Decrypt DeriveSharedSecret DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext
    GenerateDataKeyWithoutPlaintext GenerateMac GetKeyRotationStatus GetPublicKey ListGrants ReEncryptFrom ReEncryptTo RetireGrant RevokeGrant Sign
    Verify VerifyMac
  `),
  },
  {
    service: 'kms',
    on: 'key',
    acrossAccounts: false,
    names: words(`
    CancelKeyDeletion CreateAlias DeleteAlias DeleteImportedKeyMaterial DisableKey DisableKeyRotation EnableKey EnableKeyRotation GetKeyLastUsage
    GetKeyPolicy GetParametersForImport ImportKeyMaterial ListKeyPolicies ListKeyRotations ListResourceTags PutKeyPolicy ReplicateKey
    RotateKeyOnDemand ScheduleKeyDeletion SynchronizeMultiRegionKey TagResource UntagResource UpdateAlias UpdateKeyDescription UpdatePrimaryRegion
  `),
  },
  {
    service: 's3',
    on: 'bucket',
    acrossAccounts: true,
    names: words(`
    AllowVendedLogDeliveryForResource CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketWebsite
    GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
    GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicyStatus
    GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration
    GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration
    ListBucket ListBucketMultipartUploads ListBucketVersions ListTagsForResource PauseReplication PutAccelerateConfiguration
    PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration
    PutBucketOwnershipControls PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
    PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration
    PutReplicationConfiguration TagResource UntagResource UpdateBucketMetadataAnnotationTableConfiguration
    UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration
  `),
  },
  {
    service: 's3',
    on: 'bucket',
    acrossAccounts: false,
    names: words(`
    CreateBucket DeleteBucketPolicy GetBucketPolicy PutBucketPolicy
  `),
  },
  {
    service: 's3',
    on: 'object',
    acrossAccounts: true,
    names: words(`
    AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion
    DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes GetObjectLegalHold
    GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation
    GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging
    GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts ListObjectAnnotations ListObjectVersionAnnotations
    ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging
    PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateObjectAnnotation ReplicateTags
    RestoreObject UpdateObjectEncryption
  `),
  },
  {
    service: 'sqs',
    on: 'queue',
    acrossAccounts: true,
    names: words(`
    ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues PurgeQueue ReceiveMessage SendMessage
  `),
  },
  {
    service: 'sqs',
    on: 'queue',
    acrossAccounts: false,
    names: words(`
    AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueueTags RemovePermission SetQueueAttributes
    StartMessageMoveTask TagQueue UntagQueue
  `),
  },
  {
    service: 'sns',
    on: 'topic',
    acrossAccounts: true,
    names: words(`
    AddPermission ConfirmSubscription DeleteTopic GetDataProtectionPolicy GetSubscriptionAttributes GetTopicAttributes ListSubscriptionsByTopic
    ListTagsForResource Publish PutDataProtectionPolicy RemovePermission SetSubscriptionAttributes SetTopicAttributes Subscribe TagResource
    Unsubscribe UntagResource
  `),
  },
  {
    service: 'sns',
    on: 'topic',
    acrossAccounts: false,
    names: words(`
    CreateTopic
  `),
  },
  {
    service: 'secretsmanager',
    on: 'secret',
    acrossAccounts: true,
    names: words(`
    CancelRotateSecret DeleteResourcePolicy DeleteSecret DescribeSecret GetResourcePolicy GetSecretValue ListSecretVersionIds PutResourcePolicy
    PutSecretValue RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret RotateSecret StopReplicationToReplica TagResource
    UntagResource UpdateSecret UpdateSecretVersionStage ValidateResourcePolicy
  `),
  },
  {
    service: 'secretsmanager',
    on: 'secret',
    acrossAccounts: false,
    names: words(`
    CreateSecret
  `),
  },
  {
    service: 'logs',
    on: 'log group',
    acrossAccounts: true,
    names: words(`
    AssociateKmsKey CreateExportTask CreateLogAnomalyDetector DeleteDataProtectionPolicy DeleteLogGroup DeleteMetricFilter DeleteRetentionPolicy
    DeleteSubscriptionFilter DeleteSyslogConfiguration DeleteTransformer DescribeLogStreams DescribeMetricFilters DescribeSubscriptionFilters
    DisassociateKmsKey FilterLogEvents GetDataProtectionPolicy GetLogGroupFields GetLogRecord GetQueryResults GetTransformer IntegrateWithDataset
    IntegrateWithS3Table ListTagsForResource ListTagsLogGroup ProcessWithPipeline PutBearerTokenAuthentication PutDataProtectionPolicy
    PutLogGroupDeletionProtection PutMetricFilter PutRetentionPolicy PutSubscriptionFilter PutSyslogConfiguration PutTransformer StartLiveTail
    StartQuery TagLogGroup TagResource Unmask UntagLogGroup UntagResource
  `),
  },
  {
    service: 'logs',
    on: 'log group',
    acrossAccounts: false,
    names: words(`
    CreateLogGroup
  `),
  },
  {
    service: 'logs',
    on: 'log stream',
    acrossAccounts: true,
    names: words(`
    CreateLogStream DeleteLogStream GetLogEvents PutLogEvents
  `),
  },
  {
    service: 'dynamodb',
    on: 'table',
    acrossAccounts: true,
    names: words(`
    BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DeleteTable DescribeTable GetItem ListTagsOfResource PutItem Query Scan TagResource
    UntagResource UpdateItem UpdateTable
  `),
  },
  {
    service: 'dynamodb',
    on: 'table',
    acrossAccounts: false,
    names: words(`
    AssociateTableReplica CreateBackup CreateGlobalTable CreateGlobalTableWitness CreateTable CreateTableReplica DeleteGlobalTableWitness
    DeleteResourcePolicy DeleteTableReplica DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination
    DescribeTableReplicaAutoScaling DescribeTimeToLive DisableKinesisStreamingDestination EnableKinesisStreamingDestination ExportTableToPointInTime
    GetResourcePolicy ImportTable ListExports ListImports PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate PutResourcePolicy
    ReadDataForReplication ReplicateSettings RestoreTableFromAwsBackup RestoreTableFromBackup RestoreTableToPointInTime SearchVectors
    StartAwsBackupJob UpdateContinuousBackups UpdateContributorInsights UpdateGlobalTable UpdateGlobalTableSettings UpdateGlobalTableVersion
    UpdateKinesisStreamingDestination UpdateTableReplicaAutoScaling UpdateTimeToLive WriteDataForReplication
  `),
  },
  {
    service: 'dynamodb',
    on: 'stream',
    acrossAccounts: true,
    names: words(`
    DescribeStream GetRecords GetShardIterator ListTagsOfResource TagResource UntagResource
  `),
  },
  {
    service: 'dynamodb',
    on: 'stream',
    acrossAccounts: false,
    names: words(`
    DeleteResourcePolicy GetResourcePolicy PutResourcePolicy
  `),
  },
  {
    service: 's3-object-lambda',
    on: 'object lambda',
    acrossAccounts: true,
    names: words(`
    AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectLegalHold
    GetObjectRetention GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionTagging ListBucket ListBucketMultipartUploads
    ListBucketVersions ListMultipartUploadParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl
    PutObjectVersionTagging RestoreObject WriteGetObjectResponse
  `),
  },
];

const OWN_ACCOUNT_ONLY = new Set(ACTIONS.filter(({ acrossAccounts }) => !acrossAccounts).flatMap(namesOf));

function namesOf({ service, names }: Actions): string[] {
  return names.map((name) => `${service}:${name}`.toLowerCase());
}

/** Every action on a kind of resource, as `kms:Decrypt`. */
export function actionsOn(...kinds: ActedOn[]): readonly string[] {
  const name = kinds.join();
  const known = byKinds.get(name) ?? ACTIONS.filter(({ on }) => kinds.includes(on)).flatMap(({ service, names }) => names.map((action) => `${service}:${action}`));
  byKinds.set(name, known);
  return known;
}

const byKinds = new Map<string, readonly string[]>();

/** Whether an action has an effect for a principal of another account; what is in no table may have one. */
export function worksAcrossAccounts(action: string): boolean {
  return !OWN_ACCOUNT_ONLY.has(action.toLowerCase());
}
