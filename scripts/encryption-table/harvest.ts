import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';

/** What a property looks like by its name, its type and what AWS's page says of it. A person decides: `overlay/`. */
export type Looks = 'key' | 'flag' | 'mode' | 'in transit';

/** Whether a change of a property makes CloudFormation replace the resource. */
export type Replaces = 'yes' | 'no' | 'maybe';

/** A property of a resource type. */
export interface SpecProperty {
  readonly type: string;
  /** As in `Replicas[].SSESpecification.KMSMasterKeyId`. */
  readonly path: string;
  /** The type in which CloudFormation's reference has it; `undefined` for one of the resource's own. */
  readonly definition?: string;
  readonly kind: 'boolean' | 'string' | 'list of strings' | 'other';
  readonly required: boolean;
  readonly replaces: Replaces;
  readonly values?: readonly string[];
  readonly documentation: string;
  /** Whether the specification says that it refers to a KMS key. */
  readonly refersToKey: boolean;
}

export interface Candidate extends SpecProperty {
  readonly looks: Looks;
}

/** No path of CloudFormation is longer; types that contain themselves are followed no further. */
const DEEPEST = 12;

let database: SpecDatabase | undefined;

/** The specification of all resource types, as `@aws-cdk/aws-service-spec` has it. */
export function spec(): SpecDatabase {
  return database ??= loadAwsServiceSpecSync();
}

/** Each resource type once, in the order of their names. */
export function resources(): Resource[] {
  const byType = new Map(spec().all('resource').map((each) => [each.cloudFormationType, each]));
  return [...byType.values()].sort((a, b) => (a.cloudFormationType < b.cloudFormationType ? -1 : 1));
}

/** Every property of a resource type that has no properties of its own. */
export function propertiesOf(resource: Resource): SpecProperty[] {
  const found: SpecProperty[] = [];
  const more = (resource.additionalReplacementProperties ?? []).map((path) => path.join('.'));
  walk(resource.properties, { type: resource.cloudFormationType, prefix: '', parents: [], replaces: 'no', more }, found);
  return found;
}

interface Place {
  readonly type: string;
  readonly prefix: string;
  /** The types on the way, the innermost last. */
  readonly parents: readonly string[];
  readonly replaces: Replaces;
  readonly more: readonly string[];
}

function walk(properties: Record<string, Property>, place: Place, found: SpecProperty[]): void {
  for (const [name, property] of Object.entries(properties)) {
    const { inner, suffix } = unwrap(property.type);
    const path = `${place.prefix}${name}${suffix}`;
    // What a parent replaces, its parts replace too; a part may replace where its parent does not say so.
    const replaces = place.more.includes(path) ? 'yes' : worse(place.replaces, property.causesReplacement ?? 'no');
    if (inner.type === 'ref') {
      const definition = spec().get('typeDefinition', inner.reference.$ref);
      if (place.parents.includes(definition.name) || place.parents.length > DEEPEST) { continue; }
      walk(definition.properties, { ...place, prefix: `${path}.`, parents: [...place.parents, definition.name], replaces }, found);
      continue;
    }
    found.push({
      type: place.type,
      path: suffix === '[]' && inner.type === 'string' ? `${place.prefix}${name}` : path,
      definition: place.parents[place.parents.length - 1],
      kind: inner.type === 'boolean' ? 'boolean' : inner.type === 'string' ? (suffix === '' ? 'string' : 'list of strings') : 'other',
      required: property.required === true,
      replaces,
      values: inner.type === 'string' ? inner.allowedValues : undefined,
      documentation: property.documentation ?? '',
      refersToKey: (property.relationshipRefs ?? []).some(({ cloudFormationType }) => /^AWS::KMS::(Key|Alias)$/.test(cloudFormationType)),
    });
  }
}

function worse(a: Replaces, b: Replaces): Replaces {
  return a === 'yes' || b === 'yes' ? 'yes' : a === 'maybe' || b === 'maybe' ? 'maybe' : 'no';
}

