import type { Refusal } from '../private/errors';

/** A resource type that `EncryptionDefaults` puts under the key by the table of all services. */
export interface DefaultType {
  /** As in the table: without `AWS::`. */
  readonly type: string;
  /** The classes of aws-cdk-lib that make it: the names that their property injectors have. None where only L1s do. */
  readonly classes: readonly string[];
  /** The properties of keys that are set, where it is not all of the table's. */
  readonly keys?: readonly string[];
  readonly refusals?: ReadonlyArray<Refusal<any>>;
}

const isOff = (prop: string, what: string, control: string): Refusal<any> => ({
  prop,
  code: 'MustBeEncrypted',
  refuses: (value) => value === false,
  because: `${what} is always encrypted (AWS FSBP ${control})`,
  remedy: 'Leave it out',
});

const weakKey = (prop: string, what: string, refuses: Refusal<any>['refuses'], remedy: string, shows = ({ type }: any): unknown => type): Refusal<any> =>
  ({ prop, code: 'MustHaveCustomerKey', refuses, because: `${what} is encrypted under a customer-managed key`, remedy, shows });

/** Enum values of aws-cdk-lib, which is not loaded for them. */
const WEAK_STREAMS = ['NONE', 'MANAGED'];
const WEAK_DELIVERIES = new Map([[0, 'unencrypted()'], [2, 'awsOwnedKey()']]);

/** Of a state machine, and of an activity. */
const ownedByAws = (what: string) =>
  weakKey('encryptionConfiguration', what, (value) => value?.type === 'AWS_OWNED_KEY', 'Leave it out, or give a `CustomerManagedEncryptionConfiguration`');

const domainIsOff = (control: string): Refusal<any> => ({
  ...isOff('encryptionAtRest', 'a domain', control), refuses: (value) => value?.enabled === false, shows: () => 'enabled: false',
});

/**
 * What most apps have beside the services of which this library has constructs. Each is put under the key in place; where the table says that a change replaces
 * the resource, only where the app allows that.
 */
export const DEFAULT_TYPES: readonly DefaultType[] = [
  { type: 'Backup::BackupVault', classes: ['aws-cdk-lib.aws-backup.BackupVault'] },
  { type: 'CodeBuild::Project', classes: ['aws-cdk-lib.aws-codebuild.Project'], keys: ['EncryptionKey'] },
  { type: 'DocDB::DBCluster', classes: ['aws-cdk-lib.aws-docdb.DatabaseCluster'], refusals: [isOff('storageEncrypted', 'the storage', 'DocumentDB.1')] },
  {
    type: 'EC2::LaunchTemplate',
    classes: ['aws-cdk-lib.aws-ec2.LaunchTemplate'],
    refusals: [{
      ...isOff('blockDevices', 'a volume', 'EC2.3'),
      refuses: (devices: any) => Array.isArray(devices) && devices.some((device) => device?.volume?.ebsDevice?.encrypted === false),
      remedy: 'Leave `encrypted` out',
      shows: () => 'a volume with encrypted: false',
    }],
  },
  { type: 'EC2::Volume', classes: ['aws-cdk-lib.aws-ec2.Volume'], refusals: [isOff('encrypted', 'a volume', 'EC2.3')] },
  { type: 'ECR::Repository', classes: ['aws-cdk-lib.aws-ecr.Repository'] },
  { type: 'EFS::FileSystem', classes: ['aws-cdk-lib.aws-efs.FileSystem'], refusals: [isOff('encrypted', 'a file system', 'EFS.1')] },
  { type: 'ElastiCache::ReplicationGroup', classes: [] },
  { type: 'ElastiCache::ServerlessCache', classes: [] },
  { type: 'Elasticsearch::Domain', classes: ['aws-cdk-lib.aws-elasticsearch.Domain'], refusals: [domainIsOff('ES.1')] },
  {
    type: 'Kinesis::Stream',
    classes: ['aws-cdk-lib.aws-kinesis.Stream'],
    refusals: [{
      prop: 'encryption',
      code: 'StreamNeedsCustomerKey',
      refuses: (value) => WEAK_STREAMS.includes(value),
      because: 'a stream is encrypted under a customer-managed key (AWS FSBP Kinesis.1)',
      remedy: 'Leave it out, or give an `encryptionKey`',
    }],
  },
  {
    type: 'KinesisFirehose::DeliveryStream',
    classes: ['aws-cdk-lib.aws-kinesisfirehose.DeliveryStream'],
    refusals: [weakKey('encryption', 'a delivery stream', (value, { source }) => source === undefined && WEAK_DELIVERIES.has(value?.type),
      'Leave it out, or give `StreamEncryption.customerManagedKey()`', ({ type }) => WEAK_DELIVERIES.get(type))],
  },
  // The key of environment variables; code and durable executions have keys of their own.
  { type: 'Lambda::Function', classes: ['aws-cdk-lib.aws-lambda.Function'], keys: ['KmsKeyArn'] },
  { type: 'Neptune::DBCluster', classes: [] },
  { type: 'OpenSearchService::Domain', classes: ['aws-cdk-lib.aws-opensearchservice.Domain'], refusals: [domainIsOff('Opensearch.1')] },
  { type: 'Redshift::Cluster', classes: [] },
  { type: 'RedshiftServerless::Namespace', classes: [] },
  { type: 'SageMaker::Domain', classes: [], keys: ['KmsKeyId'] },
  { type: 'SageMaker::FeatureGroup', classes: [] },
  { type: 'SageMaker::NotebookInstance', classes: [] },
  { type: 'StepFunctions::Activity', classes: ['aws-cdk-lib.aws-stepfunctions.Activity'], refusals: [ownedByAws('an activity')] },
  {
    type: 'StepFunctions::StateMachine',
    classes: ['aws-cdk-lib.aws-stepfunctions.StateMachine'],
    refusals: [ownedByAws('a state machine')],
  },
];
