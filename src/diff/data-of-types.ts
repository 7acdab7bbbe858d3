/** What a change in place means for the data that a resource has, where AWS's page says it. */
interface InPlace {
  readonly data: string;
  readonly see: string;
}

/** @see each row */
export const IN_PLACE: Readonly<Record<string, InPlace>> = {
  'AWS::S3::Bucket': {
    data: 'It holds for new objects. Those that are there stay under the key that they have, and their readers need that key.',
    see: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
  },
  'AWS::Logs::LogGroup': {
    data: 'It holds for new log events. Those that are there stay under the key that they have: CloudWatch Logs needs it as long as they are kept.',
    see: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  },
  'AWS::SQS::Queue': {
    data: 'It holds for new messages. Those in the queue stay as they are until they are received or expire.',
    see: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
  },
  'AWS::SNS::Topic': {
    data: 'It holds for messages that are published from then on.',
    see: 'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
  },
  'AWS::Kinesis::Stream': {
    data: 'It holds for new records. Those that are there stay as they are until they expire.',
    see: 'https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html',
  },
  'AWS::SecretsManager::Secret': {
    data: 'Secrets Manager encrypts the versions AWSCURRENT, AWSPENDING and AWSPREVIOUS under the new key as well, if it may use the old one. Other versions need the old key.',
    see: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html',
  },
};

export const STAYS = 'What is stored already may stay under the key that it has: keep that key, and its readers\' access to it, until nothing needs it.';

/** The property that names a resource, of types that a change of encryption replaces. */
export const NAME_OF: Readonly<Record<string, string>> = {
  'AWS::AmazonMQ::Broker': 'BrokerName',
  'AWS::AppFlow::Flow': 'FlowName',
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::CodeArtifact::Domain': 'DomainName',
  'AWS::DAX::Cluster': 'ClusterName',
  'AWS::DocDB::DBCluster': 'DBClusterIdentifier',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::EKS::Cluster': 'Name',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
  'AWS::ElastiCache::ServerlessCache': 'ServerlessCacheName',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::MSK::Cluster': 'ClusterName',
  'AWS::MemoryDB::Cluster': 'ClusterName',
  'AWS::Neptune::DBCluster': 'DBClusterIdentifier',
  'AWS::OpenSearchServerless::Collection': 'Name',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::GlobalCluster': 'GlobalClusterIdentifier',
};

