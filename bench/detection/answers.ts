import type { Question } from './corpora';
import { CONTROL_TOWER } from './differential';
import { judge } from '../../src/checks/judge';
import { RULES } from '../../src/checks/rule-table';
import type { Rule } from '../../src/rules/rule';
import { Template } from '../../src/template/template';

/** Which of our rules answer the question of another project's rule. */
export const ASKED: Record<string, string[]> = {
  // Guard Rules Registry
  S3_BUCKET_SSL_REQUESTS_ONLY: ['S3BucketTlsOnly'],
  S3_BUCKET_POLICY_NO_WILDCARD_ACTION: ['S3PolicyLeastPrivilege'],
  S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL: ['S3PolicyNoNotPrincipal'],
  S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION: ['S3PolicyLeastPrivilege'],
  S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL: ['S3PolicyNotPublic'],
  S3_BUCKET_PUBLIC_READ_ACL: ['S3BucketNoPublicAcl'],
  S3_BUCKET_PUBLIC_RW_ACL: ['S3BucketNoPublicAcl'],
  S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED: ['S3BucketEncrypted'],
  S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED: ['S3BucketBlocksPublicAccess'],
  S3_BUCKET_PUBLIC_READ_PROHIBITED: ['S3BucketBlocksPublicAccess', 'S3BucketNoPublicAcl'],
  S3_BUCKET_PUBLIC_WRITE_PROHIBITED: ['S3BucketBlocksPublicAccess', 'S3BucketNoPublicAcl'],
  S3_DEFAULT_ENCRYPTION_KMS: ['S3BucketCustomerKey'],
  S3_BUCKET_VERSIONING_ENABLED: ['S3BucketVersioned'],
  S3_BUCKET_LOGGING_ENABLED: ['S3BucketLogsAccess'],
  SQS_QUEUEPOLICY_NO_WILDCARD_ACTION: ['SqsPolicyLeastPrivilege'],
  SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION: ['SqsPolicyLeastPrivilege'],
  SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL: ['SqsPolicyNotPublic'],
  SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL: ['SqsPolicyNoNotPrincipal'],
  SQS_QUEUE_KMS_MASTER_KEY_ID_RULE: ['SqsQueueCustomerKey'],
  DB_INSTANCE_BACKUP_ENABLED: ['RdsBackups'],
  RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD: ['RdsNoPasswordInTemplate'],
  RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD: ['RdsNoPasswordInTemplate'],
  RDS_INSTANCE_DELETION_PROTECTION_ENABLED: ['RdsDeletionProtection'],
  RDS_STORAGE_ENCRYPTED: ['RdsStorageEncrypted'],
  RDS_INSTANCE_PUBLIC_ACCESS_CHECK: ['RdsNotPublic'],
  CMK_BACKING_KEY_ROTATION_ENABLED: ['KmsKeyRotation'],
  KMS_NO_WILDCARD_PRINCIPAL: ['KmsKeyNotForAnybody'],
  ALB_HTTP_DROP_INVALID_HEADER_ENABLED: ['ElbDropsInvalidHeaders'],
  ELBV2_LISTENER_PROTOCOL_RULE: ['ElbListenerRedirectsHttp'],
  ELB_DELETION_PROTECTION_ENABLED: ['ElbDeletionProtection'],
  ELBV2_LISTENER_SSL_POLICY_RULE: ['ElbListenerTlsPolicy'],
  ELBV2_ACM_CERTIFICATE_REQUIRED: ['ElbListenerCertificate', 'ElbListenerRedirectsHttp'],
  ELBV2_ACCESS_LOGGING_RULE: ['ElbLogsRequests'],
  // cfn_nag
  KMSKeyRotationRule: ['KmsKeyRotation'],
  KMSKeyWildcardPrincipalRule: ['KmsKeyNotForAnybody'],
  S3BucketEncyptionSetRule: ['S3BucketEncrypted'],
  S3BucketPolicyNotActionRule: ['S3PolicyLeastPrivilege'],
  S3BucketPolicyNotPrincipalRule: ['S3PolicyNoNotPrincipal'],
  S3BucketPolicyWildcardPrincipalRule: ['S3PolicyNotPublic'],
  S3BucketPublicReadAclRule: ['S3BucketNoPublicAcl'],
  S3BucketPublicReadWriteAclRule: ['S3BucketNoPublicAcl'],
  S3BucketAccessLoggingRule: ['S3BucketLogsAccess'],
  SqsQueueKmsMasterKeyIdRule: ['SqsQueueCustomerKey'],
  SqsQueuePolicyNotActionRule: ['SqsPolicyLeastPrivilege'],
  SqsQueuePolicyNotPrincipalRule: ['SqsPolicyNoNotPrincipal'],
  SqsQueuePolicyWildcardActionRule: ['SqsPolicyLeastPrivilege'],
  SqsQueuePolicyWildcardPrincipalRule: ['SqsPolicyNotPublic'],
  RDSDBClusterStorageEncryptedRule: ['RdsStorageEncrypted'],
  RDSDBInstanceStorageEncryptedRule: ['RdsStorageEncrypted'],
  RDSInstanceBackupRetentionPeriodRule: ['RdsBackups'],
  RDSInstanceDeletionProtectionRule: ['RdsDeletionProtection'],
  RDSInstancePubliclyAccessibleRule: ['RdsNotPublic'],
  ElasticLoadBalancerV2AccessLoggingRule: ['ElbLogsRequests'],
  ElasticLoadBalancerV2ListenerProtocolRule: ['ElbListenerRedirectsHttp'],
  ElasticLoadBalancerV2ListenerSslPolicyRule: ['ElbListenerTlsPolicy'],
  MasterUserPassword: ['RdsNoPasswordInTemplate'],
  // checkov
  ALBDropHttpHeaders: ['ElbDropsInvalidHeaders'],
  ALBListener: ['ElbListenerRedirectsHttp'],
  ALBListenerTLS12: ['ElbListenerTlsPolicy'],
  AuroraEncryption: ['RdsStorageEncrypted'],
  ELBv2AccessLogs: ['ElbLogsRequests'],
  KMSKeyWildCardPrincipal: ['KmsKeyNotForAnybody'],
  KMSRotation: ['KmsKeyRotation'],
  RDSClusterIAMAuthentication: ['RdsIamAuthentication'],
  RDSEncryption: ['RdsStorageEncrypted'],
  RDSIAMAuthentication: ['RdsIamAuthentication'],
  RDSPubliclyAccessible: ['RdsNotPublic'],
  SQSQueueEncryption: ['SqsQueueCustomerKey'],
};

Object.assign(ASKED, Object.fromEntries(CONTROL_TOWER.map(({ theirs, ours }) => [theirs, [ours.replace('Encryption-', '')]])));

export interface Answer {
  readonly found: string[];
  readonly undetermined: string[];
}

/** What our rules say to a question: the logical ids with a finding, and those of which nothing can be said. */
export function answer({ asks, template: json }: Question): Answer {
  const template = new Template(json);
  const rules = ASKED[asks].map((name) => RULES.find(({ id }) => id === `Encryption-${name}`) as Rule);
  const kinds = template.all().flatMap((resource) => rules.filter(({ resourceTypes }) => resourceTypes.includes(resource.type))
    .map((rule) => ({ id: resource.logicalId, kind: judge(rule, resource).kind })));
  const of = (kind: string) => [...new Set(kinds.filter((each) => each.kind === kind).map(({ id }) => id))];
  return { found: of('fail'), undetermined: of('undetermined') };
}
