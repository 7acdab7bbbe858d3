import type { Estate } from './estate';
import { shapeOf } from './estate';
import type { Kind } from './flow';
import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** The key under which something is encrypted. */
export interface TargetKey {
  /** The key, where it is among the templates. */
  readonly resource?: TemplateResource;
  /** The name of the key or alias as text, where it is not. */
  readonly text?: string;
}

/** How each kind of target names its key. */
const KEY_OF: Record<Kind, (target: TemplateResource) => Read> = {
  bucket: (bucket) => bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration').items()[0]?.get('ServerSideEncryptionByDefault', 'KMSMasterKeyID')
    ?? bucket.get('BucketEncryption', 'ServerSideEncryptionConfiguration'),
  queue: (queue) => queue.get('KmsMasterKeyId'),
  topic: (topic) => topic.get('KmsMasterKeyId'),
  table: keyOfTable,
  secret: (secret) => secret.get('KmsKeyId'),
  logGroup: (group) => group.get('KmsKeyId'),
  volume: keyOfVolumes,
  stream: (stream) => stream.get('StreamEncryption', 'KeyId'),
};

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

const IS_KEY = /^AWS::KMS::(Replica)?Key$/;

/** The customer-managed key of a target; `undefined` where it has none, or nobody can tell. */
export function keyOf(estate: Estate, target: TemplateResource, kind: Kind): TargetKey | undefined {
  const read = KEY_OF[kind](target);
  if (read.kind !== 'value') { return undefined; }
  const resource = keyBehind(estate, read, target.owner);
  if (resource) { return { resource }; }
  const text = shapeOf(read);
  return text === undefined || text === '' || /(^|[:/])alias\/aws\//.test(text) ? undefined : { text };
}

/** The key that a value refers to, by an alias too. */
export function keyBehind(estate: Estate, read: Read, from: Template, depth = 0): TemplateResource | undefined {
  if (read.kind !== 'value' || depth > 3) { return undefined; }
  const { target } = read;
  if (target) { return IS_KEY.test(target.type) ? target : target.type === 'AWS::KMS::Alias' ? keyBehind(estate, target.get('TargetKeyId'), target.owner, depth + 1) : undefined; }
  // An ARN that ends with a reference to an alias or a key, or with the name of an alias.
  const [, logicalId] = /:(?:key\/)?\$\{(\w+)\}$/.exec(read.text) ?? [];
  const named = logicalId === undefined ? undefined : oneOf(estate, from, ['AWS::KMS::Alias', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], (each) => each.logicalId === logicalId);
  if (named && IS_KEY.test(named.type)) { return named; }
  const [, name] = /(alias\/[^\s]+)$/.exec(read.text) ?? [];
  const alias = named ?? (name && oneOf(estate, from, ['AWS::KMS::Alias'], (each) => shapeOf(each.get('AliasName')) === name));
  return alias ? keyBehind(estate, alias.get('TargetKeyId'), alias.owner, depth + 1) : undefined;
}

type IsMeant = (resource: TemplateResource) => boolean;

/** Of several stacks that give something the same name, the template's own is meant. */
function oneOf(estate: Estate, from: Template, types: readonly string[], isMeant: IsMeant): TemplateResource | undefined {
  const found = estate.ofType(...types).filter(isMeant);
  return found.find(({ owner }) => owner === from) ?? found[0];
}

/** Whether a policy's `Resource` names a key: by reference, by ARN, or with every key. */
export function namesKey(resource: string, { resource: key, text }: TargetKey): boolean {
  if (resource === '*' || /^arn:[^:]*:kms:[^:]*:[^:]*:(key\/)?\*$/.test(resource)) { return true; }
  return key ? resource.includes(`\${${key.logicalId}.Arn}`) || resource.endsWith(`:key/\${${key.logicalId}}`) : resource === text;
}