/** Types that a person would miss when they are gone, beside keys: what they keep is nowhere else. */
const STORES = new Set([
  'AmazonMQ::Broker', 'APS::Workspace', 'Backup::BackupVault', 'Backup::LogicallyAirGappedBackupVault', 'Cassandra::Table', 'CloudTrail::EventDataStore', 'CodeArtifact::Domain',
  'CodeCommit::Repository', 'Cognito::UserPool', 'CustomerProfiles::Domain', 'DataZone::Domain', 'DocDB::DBCluster', 'DocDBElastic::Cluster', 'DSQL::Cluster', 'DynamoDB::GlobalTable',
  'DynamoDB::Table', 'EC2::Volume', 'ECR::Repository', 'EFS::FileSystem', 'ElastiCache::ReplicationGroup', 'ElastiCache::ServerlessCache', 'Elasticsearch::Domain', 'EMR::Cluster',
  'Events::Archive', 'FSx::FileSystem', 'HealthImaging::Datastore', 'HealthLake::FHIRDatastore', 'Kendra::Index', 'Kinesis::Stream', 'KinesisVideo::Stream', 'Location::GeofenceCollection',
  'Location::Tracker', 'Logs::LogGroup', 'MemoryDB::Cluster', 'MSK::Cluster', 'Neptune::DBCluster', 'NeptuneGraph::Graph', 'Omics::AnnotationStore', 'Omics::ReferenceStore',
  'Omics::SequenceStore', 'Omics::VariantStore', 'OpenSearchServerless::Collection', 'OpenSearchService::Domain', 'QLDB::Ledger', 'RDS::DBCluster', 'RDS::DBInstance', 'Redshift::Cluster',
  'RedshiftServerless::Namespace', 'S3::Bucket', 'S3Express::DirectoryBucket', 'S3Tables::TableBucket', 'S3Vectors::VectorBucket', 'SageMaker::Domain', 'SageMaker::FeatureGroup',
  'SageMaker::NotebookInstance', 'SecretsManager::Secret', 'Serverless::SimpleTable', 'SES::MailManagerArchive', 'SQS::Queue', 'StorageGateway::Tape', 'StorageGateway::Volume',
  'Timestream::Database', 'Timestream::Table', 'Wisdom::Assistant', 'Wisdom::KnowledgeBase', 'WorkSpaces::Workspace',
  // By what AWS's pages say of deleting them (November 2026).
  'Cassandra::Keyspace', // keyspaces/latest/APIReference/API_DeleteKeyspace.html: "deletes a keyspace and all of its tables"
  'Rekognition::Collection', // rekognition/latest/APIReference/API_DeleteCollection.html: "removes all faces in the collection"
  'SSMIncidents::ReplicationSet', // incident-manager/latest/APIReference/API_DeleteReplicationSet.html: "deletes all Incident Manager data"
  'Connect::Instance', // connect/latest/adminguide/delete-connect-instance.html: "cannot be canceled or undone"
  'S3Tables::Table', // AmazonS3/latest/userguide/s3-tables-delete.html: "permanent and cannot be undone"
  'Lightsail::Database', // lightsail/2016-11-28/api-reference/API_DeleteRelationalDatabase.html: a snapshot is kept only where one is named
  // Their pages say that they are deleted, and name nothing that keeps what is in them: API_DeleteCluster (EKS), API_DeleteDisk (Lightsail),
  // API_DeleteDbInstance (Timestream for InfluxDB).
  'EKS::Cluster', 'Lightsail::Disk', 'Timestream::InfluxDBInstance',
].map((type) => `AWS::${type}`));

/** Whether the data of a resource is lost with it, when it is removed. */
export const isStore = (type: string) => STORES.has(type);

/** Types that a change of encryption replaces, and that keep nothing which is not in the template or somewhere else. */
const WITHOUT_DATA = new Set([
  'AppConfig::Deployment', 'AppFlow::Flow', 'AppIntegrations::DataIntegration', 'AppRunner::Service', 'AutoScaling::LaunchConfiguration', 'BackupGateway::Hypervisor',
  'DataSync::LocationFSxONTAP', 'DMS::Endpoint', 'EC2::EC2Fleet', 'EC2::SpotFleet', 'EMR::SecurityConfiguration', 'EMR::Step', 'EMRContainers::SecurityConfiguration', 'Glue::Integration',
  'ImageBuilder::Component',
  'ImageBuilder::ContainerRecipe', 'ImageBuilder::ImageRecipe', 'ImageBuilder::Workflow', 'Kinesis::Channel', 'Lambda::CapacityProvider', 'Logs::Integration', 'MSK::Channel',
  'ObservabilityAdmin::S3TableIntegration', 'RDS::GlobalCluster', 'DocDB::GlobalCluster', 'Neptune::GlobalCluster', 'RDS::Integration', 'Redshift::Integration',
  'Redshift::SnapshotCopyGrant', 'Rekognition::StreamProcessor', 'SageMaker::DataQualityJobDefinition', 'SageMaker::EndpointConfig', 'SageMaker::ModelBiasJobDefinition',
  'SageMaker::ModelExplainabilityJobDefinition', 'SageMaker::ModelQualityJobDefinition', 'SageMaker::ProcessingJob', 'SSM::ResourceDataSync', 'Timestream::ScheduledQuery',
  'WorkSpacesThinClient::Environment', 'WorkSpacesWeb::BrowserSettings', 'WorkSpacesWeb::DataProtectionSettings', 'WorkSpacesWeb::IpAccessSettings', 'WorkSpacesWeb::UserSettings',
].map((type) => `AWS::${type}`));

/** Whether a resource that is replaced leaves no data behind. */
export const keepsNothing = (type: string) => WITHOUT_DATA.has(type);
