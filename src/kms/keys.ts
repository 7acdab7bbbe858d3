import { covers, hasNoCondition, isAllow, isDeny, knownStatements, Statement } from '../policy/policy';
import { fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { isTrue } from '../rules/values';
import { Reference, Unknown } from '../template/resolved';
import { Template, TemplateResource } from '../template/template';

/** Whether a text names a key that AWS manages, by its alias. */
export const namesManagedKey = (key: string) => /(^|[:/])alias\/aws\//.test(key);

/** Whether a property names a customer-managed key, and not one that AWS manages. */
export function customerKey(template: Template, value: unknown): Verdict {
  const key = template.value(value);
  if (key === undefined || key === null || key === '') { return fail('no KMS key is named'); }
  if (key instanceof Unknown) {
    // A key of another stack comes by import or by stack output: somebody chose it.
    return /Fn::(ImportValue|GetStackOutput)/.test(key.reason) ? PASS : undetermined(key.reason);
  }
  if (key instanceof Reference) { return PASS; }
  return isManaged(template, key) ? fail(`${template.text(key)} is a key that AWS manages`) : PASS;
}

/** Whether a value names a key that AWS manages, whose policy nobody can change. */
export function isManaged(template: Template, value: unknown): boolean {
  const key = template.value(value);
  return typeof key === 'string' && namesManagedKey(key);
}

/** The key that a value names, by reference, by alias, or by the name of an alias of the template; `undefined` where it is elsewhere. */
export function keyNamed(template: Template, value: unknown): TemplateResource | undefined {
  const target = template.target(value);
  if (target) { return keyBehind(target); }
  const name = /(alias\/[^\s]+)$/.exec(template.text(value))?.[1];
  if (!name) { return undefined; }
  const alias = template.ofType('AWS::KMS::Alias').find(({ properties }) => template.text(properties.AliasName) === name);
  return alias && keyBehind(alias);
}

export const isKey = ({ type }: TemplateResource) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey';

function keyBehind(resource: TemplateResource, depth = 0): TemplateResource | undefined {
  if (isKey(resource)) { return resource; }
  if (resource.type !== 'AWS::KMS::Alias' || depth > 3) { return undefined; }
  const target = resource.owner.target(resource.properties.TargetKeyId);
  return target && keyBehind(target, depth + 1);
}

/** The statements of a key's policy; KMS's own policy, where the template says none. */
export function keyStatements(key: TemplateResource): Statement[] {
  return knownStatements(key.owner, key.properties.KeyPolicy);
}

/** Whether a key's policy lets a service encrypt and read back messages: without it they are lost at run time, without an error. */
export function letsServiceIn(key: TemplateResource, service: string): boolean {
  const statements = keyStatements(key);
  const forService = ({ principals }: Statement) => principals.some((principal) => principal === '*' || principal === `Service:${service}`);
  return ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) =>
    statements.some((statement) => isAllow(statement) && forService(statement) && covers(statement, action))
    && !statements.some((statement) => isDeny(statement) && forService(statement) && covers(statement, action) && hasNoCondition(statement)));
}

/** The replica of this template whose primary a value names. */
function replicaOf(template: Template, value: unknown): TemplateResource | undefined {
  const name = template.text(value);
  const names = (other: unknown) => template.text(other) === name && template.target(other) === template.target(value);
  return name.includes('${?}') ? undefined : template.ofType('AWS::KMS::ReplicaKey').find(({ properties }) => names(properties.PrimaryKeyArn));
}

/** Whether a resource can encrypt under the key that it names: symmetric, enabled, and not one of another Region. */
export function usableKey(template: Template, value: unknown): Verdict {
  if (value === undefined) { return NOT_APPLICABLE; }
  const target = template.target(value);
  if (target && !/^AWS::KMS::(Key|ReplicaKey|Alias)$/.test(target.type) && target.owner === template) {
    return target.type.startsWith('AWS::') ? fail(`${target.logicalId} is no key, but ${target.type}`) : PASS;
  }
  const resolved = template.value(value);
  if (resolved instanceof Reference && !resolved.logicalId.startsWith('AWS::') && !target && (resolved.owner ?? template) === template) {
    return fail(`${resolved.logicalId} is not in the template`);
  }
  const replica = replicaOf(template, value);
  if (replica) { return fail(`it names the primary of ${replica.logicalId}, which is in another Region: the replica is the one here`); }
  const key = keyNamed(template, value);
  if (!key) { return typeof resolved === 'string' && /^arn:/.test(resolved) ? PASS : NOT_APPLICABLE; }
  const { owner } = key;
  const spec = owner.property(key, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  const usage = owner.property(key, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
  if (key.type === 'AWS::KMS::Key' && !(spec instanceof Unknown) && spec !== 'SYMMETRIC_DEFAULT') {
    return fail(`${key.logicalId} is a key of the spec ${owner.text(spec)}; AWS services encrypt under symmetric keys only`);
  }
  if (key.type === 'AWS::KMS::Key' && !(usage instanceof Unknown) && usage !== 'ENCRYPT_DECRYPT') { return fail(`${key.logicalId} is for ${owner.text(usage)}`); }
  const enabled = owner.property(key, 'Enabled');
  return enabled !== undefined && !(enabled instanceof Unknown) && !isTrue(enabled) ? fail(`${key.logicalId} is disabled`) : PASS;
}
