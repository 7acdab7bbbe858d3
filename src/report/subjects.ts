import type { Estate } from '../flows/estate';
import { allowedIn } from '../flows/finders';
import { placeOf, policyOf } from '../policy/from-template';
import { physicalName, Place } from '../policy/physical-names';
import type { Statement } from '../policy/statement';
import { viaService } from '../statements/via-service';
import type { TemplateResource } from '../template/template';

/** How the data of one type is read and written, through which service KMS is called, and with which encryption context. */
interface DataAccess {
  /** As in `kms:ViaService`. */
  readonly service: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** What of it the actions are about. */
  readonly arn: (resource: TemplateResource, place: Place) => string;
  /** The encryption context that the service sends, as far as AWS documents it. */
  readonly context?: (resource: TemplateResource, place: Place) => Readonly<Record<string, string>>;
  /** A property of the resource itself that has its policy. */
  readonly ownPolicy?: readonly string[];
}

const arnOf = (resource: TemplateResource, place: Place) => physicalName(resource, 'Arn', place);

const hasBucketKey = (bucket: TemplateResource) => bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration').items()
  .some((rule) => rule.get('BucketKeyEnabled').match({ value: ({ isTrue }) => isTrue, absent: () => false, unknown: () => false }));

const DATA: Readonly<Record<string, DataAccess>> = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
  'AWS::S3::Bucket': {
    service: 's3',
    read: ['s3:GetObject'],
    write: ['s3:PutObject'],
    arn: (bucket, place) => `${arnOf(bucket, place)}/any-object`,
    context: (bucket, place) => ({ 'aws:s3:arn': hasBucketKey(bucket) ? arnOf(bucket, place) : `${arnOf(bucket, place)}/any-object` }),
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  'AWS::SQS::Queue': {
    service: 'sqs',
    read: ['sqs:ReceiveMessage'],
    write: ['sqs:SendMessage'],
    arn: arnOf,
    context: (queue, place) => ({ 'aws:sqs:arn': arnOf(queue, place) }),
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html: nobody reads from a topic.
  'AWS::SNS::Topic': {
    service: 'sns',
    read: [],
    write: ['sns:Publish'],
    arn: (topic, place) => physicalName(topic, 'TopicArn', place),
    context: (topic, place) => ({ 'aws:sns:topicArn': physicalName(topic, 'TopicArn', place) }),
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  'AWS::SecretsManager::Secret': {
    service: 'secretsmanager',
    read: ['secretsmanager:GetSecretValue'],
    write: ['secretsmanager:PutSecretValue'],
    arn: (secret, place) => physicalName(secret, 'Id', place),
    context: (secret, place) => ({ SecretARN: physicalName(secret, 'Id', place) }),
  },
  // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
  'AWS::Kinesis::Stream': {
    service: 'kinesis',
    read: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    arn: arnOf,
    context: (stream, place) => ({ 'aws:kinesis:arn': arnOf(stream, place) }),
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    arn: arnOf,
    ownPolicy: ['ResourcePolicy', 'PolicyDocument'],
  },
  'AWS::DynamoDB::GlobalTable': {
    service: 'dynamodb',
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    arn: arnOf,
  },
};

/** Something that is encrypted: which actions read and write it, what its own policy says, and what KMS is told. */
export interface Data {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly arn: string;
  readonly account: string;
  readonly policy: readonly Statement[];
  /** Condition keys of the requests that its service makes to KMS. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

/** `undefined` where nobody's policies but the key's decide, as for volumes and databases, of which AWS reads what is under the key. */
export function dataOf(resource: TemplateResource, estate: Estate): Data | undefined {
  const access = Object.hasOwn(DATA, resource.type) ? DATA[resource.type] : undefined;
  if (!access) { return undefined; }
  const place = placeOf(resource.owner);
  const context = Object.entries(access.context?.(resource, place) ?? {});
  return {
    read: access.read,
    write: access.write,
    arn: access.arn(resource, place),
    account: place.account,
    policy: [
      ...(allowedIn(estate).resourcePoliciesOf.get(resource) ?? []).flatMap(({ policy, document }) => policyOf(policy, document) ?? []),
      ...(access.ownPolicy ? policyOf(resource, ...access.ownPolicy) ?? [] : []),
    ],
    given: new Map([
      ['kms:viaservice', [viaService(access.service, { region: place.region, urlSuffix: 'amazonaws.com' })]],
      ...context.map(([key, value]): [string, string[]] => [`kms:encryptioncontext:${key.toLowerCase()}`, [value]]),
      ...(context.length > 0 ? [['kms:encryptioncontextkeys', context.map(([key]) => key)] as [string, string[]]] : []),
    ]),
  };
}
