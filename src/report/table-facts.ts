import type { AtRest } from './document';
import { WITHOUT_KEY } from '../everyservice/table-checks';
import { namesManagedKey } from '../kms/keys';
import { isOneOf, Place, placesOf } from '../table/places';
import type { AtRestRow, InTransitRow } from '../table/row';
import { rowOfType } from '../table/row-of-type';
import type { Present, Read, Unknown } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What the table says of a resource, as far as its template shows it. */
export interface TableFacts {
  /** Which key encrypts the data; `undefined` where another resource decides, or nothing of it is kept. */
  readonly atRest?: AtRest;
  /** Whether the service takes nothing but TLS, whatever is written. */
  readonly isAlwaysTls: boolean;
  readonly shown: readonly ShownFact[];
}

/** A property that shows it, or that is not there. */
export interface ShownFact {
  readonly about: 'at rest' | 'in transit';
  readonly read?: Read;
  readonly property: string;
  /** What follows where nothing is written. */
  readonly meaning?: string;
}

/** The properties that name keys of a resource, where they are written. */
export function namedKeys(resource: TemplateResource): Array<Present | Unknown> {
  return (rowOfType(resource.type)?.atRest ?? []).filter(({ key }) => key !== undefined)
    .flatMap((row) => placesOf(resource, row).flatMap((place) => place.read(row.key!)))
    .filter((read): read is Present | Unknown => read.kind !== 'absent');
}

/** The facts of a resource; `undefined` for a type that the table does not have. */
export function factsOf(resource: TemplateResource): TableFacts | undefined {
  const row = rowOfType(resource.type);
  if (!row) { return undefined; }
  const atRest = (row.atRest ?? []).flatMap((each) => placesOf(resource, each).map((place) => atRestAt(resource.type, each, place)));
  const inTransit = (row.inTransit ?? []).flatMap((each) => placesOf(resource, each).flatMap((place) => inTransitAt(each, place)));
  return {
    atRest: worstOf(atRest.flatMap(({ status }) => status ?? [])),
    isAlwaysTls: / over TLS/.test(row.transit ?? ''),
    shown: unique([...atRest.flatMap(({ shown }) => shown), ...inTransit, ...(row.transit === undefined ? [] : [{ about: 'in transit' as const, property: 'AWS', meaning: row.transit }])]),
  };
}

/** From the worst for the data to the best. */
const BY_BADNESS: readonly AtRest[] = ['no', 'unknown', 'AWS-owned', 'AWS-managed', 'yes'];
const worstOf = (all: readonly AtRest[]) => BY_BADNESS.find((status) => all.includes(status));

interface AtPlace {
  readonly status?: AtRest;
  readonly shown: readonly ShownFact[];
}

function atRestAt(type: string, row: AtRestRow, place: Place): AtPlace {
  const switches = Object.keys({ ...row.set, ...row.unencrypted }).flatMap((path) => place.read(path)).filter(({ kind }) => kind !== 'absent')
    .map((read): ShownFact => ({ about: 'at rest', read, property: read.where }));
  if (isOff(row, place)) { return { status: 'no', shown: switches }; }
  const without = withoutKey(type, row, place);
  const keys = row.key === undefined ? [] : place.read(row.key);
  const shown = keys.map((read): ShownFact => ({ about: 'at rest', read, property: read.where, ...(read.kind === 'absent' && { meaning: without.meaning }) }));
  const ofKey = keys.map((read): AtRest | undefined => read.match({
    absent: () => without.status,
    unknown: ({ shape }) => (namesManagedKey(shape) ? 'AWS-managed' : 'unknown'),
    value: ({ text }) => (text === '' || !isUsed(row, place) ? without.status : namesManagedKey(text) ? 'AWS-managed' : 'yes'),
  }));
  const status = keys.length === 0 ? without.status : worstOf(ofKey.flatMap((each) => each ?? []));
  return { status: place.unknown && status !== undefined ? 'unknown' : status, shown: [...shown.filter(({ meaning, read }) => read?.kind !== 'absent' || meaning !== undefined), ...switches] };
}

const isOff = ({ unencrypted = {} }: AtRestRow, place: Place) => Object.entries(unencrypted)
  .some(([path, values]) => place.read(path).some((read) => read.kind === 'value' && isOneOf(read.text, values)));

/** A key that is named is not used where a mode says something else, or a switch is not on. */
const isUsed = ({ set = {} }: AtRestRow, place: Place) => Object.entries(set).every(([path, values]) => place.read(path)
  .every((read) => (read.kind === 'value' ? isOneOf(read.text, values) : read.kind === 'unknown' || values !== true)));

/**
 * Types whose own keys, not ones that AWS manages in the account, encrypt where no key is named.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
 */
const UNDER_OWN_KEYS: ReadonlySet<string> = new Set(['AWS::ElastiCache::ReplicationGroup']);

/** What is so where no key is named. */
function withoutKey(type: string, row: AtRestRow, place: Place): { readonly status?: AtRest; readonly meaning?: string } {
  const { leftOut, optional, inherits = [] } = row;
  const source = inherits.flatMap((path) => place.read(path)).find(({ kind }) => kind !== 'absent');
  if (source) { return { status: 'unknown', meaning: `${source.where} decides` }; }
  switch (leftOut) {
    case 'owned': case 'service': return { status: 'AWS-owned', meaning: WITHOUT_KEY[leftOut] };
    case 'managed': return { status: 'AWS-managed', meaning: WITHOUT_KEY[leftOut] };
    case 'bucket': case 'parent': return { meaning: WITHOUT_KEY[leftOut] };
    case 'required': case 'unknown': return { status: 'unknown', meaning: WITHOUT_KEY[leftOut] };
    case 'account': case 'none': {
      const on = isOn(row, place);
      if (on === false && optional) { return {}; }
      if (on !== true || leftOut === 'account') { return { status: on === false && leftOut === 'none' ? 'no' : 'unknown', meaning: on === true ? WITHOUT_KEY.account : WITHOUT_KEY[leftOut] }; }
      const isOwned = row.key === undefined || UNDER_OWN_KEYS.has(type);
      return { status: isOwned ? 'AWS-owned' : 'AWS-managed', meaning: WITHOUT_KEY[isOwned ? 'owned' : 'managed'] };
    }
  }
}

/** Whether encryption is turned on without a key; `undefined` where nobody can tell. */
function isOn({ set = {} }: AtRestRow, place: Place): boolean | undefined {
  const reads = Object.entries(set).flatMap(([path, values]) => place.read(path).map((read) => ({ read, values })));
  if (reads.some(({ read }) => read.kind === 'unknown')) { return undefined; }
  return reads.length > 0 && reads.every(({ read, values }) => read.kind === 'value' && isOneOf(read.text, values));
}

const WITHOUT_SETTING: Readonly<Record<InTransitRow['leftOut'], string | undefined>> = {
  safe: 'it is encrypted', unsafe: 'it is not encrypted', unknown: 'AWS\'s page does not say what is so then', optional: undefined,
};

function inTransitAt(row: InTransitRow, place: Place): ShownFact[] {
  return place.read(row.property).flatMap((read): ShownFact[] => {
    const meaning = read.kind === 'absent' ? WITHOUT_SETTING[row.leftOut] : undefined;
    return read.kind === 'absent' && meaning === undefined ? [] : [{ about: 'in transit', read, property: read.where, ...(meaning !== undefined && { meaning }) }];
  });
}

function unique(facts: readonly ShownFact[]): ShownFact[] {
  const seen = new Set<string>();
  return facts.filter(({ about, property }) => !seen.has(`${about} ${property}`) && seen.add(`${about} ${property}`));
}
