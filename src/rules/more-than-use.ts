import type { ActedOn } from '../policy/actions';

const words = (text: string) => text.trim().split(/\s+/);

/**
 * What changes or destroys a resource, or decides who else uses it, and works across accounts: reading and writing data is use.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-iam-actions.html
 */
export const MORE_THAN_USE: Readonly<Record<ActedOn, readonly string[]>> = {
  'key': ['kms:CreateGrant'],
  'bucket': words(`
    s3:DeleteBucket s3:DeleteBucketWebsite s3:PutAccelerateConfiguration s3:PutBucketAcl s3:PutBucketCORS s3:PutBucketLogging s3:PutBucketNotification
    s3:PutBucketObjectLockConfiguration s3:PutBucketOwnershipControls s3:PutBucketPublicAccessBlock s3:PutBucketTagging s3:PutBucketVersioning
    s3:PutBucketWebsite s3:PutEncryptionConfiguration s3:PutInventoryConfiguration s3:PutLifecycleConfiguration s3:PutReplicationConfiguration
    s3:TagResource s3:UntagResource
  `),
  'object': words('s3:BypassGovernanceRetention s3:UpdateObjectEncryption'),
  'queue': words('sqs:PurgeQueue'),
  'topic': words(`
    sns:AddPermission sns:DeleteTopic sns:PutDataProtectionPolicy sns:RemovePermission sns:SetTopicAttributes sns:TagResource sns:UntagResource
  `),
  'secret': words(`
    secretsmanager:CancelRotateSecret secretsmanager:DeleteResourcePolicy secretsmanager:DeleteSecret secretsmanager:PutResourcePolicy
    secretsmanager:RemoveRegionsFromReplication secretsmanager:ReplicateSecretToRegions secretsmanager:RotateSecret
    secretsmanager:StopReplicationToReplica secretsmanager:TagResource secretsmanager:UntagResource secretsmanager:UpdateSecret
  `),
  'log group': words(`
    logs:AssociateKmsKey logs:DeleteDataProtectionPolicy logs:DeleteLogGroup logs:DeleteRetentionPolicy logs:DeleteSubscriptionFilter
    logs:DisassociateKmsKey logs:PutDataProtectionPolicy logs:PutLogGroupDeletionProtection logs:PutRetentionPolicy logs:PutSubscriptionFilter
    logs:TagResource logs:UntagResource
  `),
  'log stream': words('logs:DeleteLogStream'),
  'table': words('dynamodb:DeleteTable dynamodb:TagResource dynamodb:UntagResource dynamodb:UpdateTable'),
  'object lambda': [],
  'stream': words('dynamodb:TagResource dynamodb:UntagResource'),
};
