import type { TemplateResource } from '../template/template';

/** Stands for the account of the stack, where the template does not tell it: no account has this number. */
export const OWN_ACCOUNT = '000000000000';
/** The same for its Region. */
export const OWN_REGION = 'own-region-0';
/** The same for its organization: no stranger is in it. */
export const OWN_ORGANIZATION = 'o-ownorganization';

/** Where resources are made, as far as it is known. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

interface Naming {
  /** The property that gives it a name. */
  readonly property?: string;
  /** What `Ref` is. */
  readonly ref: 'name' | 'arn';
  /** The ARN of a name; regional, with the account, unless said otherwise. */
  readonly arn: (name: string, place: Place, path: string) => string;
  /** What other attributes are. */
  readonly attributes?: Readonly<Record<string, 'name' | 'arn'>>;
}

const inRegion = (service: string, before = '', after = '') => (name: string, { account, region }: Place) => `arn:aws:${service}:${region}:${account}:${before}${name}${after}`;
const inAccount = (service: string, before: string) => (name: string, { account }: Place, path: string) => `arn:aws:${service}::${account}:${before}${path}${name}`;

const NAMINGS: Readonly<Record<string, Naming>> = {
  'AWS::IAM::Role': { property: 'RoleName', ref: 'name', arn: inAccount('iam', 'role') },
  'AWS::IAM::User': { property: 'UserName', ref: 'name', arn: inAccount('iam', 'user') },
  'AWS::IAM::Group': { property: 'GroupName', ref: 'name', arn: inAccount('iam', 'group') },
  'AWS::S3::Bucket': { property: 'BucketName', ref: 'name', arn: (name) => `arn:aws:s3:::${name}` },
  'AWS::S3::AccessPoint': { property: 'Name', ref: 'name', arn: inRegion('s3', 'accesspoint/') },
  'AWS::SQS::Queue': { property: 'QueueName', ref: 'name', arn: inRegion('sqs'), attributes: { QueueName: 'name' } },
  'AWS::SNS::Topic': { property: 'TopicName', ref: 'arn', arn: inRegion('sns'), attributes: { TopicArn: 'arn', TopicName: 'name' } },
  'AWS::KMS::Key': { ref: 'name', arn: inRegion('kms', 'key/'), attributes: { KeyId: 'name' } },
  'AWS::KMS::ReplicaKey': { ref: 'name', arn: inRegion('kms', 'key/'), attributes: { KeyId: 'name' } },
  'AWS::KMS::Alias': { property: 'AliasName', ref: 'name', arn: inRegion('kms') },
  'AWS::SecretsManager::Secret': { property: 'Name', ref: 'arn', arn: inRegion('secretsmanager', 'secret:', '-AbCdEf'), attributes: { Id: 'arn' } },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', ref: 'name', arn: inRegion('logs', 'log-group:', ':*') },
  'AWS::Lambda::Function': { property: 'FunctionName', ref: 'name', arn: inRegion('lambda', 'function:') },
  'AWS::Serverless::Function': { property: 'FunctionName', ref: 'name', arn: inRegion('lambda', 'function:') },
  'AWS::DynamoDB::Table': { property: 'TableName', ref: 'name', arn: inRegion('dynamodb', 'table/') },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', ref: 'name', arn: inRegion('dynamodb', 'table/') },
  'AWS::Kinesis::Stream': { property: 'Name', ref: 'name', arn: inRegion('kinesis', 'stream/') },
  'AWS::CloudFront::Distribution': { ref: 'name', arn: (name, { account }) => `arn:aws:cloudfront::${account}:distribution/${name}`, attributes: { Id: 'name' } },
  'AWS::CloudTrail::Trail': { property: 'TrailName', ref: 'name', arn: inRegion('cloudtrail', 'trail/') },
  'AWS::Events::Rule': { property: 'Name', ref: 'name', arn: inRegion('events', 'rule/') },
};

/** Marks a name that the deployment makes up. */
export const MADE_UP = 'made-up-';

/** Whether a whole text is what a resource gives once deployed; the ARN of a resource that stands elsewhere is at least its own. */
export function isMadeUp(text: string): boolean {
  return text.startsWith(MADE_UP) && !text.endsWith('.Arn');
}

/**
 * What a reference to a resource could be once deployed: its own name where it has one, else one that is like no other. Two references are the
 * same text just where they are the same thing, so a policy can be judged as if it were deployed.
 */
export function physicalName(resource: TemplateResource, attribute: string | undefined, place: Place): string {
  // A template may have a type such as `constructor`.
  const naming = Object.hasOwn(NAMINGS, resource.type) ? NAMINGS[resource.type] : undefined;
  const name = nameOf(resource, naming);
  const what = attribute === undefined ? naming?.ref ?? 'name' : (naming?.attributes && Object.hasOwn(naming.attributes, attribute) ? naming.attributes[attribute] : undefined) ?? (attribute === 'Arn' ? 'arn' : undefined);
  if (what === 'name') { return name; }
  if (what === undefined) { return `${MADE_UP}${resource.logicalId}.${attribute}`; }
  const path = resource.get('Path').literal();
  return naming ? naming.arn(name, place, path.kind === 'value' ? path.text : '/') : unknownArn(resource, name, place);
}

function nameOf(resource: TemplateResource, naming: Naming | undefined): string {
  const given = naming?.property ? resource.get(naming.property).literal() : undefined;
  return given?.kind === 'value' ? given.text : `${MADE_UP}${resource.logicalId}`;
}

function unknownArn({ type }: TemplateResource, name: string, { account, region }: Place): string {
  const [, service = 'service', kind = 'resource'] = type.toLowerCase().split('::');
  return `arn:aws:${service}:${region}:${account}:${kind}/${name}`;
}

/** A text for people: what stands for something of the stack is written as CloudFormation writes it. */
export function shown(text: string): string {
  if (!text.includes(MADE_UP) && !text.includes(OWN_ACCOUNT) && !text.includes(OWN_REGION)) { return text; }
  return text.split(OWN_ACCOUNT).join('${AWS::AccountId}').split(OWN_REGION).join('${AWS::Region}').replace(/made-up-([A-Za-z0-9]+(?:\.[A-Za-z0-9.]+)?)/g, '${$1}');
}
