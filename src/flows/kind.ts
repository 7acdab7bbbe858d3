import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What is encrypted: where data comes to lie. */
export type Kind = 'bucket' | 'queue' | 'topic' | 'table' | 'secret' | 'logGroup' | 'volume' | 'stream';

/** What flows have to know of a kind. */
interface Declaration {
  readonly types: readonly string[];
  /** The property that names the resource. */
  readonly name: string;
  /** What of an ARN, a URL or a name is the name: `${Bucket.Arn}` stays whole. */
  readonly nameIn: (text: string) => string | undefined;
  /** How it names its key. */
  readonly keyOf: (target: TemplateResource) => Read;
  /** The name of the service in `kms:ViaService`, and in its actions. */
  readonly service: string;
  /** The condition key of the encryption context that the service gives KMS, in lower case. */
  readonly context: string;
  /** The actions that write. */
  readonly write: readonly string[];
  readonly read: readonly string[];
}

export const KIND: Readonly<Record<Kind, Declaration>> = {
  bucket: {
    types: ['AWS::S3::Bucket'],
    name: 'BucketName',
    nameIn: (text) => /^arn:[^:]*:s3:::([^/]+)/.exec(text)?.[1] ?? /^arn:[^:]*:s3:[^:]*:[^:]*:(accesspoint\/[^/]+)/.exec(text)?.[1] ?? /^s3:\/\/([^/]+)/.exec(text)?.[1] ?? /^(\$\{\w+(?:\.\w+)?\})(?:\/.*)?$/.exec(text)?.[1]
      ?? /^(?:https?:\/\/)?([^/]+?)\.s3[.-][^/]*(?:\/.*)?$/.exec(text)?.[1] ?? (/^[a-z0-9.-]+$/.test(text) ? text : undefined),
    keyOf: (bucket) => bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration').items()[0]?.get('ServerSideEncryptionByDefault', 'KMSMasterKeyID')
      ?? bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration'),
    service: 's3',
    context: 'kms:encryptioncontext:aws:s3:arn',
    write: ['s3:PutObject', 's3:ReplicateObject'],
    read: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectVersionForReplication'],
  },
  queue: {
    types: ['AWS::SQS::Queue'],
    name: 'QueueName',
    nameIn: (text) => /^arn:[^:]*:sqs:[^:]*:[^:]*:([^:]+)$/.exec(text)?.[1] ?? /^https:\/\/sqs\.[^/]+\/[^/]+\/([^/]+)$/.exec(text)?.[1]
      ?? (/^(\$\{\w+(?:\.\w+)?\}|[\w.-]+)$/.test(text) ? text : undefined),
    keyOf: (queue) => queue.get('KmsMasterKeyId'),
    service: 'sqs',
    context: 'kms:encryptioncontext:aws:sqs:arn',
    write: ['sqs:SendMessage'],
    read: ['sqs:ReceiveMessage'],
  },
  topic: {
    types: ['AWS::SNS::Topic'],
    name: 'TopicName',
    nameIn: (text) => /^arn:[^:]*:sns:[^:]*:[^:]*:([^:]+)$/.exec(text)?.[1] ?? (/^\$\{\w+(?:\.\w+)?\}$/.test(text) ? text : undefined),
    keyOf: (topic) => topic.get('KmsMasterKeyId'),
    service: 'sns',
    context: 'kms:encryptioncontext:aws:sns:topicarn',
    write: ['sns:Publish'],
    read: [],
  },
  table: {
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    name: 'TableName',
    nameIn: (text) => /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(text)?.[1] ?? /^(\$\{\w+(?:\.\w+)?\})(?:\/.*)?$/.exec(text)?.[1],
    keyOf: keyOfTable,
    service: 'dynamodb',
    context: 'kms:encryptioncontext:aws:dynamodb:tablename',
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem', 'dynamodb:GetRecords'],
  },
  secret: {
    types: ['AWS::SecretsManager::Secret'],
    name: 'Name',
    // Six characters that nobody knows before follow the name.
    nameIn: (text) => /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+?)(?:-\?{6}|-[A-Za-z0-9]{6})?$/.exec(text)?.[1] ?? /^(\$\{\w+(?:\.\w+)?\})$/.exec(text)?.[1],
    keyOf: (secret) => secret.get('KmsKeyId'),
    service: 'secretsmanager',
    context: 'kms:encryptioncontext:secretarn',
    write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'],
    read: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
  },
  logGroup: {
    types: ['AWS::Logs::LogGroup'],
    name: 'LogGroupName',
    nameIn: (text) => /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(text)?.[1] ?? /^(\$\{\w+(?:\.\w+)?\})(?::.*)?$/.exec(text)?.[1],
    keyOf: (group) => group.get('KmsKeyId'),
    service: 'logs',
    context: 'kms:encryptioncontext:aws:logs:arn',
    // CloudWatch Logs encrypts and decrypts as itself, whoever asks.
    write: [],
    read: [],
  },
  volume: {
    // Volumes that are made of it.
    types: ['AWS::EC2::LaunchTemplate'],
    name: 'LaunchTemplateName',
    nameIn: (text) => /^(\$\{\w+(?:\.\w+)?\}|[\w.()/-]+)$/.exec(text)?.[1],
    keyOf: keyOfVolumes,
    service: 'ec2',
    context: 'kms:encryptioncontext:aws:ebs:id',
    // EC2 makes the volumes.
    write: [],
    read: [],
  },
  stream: {
    types: ['AWS::Kinesis::Stream'],
    name: 'Name',
    // The ARN of a consumer begins with the stream's.
    nameIn: (text) => /^arn:[^:]*:kinesis:[^:]*:[^:]*:stream\/([^/]+)/.exec(text)?.[1] ?? /^(\$\{\w+(?:\.\w+)?\})(?:\/.*)?$/.exec(text)?.[1],
    keyOf: (stream) => stream.get('StreamEncryption', 'KeyId'),
    service: 'kinesis',
    context: 'kms:encryptioncontext:aws:kinesis:arn',
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    read: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
  },
};

export const KINDS = Object.keys(KIND) as readonly Kind[];

/** Of a global table the key of the replica in the stack's own Region. */
function keyOfTable(table: TemplateResource): Read {
  if (table.type === 'AWS::DynamoDB::Table') { return table.get('SSESpecification', 'KMSMasterKeyId'); }
  const replicas = table.get('Replicas');
  const { region } = table.owner.surroundings;
  const items = replicas.items();
  const isOwn = (text: string) => text === region || text === '${AWS::Region}';
  const own = items.find((replica) => replica.get('Region').match({ value: ({ text }) => isOwn(text), absent: () => false, unknown: () => false }));
  return (own ?? items[items.length - 1])?.get('SSESpecification', 'KMSMasterKeyId') ?? replicas;
}

/** The first that a volume of a launch template names. */
function keyOfVolumes(template: TemplateResource): Read {
  const volumes = template.get('LaunchTemplateData', 'BlockDeviceMappings');
  const keys = volumes.items().map((volume) => volume.get('Ebs', 'KmsKeyId'));
  return keys.find(({ kind }) => kind !== 'absent') ?? volumes;
}
