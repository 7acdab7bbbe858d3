import type { Estate } from './estate';
import { shapeOf } from './estate';
import { Kind, KIND } from './kind';
import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** The key under which something is encrypted. */
export interface TargetKey {
  /** The key, where it is among the templates. */
  readonly resource?: TemplateResource;
  /** The name of the key or alias as text, where it is not. */
  readonly text?: string;
}

export const KEY_TYPES = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'];

/** The customer-managed key of a target; `undefined` where it has none, or nobody can tell. */
export function keyOf(estate: Estate, target: TemplateResource, kind: Kind): TargetKey | undefined {
  const read = KIND[kind].keyOf(target);
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
  if (target) { return KEY_TYPES.includes(target.type) ? target : target.type === 'AWS::KMS::Alias' ? keyBehind(estate, target.get('TargetKeyId'), target.owner, depth + 1) : undefined; }
  // An ARN that ends with a reference to an alias or a key, or with the name of an alias.
  const [, logicalId] = /:(?:key\/)?\$\{(\w+)\}$/.exec(read.text) ?? [];
  const named = logicalId === undefined ? undefined : oneOf(estate, from, ['AWS::KMS::Alias', ...KEY_TYPES], (each) => each.logicalId === logicalId);
  if (named && KEY_TYPES.includes(named.type)) { return named; }
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
