import { isKey } from './keys';
import { PLACED_KEYS } from './placed-keys';
import { differ, NamedPlace, OWN, placeNamed, placeOfStack } from '../rules/places';
import { Check, fail, NOT_APPLICABLE, PASS, undetermined, Verdict } from '../rules/rule';
import { notKnown, targetOf, worstOf } from '../rules/values';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A property that names a key, and the Region in which AWS uses that key, where it is another than the stack's. */
interface NamedKey {
  readonly key: Read;
  readonly usedIn?: Read;
}

function keysOf(resource: TemplateResource): NamedKey[] {
  const own = PLACED_KEYS[resource.type].map((path): NamedKey => ({ key: resource.get(...path.split('.')) }));
  return [...own, ...copiesOf(resource)].filter(({ key }) => key.kind !== 'absent');
}

/** What AWS copies into other Regions, under keys there. */
function copiesOf(resource: TemplateResource): NamedKey[] {
  switch (resource.type) {
    case 'AWS::SecretsManager::Secret': return resource.get('ReplicaRegions').items().map((replica) => ({ key: replica.get('KmsKeyId'), usedIn: replica.get('Region') }));
    case 'AWS::RDS::DBInstance': return [{ key: resource.get('AutomaticBackupReplicationKmsKeyId'), usedIn: resource.get('AutomaticBackupReplicationRegion') }];
    default: return [];
  }
}

/** AWS uses a key in its own Region only. */
export const keyIsInRegion: Check = (resource) => {
  const own = placeOfStack(resource.owner);
  const check = ({ key, usedIn }: NamedKey) => (usedIn ? ofCopy(resource, key, usedIn) : ofResource(key, placeNamed(resource, key), own));
  return worstOf(keysOf(resource), check, NOT_APPLICABLE);
};

function ofResource(key: Read, { region }: NamedPlace, own: NamedPlace): Verdict {
  const elsewhere = differ(region, own.region);
  if (elsewhere) { return fail(`${key.where} names a key in ${region}, and the stack is in ${own.region}`); }
  if (elsewhere === false) { return PASS; }
  return own.region === OWN ? NOT_APPLICABLE : key.kind === 'unknown' ? notKnown(key) : PASS;
}

/** A copy is in another Region than what it is a copy of: the stack's. */
function ofCopy(resource: TemplateResource, key: Read, usedIn: Read): Verdict {
  const { region } = placeNamed(resource, key);
  const target = targetOf(key);
  const home = usedIn.literal();
  if (home.kind === 'unknown') { return notKnown(home); }
  if (home.kind === 'absent') { return NOT_APPLICABLE; }
  if (region === OWN && target && isKey(target)) { return fail(`${key.where} names ${target.logicalId}, a key in the stack's own Region, for a copy in ${home.text}`); }
  if (differ(region, home.text)) { return fail(`${key.where} names a key in ${region}, for a copy in ${home.text}`); }
  return key.kind === 'unknown' && region === undefined ? notKnown(key) : region === OWN ? undetermined(`${key.where}: the Region of the stack is not known`) : PASS;
}

/** Nobody here can use a key of another account unless its policy, which the template does not show, allows this account. */
export const keyIsInAccount: Check = (resource) => {
  const own = placeOfStack(resource.owner);
  const trusted = resource.owner.surroundings.trusted?.accounts ?? [];
  return worstOf(keysOf(resource), ({ key }) => {
    const { account } = placeNamed(resource, key);
    const elsewhere = differ(account, own.account);
    if (elsewhere && !trusted.includes(account!)) { return fail(`${key.where} names a key of account ${account}, and the stack is in ${own.account}`); }
    if (elsewhere !== undefined) { return PASS; }
    return own.account === OWN ? NOT_APPLICABLE : key.kind === 'unknown' ? notKnown(key) : PASS;
  }, NOT_APPLICABLE);
};
