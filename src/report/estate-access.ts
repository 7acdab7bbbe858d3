import { Access, CAPABILITIES, Capability } from './access';
import { identitiesIn } from './identities';
import { IdentityIndex } from './identity-index';
import { rolesOfSam } from './sam-roles';
import { dataOf } from './subjects';
import { namedKeys } from './table-facts';
import { Subject, whoCan } from './who';
import { keyPathOf } from '../checks/inventory';
import { Estate } from '../flows/estate';
import { keyBehind } from '../flows/keys';
import { guardedKey } from '../kms/guarded-key';
import { isKey, namesManagedKey } from '../kms/keys';
import type { Guarded } from '../policy/asked';
import { placeOf } from '../policy/from-template';
import { normalize } from '../policy/normal-form';
import { physicalName } from '../policy/physical-names';
import type { Read } from '../template/read';
import type { Template, TemplateResource } from '../template/template';

/** Something about which can be asked who can do what: a key, or what is under one. */
export interface Asked {
  readonly resource: TemplateResource;
  readonly name: string;
  /** The key, where it is in the templates. */
  readonly key?: TemplateResource;
  /** Why nobody can tell, where the key is not in the templates or is not the app's. */
  readonly unknown?: string;
}

/** Templates that are deployed together, and who can do what in them. */
export class EstateAccess {
  public readonly asked: readonly Asked[];
  public readonly estate: Estate;
  private readonly identities: IdentityIndex;
  private readonly remembered = new Map<string, readonly Access[]>();
  private readonly names = new Map<TemplateResource, string>();

  constructor(templates: readonly Template[], private readonly nameOf: (resource: TemplateResource) => string) {
    this.estate = new Estate(templates);
    this.identities = new IdentityIndex([...identitiesIn(this.estate), ...rolesOfSam(this.estate)]);
    this.asked = templates.flatMap((template) => template.all().flatMap((resource) => this.askedOf(resource)));
  }

  /** The keys and what is under them, with what is known of a key that is elsewhere. */
  private askedOf(resource: TemplateResource): Asked[] {
    const name = this.nameOfResource(resource);
    if (isKey(resource)) { return [{ resource, name, key: resource }]; }
    const found = keysRead(resource).map((read): Asked => {
      const key = keyBehind(this.estate, read, resource.owner);
      return key ? { resource, name, key } : { resource, name, unknown: whyUnknown(read) };
    });
    return found.filter(({ key, unknown }, index) => found.findIndex((other) => other.key === key && other.unknown === unknown) === index);
  }

  /** Who can do something with a key, or with what is under it. */
  public who(asked: Asked, can: Capability): readonly Access[] {
    const memory = `${asked.name} ${asked.key?.logicalId ?? asked.unknown} ${can}`;
    const known = this.remembered.get(memory) ?? this.find(asked, can);
    this.remembered.set(memory, known);
    return known;
  }

  private find(asked: Asked, can: Capability): Access[] {
    if (!asked.key) { return [{ of: asked.name, can, who: 'unknown', kind: 'unknown', by: '', certainty: 'unknown', conditions: [], note: asked.unknown }]; }
    if (!capabilitiesOf(asked.key).includes(can)) { return []; }
    const { key } = asked;
    const data = asked.resource === key ? undefined : dataOf(asked.resource, this.estate);
    // Where nobody's policies but the key's decide, everything under a key has the same answer.
    if (!data && asked.resource !== key) {
      const ofKey = this.who({ resource: key, name: this.nameOfResource(key), key }, can);
      return ofKey.map((access) => ({ ...access, of: asked.name }));
    }
    const subject: Subject = { name: asked.name, key: guardedOf(key), keyName: this.nameOfResource(key), data };
    return whoCan(can, subject, this.identities, (resource) => this.nameOfResource(resource));
  }

  private nameOfResource(resource: TemplateResource): string {
    const known = this.names.get(resource) ?? this.nameOf(resource);
    this.names.set(resource, known);
    return known;
  }
}

/** Where the keys of a resource are named: as its service's folder says, else as the table does. */
function keysRead(resource: TemplateResource): Read[] {
  const path = keyPathOf(resource.type);
  return path ? [resource.get(...path)].filter(({ kind }) => kind !== 'absent') : namedKeys(resource);
}

function whyUnknown(read: Read): string {
  if (read.kind === 'unknown') { return `${read.where}: ${read.reason}`; }
  return namesManagedKey(read.shown) ? `it is under ${read.shown}, a key that AWS manages: whoever may read it in its account can decrypt it` : `its key ${read.shown} is not in the templates`;
}

/** What a key can do: one that signs does not encrypt. */
export function capabilitiesOf(key: TemplateResource): Capability[] {
  const usage = key.type === 'AWS::KMS::Key' ? key.get('KeyUsage').or('ENCRYPT_DECRYPT') : undefined;
  const encrypts = usage?.kind !== 'value' || usage.is('ENCRYPT_DECRYPT');
  return (Object.keys(CAPABILITIES) as Capability[]).filter((can) => (can === 'sign' ? !encrypts : can === 'decrypt' || can === 'encrypt' ? encrypts : true));
}

/** A key with its policy; one without has KMS's own, which trusts the account. */
function guardedOf(key: TemplateResource): Guarded {
  const place = placeOf(key.owner);
  return guardedKey(key) ?? {
    statements: normalize({ Statement: { Sid: 'the default key policy', Effect: 'Allow', Principal: { AWS: place.account }, Action: 'kms:*', Resource: '*' } }),
    isKey: true,
    account: place.account,
    resources: [physicalName(key, 'Arn', place)],
    actions: Object.values(CAPABILITIES).flat(),
  };
}
