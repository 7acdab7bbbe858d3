/** The policy of a resource that has no folder of its own: who else may use it. */
export interface PolicyRow {
  /** The property that has the policy. */
  readonly policy: string;
  /** The prefix of the actions that it is about. */
  readonly service: string;
}

/**
 * Resource types with data that have a policy, and that no service's folder judges.
 *
 * Not here, because everybody may be right: functions (`AWS::Lambda::Permission` is made for others), APIs, public registries, domains of OpenSearch, whose
 * network and fine-grained access control decide as well.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const RESOURCE_POLICIES: Readonly<Record<string, PolicyRow>> = {
  'AWS::Backup::BackupVault': { policy: 'AccessPolicy', service: 'backup' },
  'AWS::Backup::LogicallyAirGappedBackupVault': { policy: 'AccessPolicy', service: 'backup' },
  'AWS::CodeArtifact::Domain': { policy: 'PermissionsPolicyDocument', service: 'codeartifact' },
  'AWS::CodeArtifact::Repository': { policy: 'PermissionsPolicyDocument', service: 'codeartifact' },
  'AWS::ECR::RegistryPolicy': { policy: 'PolicyText', service: 'ecr' },
  'AWS::ECR::Repository': { policy: 'RepositoryPolicyText', service: 'ecr' },
  'AWS::EFS::FileSystem': { policy: 'FileSystemPolicy', service: 'elasticfilesystem' },
  'AWS::Events::EventBus': { policy: 'Policy', service: 'events' },
  'AWS::Kinesis::ResourcePolicy': { policy: 'ResourcePolicy', service: 'kinesis' },
  'AWS::MSK::ClusterPolicy': { policy: 'Policy', service: 'kafka-cluster' },
  'AWS::S3Express::AccessPoint': { policy: 'Policy', service: 's3express' },
  'AWS::S3Express::BucketPolicy': { policy: 'PolicyDocument', service: 's3express' },
  'AWS::S3Outposts::AccessPoint': { policy: 'Policy', service: 's3-outposts' },
  'AWS::S3Outposts::BucketPolicy': { policy: 'PolicyDocument', service: 's3-outposts' },
  'AWS::S3Tables::TableBucketPolicy': { policy: 'ResourcePolicy', service: 's3tables' },
  'AWS::S3Tables::TablePolicy': { policy: 'ResourcePolicy', service: 's3tables' },
  'AWS::S3Vectors::VectorBucketPolicy': { policy: 'Policy', service: 's3vectors' },
};
