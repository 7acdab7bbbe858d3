import { isPlacedKey } from './placed-keys';
import { covers, hasNoCondition, isAllow, isDeny, knownStatements, Statement } from '../policy/policy';
import { differ, placeNamed, placeOfStack } from '../rules/places';
import { fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { firstUnknown, notKnown, targetOf, verdictOn, worst } from '../rules/values';
import { Present, Read, same, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** Whether a text names a key that AWS manages, by its alias. */
export const namesManagedKey = (key: string) => /(^|[:/])alias\/aws\//.test(key);

/** Whether a property names a customer-managed key, and not one that AWS manages. */
export function customerKey(key: Read): Verdict {
  return key.match({
    absent: () => fail('no KMS key is named'),
    unknown: (unknown) => (namesManagedKey(unknown.shape) ? fail(`${unknown.shape} is a key that AWS manages`) : notKnown(unknown)),
    value: ({ text }) => (text === '' ? fail('no KMS key is named') : namesManagedKey(text) ? fail(`${text} is a key that AWS manages`) : PASS),
  });
}

/** Whether a value names a key that AWS manages, whose policy nobody can change. */
export function isManaged(key: Read): boolean {
  return namesManagedKey(key.shown);
}

/** The key that a value names, by reference, by alias, or by the name of an alias of the template; `undefined` where it is elsewhere. */
export function keyNamed(resource: TemplateResource, value: Read): TemplateResource | undefined {
  const target = targetOf(value);
  if (target) { return keyBehind(target); }
  // An ARN that is put together of the key's id.
  const id = value.kind === 'value' ? /:key\/\$\{(\w+)(?:\.KeyId)?\}$/.exec(value.text)?.[1] : undefined;
  const byId = id === undefined ? undefined : resource.owner.resource(id);
  if (byId) { return keyBehind(byId); }
  const name = value.kind === 'value' ? /(alias\/[^\s]+)$/.exec(value.text)?.[1] : undefined;
  if (!name) { return undefined; }
  const alias = resource.owner.ofType('AWS::KMS::Alias').find((each) => each.get('AliasName').match({ value: (given) => given.is(name), absent: () => false, unknown: () => false }));
  return alias && keyBehind(alias);
}

export const isKey = ({ type }: TemplateResource) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey';

function keyBehind(resource: TemplateResource, depth = 0): TemplateResource | undefined {
  if (isKey(resource)) { return resource; }
  if (resource.type !== 'AWS::KMS::Alias' || depth > 3) { return undefined; }
  const target = targetOf(resource.get('TargetKeyId'));
  return target && keyBehind(target, depth + 1);
}

/** The statements of a key's policy; KMS's own policy, where the template says none. */
export function keyStatements(key: TemplateResource): Statement[] {
  return knownStatements(key.get('KeyPolicy'));
}

/** Whether a key's policy allows a service to encrypt and read back messages: without it they are lost at run time, without an error. */
export function letsServiceIn(key: TemplateResource, service: string): boolean {
  const statements = keyStatements(key);
  const forService = ({ principals }: Statement) => principals.some((principal) => principal === '*' || principal === `Service:${service}`);
  return ['kms:Decrypt', 'kms:GenerateDataKey'].every((action) =>
    statements.some((statement) => isAllow(statement) && forService(statement) && covers(statement, action))
    && !statements.some((statement) => isDeny(statement) && forService(statement) && covers(statement, action) && hasNoCondition(statement)));
}

/** Whether a value names the primary of a replica of this template: the replica is then the key of this Region. */
function namesPrimary(resource: TemplateResource, value: Present): Verdict {
  const replicas = resource.owner.ofType('AWS::KMS::ReplicaKey').map((replica) => ({ replica, is: same(replica.get('PrimaryKeyArn'), value) }));
  const found = replicas.find(({ is }) => is === true);
  if (found) { return fail(`it names the primary of ${found.replica.logicalId}, which is in another Region: the replica is the one here`); }
  // Only the id of a multi-Region key, or a key elsewhere, can be a replica's primary.
  const open = /:key\/mrk-|\$\{/.test(value.text) && !value.target ? replicas.find(({ is }) => is === undefined) : undefined;
  return open ? undetermined(`PrimaryKeyArn of ${open.replica.logicalId} is known only when the stack is deployed`) : PASS;
}

/** Whether a key that is named is in another Region than the stack, where both are known: AWS uses a key in its own Region only. */
function isInRegion(resource: TemplateResource, value: Present): Verdict {
  const here = placeOfStack(resource.owner).region;
  const there = placeNamed(resource, value).region;
  return differ(there, here) ? fail(`${value.target?.logicalId ?? value.text} is in ${there}, and the stack is in ${here}: AWS uses a key in its own Region only`) : PASS;
}

/** Whether a key is where it must be; of some properties the rule KmsKeyInSameRegion says that it is not. */
function isWhereItMustBe(resource: TemplateResource, value: Present): Verdict {
  const region = isInRegion(resource, value);
  return region.kind === 'fail' && isPlacedKey(resource.type, value.where) ? PASS : worst(namesPrimary(resource, value), region);
}

/** Whether a resource can encrypt under the key that it names: symmetric, enabled, and not one of another Region, unless it is meant to be. */
export function usableKey(resource: TemplateResource, value: Read, mayBeElsewhere = false): Verdict {
  if (value.kind === 'absent') { return NOT_APPLICABLE; }
  if (value.kind === 'unknown') { return notKnown(value); }
  const { owner } = resource;
  const { target, reference } = value;
  if (target && !/^AWS::KMS::(Key|ReplicaKey|Alias)$/.test(target.type) && target.owner === owner) {
    return fail(`${target.logicalId} is a ${target.type}, not a key`);
  }
  if (reference && !reference.logicalId.startsWith('AWS::') && !target && (reference.owner ?? owner) === owner) {
    return fail(`${reference.logicalId} is not in the template`);
  }
  // As in `arn:aws:kms:eu-west-1:111122223333:key/${Key}`.
  const named = /:key\/\$\{(\w+)(?:\.\w+)?\}$/.exec(value.text)?.[1];
  if (named !== undefined && !owner.resource(named)) { return fail(`${named} is not in the template`); }
  const place = mayBeElsewhere ? PASS : isWhereItMustBe(resource, value);
  if (place.kind !== 'pass') { return place; }
  const key = keyNamed(resource, value);
  if (key) { return encryptsData(key); }
  const unknown = unknownOnTheWay(resource, value);
  return unknown ? notKnown(unknown) : /^arn:/.test(value.text) ? PASS : NOT_APPLICABLE;
}

/** What is unknown between a value and a key of the template: an alias's name or target, or the primary of a replica. */
function unknownOnTheWay(resource: TemplateResource, { text, target }: Present): Unknown | undefined {
  const aliases = resource.owner.ofType('AWS::KMS::Alias');
  const reads = target?.type === 'AWS::KMS::Alias' ? [target.get('TargetKeyId')]
    : /(^|:)alias\//.test(text) ? aliases.flatMap((alias) => [alias.get('AliasName'), ...(alias.get('AliasName').symbol === text ? [alias.get('TargetKeyId')] : [])])
      : /:key\/mrk-/.test(text) ? resource.owner.ofType('AWS::KMS::ReplicaKey').map((replica) => replica.get('PrimaryKeyArn')) : [];
  return firstUnknown(reads);
}

/** Whether a key is one under which AWS services encrypt. */
function encryptsData(key: TemplateResource): Verdict {
  if (key.type === 'AWS::KMS::Key') {
    const spec = key.get('KeySpec').or('SYMMETRIC_DEFAULT').literal();
    const usage = key.get('KeyUsage').or('ENCRYPT_DECRYPT').literal();
    if (spec.kind === 'value' && !spec.is('SYMMETRIC_DEFAULT')) { return fail(`${key.logicalId} is a key of the spec ${spec.text}; AWS services encrypt under symmetric keys only`); }
    if (usage.kind === 'value' && !usage.is('ENCRYPT_DECRYPT')) { return fail(`${key.logicalId} is for ${usage.text}`); }
    const unknown = spec.kind === 'unknown' ? spec : usage.kind === 'unknown' ? usage : undefined;
    if (unknown) { return undetermined(`${unknown.where} of ${key.logicalId}: ${unknown.reason}`); }
  }
  return verdictOn(key.get('Enabled').or(true).literal(), { value: ({ isTrue }) => (isTrue ? PASS : fail(`${key.logicalId} is disabled`)) });
}