/** The type of the items of a list or a map; of a union the one with properties. */
function unwrap(type: PropertyType): { readonly inner: Exclude<PropertyType, { type: 'array' | 'map' | 'union' }>; readonly suffix: string } {
  switch (type.type) {
    case 'array': { const { inner } = unwrap(type.element); return { inner, suffix: '[]' }; }
    case 'map': { const { inner } = unwrap(type.element); return { inner, suffix: '{}' }; }
    case 'union': return unwrap(type.types.find((each) => each.type !== 'json') ?? type.types[0]);
    default: return { inner: type, suffix: '' };
  }
}

const last = (path: string) => path.split('.').pop()!.replace(/[[\]{}]/g, '');

/** Names of keys: `KmsKeyId`, `KMSKeyArn`, `KmsMasterKeyId`, `CmkArn`, `EncryptionKeyArn`, `CustomerManagedKey`. */
const KEY_NAME = /(kms|cmk)(master)?_?(key|arn|id)|kmskey|customer(managed|master)key|^kms(arn|key)?$|encryptionkey(arn|id)?$|^kmsalias(arn|name)$/i;
/** Names that are keys only where AWS's page speaks of KMS. */
const PERHAPS_KEY = /key|cmk|kms/i;
const SAYS_KMS_KEY = /KMS key|KMS customer|AWS KMS|Key Management Service|customer[- ]managed key|customer master key|\bCMK\b/;
const NOT_KEY = /^(Public|Private|Access|Api|Partition|Sort|Hash|Range|Signing|S3|Object)Key|KeyPair|KeyName|KeyType|Prefix$|KeyMaterial|KeyPolicy|KeySpec|KeyUsage|License/;
const ENCRYPTION_NAME = /[Ee]ncrypt|ENCRYPT|(^|[a-z])S(SE|se)(?![a-z])|ServerSideEnc/;
const TRANSIT_NAME = /TLS|Tls|SSL|Ssl|HTTPS|Https|InTransit|Transit(En|De)cryption|ProtocolPolicy$|^SecurityPolicy(Name)?$|^ClientBroker$|^InCluster$|NodeToNode|InterContainerTraffic|MinimumProtocolVersion/;

/** What a property looks like; `undefined` for one that has nothing to do with encryption. */
export function looksLike({ path, kind, documentation, refersToKey }: SpecProperty): Looks | undefined {
  const name = last(path);
  const parent = path.split('.').slice(-2, -1).map(last)[0] ?? '';
  const isSwitch = /(^|[a-z])(Type|Mode|Option|Method|Algorithm|Enabled|ProviderType)$/.test(name);
  if (TRANSIT_NAME.test(name) || (TRANSIT_NAME.test(parent) && isSwitch)) {
    return kind === 'other' || /Arn$|Certificate|Domain|Password|PolicyDocument|(?<!Policy)Name$|Port$/.test(name) ? undefined : 'in transit';
  }
  const ofKms = refersToKey || KEY_NAME.test(name) || (PERHAPS_KEY.test(name) && SAYS_KMS_KEY.test(documentation) && !NOT_KEY.test(name));
  if (kind === 'string' && !/(Role|Type)$/.test(name) && (ofKms || (ENCRYPTION_NAME.test(parent) && /^Key(Arn|Id)?$/.test(name)))) { return 'key'; }
  if (kind === 'boolean' && (ENCRYPTION_NAME.test(name) || (ENCRYPTION_NAME.test(parent) && /^Enabled$/.test(name)))) { return 'flag'; }
  if (kind === 'string' && !/(Arn|Id|Role|Name)$/.test(name) && (ENCRYPTION_NAME.test(name) || (ENCRYPTION_NAME.test(parent) && isSwitch))) { return 'mode'; }
  return undefined;
}

/** Every property of the specification that looks as if it had to do with encryption. */
export function candidates(): Candidate[] {
  return resources().flatMap(propertiesOf).flatMap((property) => {
    const looks = looksLike(property);
    return looks ? [{ ...property, looks }] : [];
  });
}
