/** A service that writes or reads with a role of the app: found by the role's policy, whatever the service. */
export interface ByRole {
  readonly service: string;
  readonly what: string;
  readonly see: string;
}

const DOCS = 'https://docs.aws.amazon.com';

/** For the table in docs/flows.md: completion does not need to know these services. */
export const BY_ROLE: readonly ByRole[] = [
  { service: 'AWS Lambda', what: 'dead letters, destinations, event sources, and what the code of a function does', see: `${DOCS}/lambda/latest/dg/invocation-async-retain-records.html` },
  { service: 'Amazon Data Firehose', what: 'a stream delivers to a bucket', see: `${DOCS}/firehose/latest/dev/controlling-access.html#using-iam-s3` },
  { service: 'EventBridge Scheduler', what: 'a schedule sends to a queue or topic', see: `${DOCS}/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role` },
  { service: 'EventBridge Pipes', what: 'a pipe reads from a queue and writes to its target', see: `${DOCS}/eventbridge/latest/userguide/eb-pipes-permissions.html` },
  { service: 'AWS Step Functions', what: 'a state machine sends messages and reads or writes objects', see: `${DOCS}/step-functions/latest/dg/procedure-create-iam-role.html` },
  { service: 'Amazon ECS, AWS Batch', what: 'tasks and jobs read and write', see: `${DOCS}/AmazonECS/latest/developerguide/task-iam-roles.html` },
  { service: 'Amazon S3', what: 'replication reads the source and writes the destination', see: `${DOCS}/AmazonS3/latest/userguide/replication-config-for-kms-objects.html` },
  { service: 'AWS Backup', what: 'backups and restores of buckets; its managed policies allow the keys themselves', see: `${DOCS}/aws-backup/latest/devguide/s3-backups.html` },
  { service: 'Amazon RDS and Aurora', what: 'S3 import and export by SQL, native backups of SQL Server', see: `${DOCS}/AmazonRDS/latest/UserGuide/postgresql-s3-export-access-bucket.html` },
  { service: 'AWS Glue', what: 'jobs and crawlers without a security configuration', see: `${DOCS}/glue/latest/dg/create-an-iam-role.html` },
  { service: 'AWS Transfer Family', what: 'users of a server read and write', see: `${DOCS}/transfer/latest/userguide/users-policies.html` },
  { service: 'AWS DataSync', what: 'a task reads and writes a location', see: `${DOCS}/datasync/latest/userguide/create-s3-location.html` },
  { service: 'Amazon Transcribe, Textract, Rekognition', what: 'jobs read media and documents and write results, with the caller\'s role', see: `${DOCS}/textract/latest/dg/encryption-at-rest.html` },
  { service: 'Amazon Bedrock', what: 'batch inference, customization and knowledge bases', see: `${DOCS}/bedrock/latest/userguide/encryption-kb.html` },
  { service: 'Amazon SageMaker AI', what: 'training and processing jobs', see: `${DOCS}/sagemaker/latest/dg/sagemaker-roles.html` },
  { service: 'Amazon Redshift', what: 'COPY and UNLOAD', see: `${DOCS}/redshift/latest/dg/c_loading-encrypted-files.html` },
  { service: 'EC2 Image Builder', what: 'logs and exported images', see: `${DOCS}/imagebuilder/latest/userguide/manage-vm-images.html` },
  { service: 'AWS Systems Manager', what: 'output of commands and associations', see: `${DOCS}/systems-manager/latest/userguide/setup-instance-permissions.html` },
  { service: 'AWS IoT', what: 'rules write to buckets, queues and topics', see: `${DOCS}/iot/latest/developerguide/iot-create-role.html` },
  { service: 'AWS AppConfig', what: 'a configuration is read from a bucket; extensions send messages', see: `${DOCS}/appconfig/latest/userguide/appconfig-creating-configuration-and-profile-S3-source.html` },
];
