import type { Change } from './document';
import { comeToOneArn, NamedKey, namedKey, Placed, sameKey, sameValue } from './sameness';
import type { Sides } from './sides';
import type { Truth } from '../policy/truth';
import { isOneOf, Place, placesOf } from '../table/places';
import type { AtRestRow, InTransitRow, Replaces, Values } from '../table/row';
import { rowOfType } from '../table/row-of-type';
import { Absent, Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** A resource that is on both sides. */
export interface Pair {
  readonly old: TemplateResource;
  readonly new: TemplateResource;
  /** Whether it stands in the file as before, with the parameters, mappings and conditions of before. */
  readonly isWrittenAlike: boolean;
}

/** A property of the table that changes, or may. */
export interface RowChange extends Change {
  readonly isCertain: boolean;
  readonly replaces?: Replaces;
  /** Of one that names a key. */
  readonly key?: { readonly old: NamedKey; readonly new: NamedKey; readonly same: Truth };
}

/** The properties of a resource that change how it is encrypted, by the table of all types. */
export function rowChanges(pair: Pair, sides: Sides): RowChange[] {
  const { atRest = [], inTransit = [] } = rowOfType(pair.new.type) ?? {};
  const all = [...atRest, ...inTransit].flatMap((row) => changesOf(row, pair, sides));
  // Several rows may speak of one property: what replaces the resource counts.
  const isSaid = (change: RowChange, index: number) => all.some((each, other) => each.property === change.property
    && (each.replaces === change.replaces ? other < index : change.replaces === undefined));
  return all.filter((change, index) => !isSaid(change, index));
}

function changesOf(row: AtRestRow | InTransitRow, pair: Pair, sides: Sides): RowChange[] {
  const olds = new Map(placesOf(pair.old, row).map((place) => [labelOf(place, row, pair.old), place]));
  return placesOf(pair.new, row).flatMap((place) => {
    const old = olds.get(labelOf(place, row, pair.new));
    return old && !isUnused(row, [old, place]) ? pathsOf(row).flatMap((path) => comparedAt(path, row, [old, place], pair, sides)) : [];
  });
}

const pathsOf = (row: AtRestRow | InTransitRow): string[] => ('property' in row ? [row.property]
  : [...new Set([...(row.key === undefined ? [] : [row.key]), ...Object.keys(row.set ?? {}), ...Object.keys(row.unencrypted ?? {})])]);

/** A key that may be named beside the one of the resource, and is not. */
function isUnused(row: AtRestRow | InTransitRow, places: readonly Place[]): boolean {
  return 'key' in row && row.optional === true && places.every((place) => place.read(row.key!).every(({ kind }) => kind === 'absent'));
}

/** Properties by which an item of a list is known when it moves. */
const NAMES_OF_ITEMS = ['DeviceName', 'Region', 'Id', 'Name', 'PathPattern', 'LoadBalancerPort', 'VolumeName'];

/** Where a place stands; an item of a list by its name, where it has one. */
function labelOf(place: Place, { when }: AtRestRow | InTransitRow, resource: TemplateResource): string {
  if (!when?.includes('[]')) { return ''; }
  const [, list, index] = /^(.*)\[(\d+)\][^[]*$/.exec(place.read('.it')[0].where) ?? [];
  if (list === undefined) { return place.read('.it')[0].where; }
  const item = resource.get(...list.replace(/\[(\d+)\]/g, '.$1').split('.'), index);
  const name = NAMES_OF_ITEMS.map((each) => item.get(each)).find(({ kind }) => kind === 'value');
  return `${list} ${name?.shown ?? index}`;
}

function comparedAt(path: string, row: AtRestRow | InTransitRow, [was, is]: readonly [Place, Place], pair: Pair, sides: Sides): RowChange[] {
  const [olds, news] = [was.read(path), is.read(path)];
  const none = new Absent(path);
  return Array.from({ length: Math.max(olds.length, news.length) }, (_, index): RowChange[] => {
    const old: Placed = { read: olds[index] ?? none, resource: pair.old };
    const found: Placed = { read: news[index] ?? none, resource: pair.new };
    return 'key' in row && path === row.key ? keyChange(row, old, found, pair, sides) : valueChange(path, row, old, found, pair, sides);
  }).flat();
}

function keyChange(row: AtRestRow, old: Placed, found: Placed, { isWrittenAlike }: Pair, sides: Sides): RowChange[] {
  const written = sameValue(old, found, sides, isWrittenAlike);
  const [was, is] = [namedKey(old, sides, 'old'), namedKey(found, sides, 'new')];
  const same = was.kind === 'unknown' && is.kind === 'unknown' ? written : sameKey(was, is, sides);
  if (same === 'yes' && (written === 'yes' || comeToOneArn(old, found) || was.kind === 'none')) { return []; }
  return [{
    about: 'at rest',
    property: whereOf(old, found),
    from: was.shown,
    to: is.shown,
    isCertain: written === 'no',
    replaces: row.replaces,
    key: { old: was, new: is, same },
    ...(noteOn(same, written)),
  }];
}

function noteOn(same: Truth, written: Truth): Pick<Change, 'note'> {
  if (same === 'yes') { return { note: 'the same key, named in another way' }; }
  if (written === 'maybe') { return { note: 'whether it changes is known only when the stack is deployed' }; }
  return same === 'maybe' ? { note: 'both may name the same key' } : {};
}

function valueChange(path: string, row: AtRestRow | InTransitRow, old: Placed, found: Placed, { isWrittenAlike }: Pair, sides: Sides): RowChange[] {
  const written = sameValue(old, found, sides, isWrittenAlike);
  const rows = 'property' in row ? [row] : rowOfType(found.resource.type)!.atRest!.filter((each) => [old, found].every(({ resource }) => placesOf(resource, each).length > 0));
  if (written === 'yes' || rows.some((each) => meansTheSame(path, each, old.read, found.read))) { return []; }
  return [{
    about: 'property' in row ? 'in transit' : 'at rest',
    property: whereOf(old, found),
    from: old.read.shown,
    to: found.read.shown,
    isCertain: written === 'no',
    replaces: row.replaces,
    ...noteOn('no', written),
  }];
}

const whereOf = (old: Placed, found: Placed) => (found.read.kind === 'absent' ? old : found).read.where;

/** Whether a value says just what is so where it is left out. */
function meansTheSame(path: string, row: AtRestRow | InTransitRow, a: Read, b: Read): boolean {
  const given = a.kind === 'absent' ? b : b.kind === 'absent' ? a : undefined;
  if (given?.kind !== 'value') { return false; }
  if ('property' in row) { return row.leftOut === 'safe' ? isOneOf(given.text, row.safe) : row.leftOut === 'unsafe' && !isOneOf(given.text, row.safe); }
  const { set, unencrypted, leftOut } = row;
  const isSet = (values: Values | undefined) => values !== undefined && Object.hasOwn(values, path) && isOneOf(given.text, values[path]);
  if (isSet(unencrypted)) { return false; }
  return leftOut === 'none' ? !isSet(set) : unencrypted !== undefined && isSet(set);
}

/** The resources of a side that are under a key, by the table of all types. */
export function underKey(key: TemplateResource, sides: Sides): string[] {
  const id = sides.idOf(key);
  return sides.old.resources.filter((resource) => (rowOfType(resource.type)?.atRest ?? []).some((row) => row.key !== undefined
    && placesOf(resource, row).some((place) => place.read(row.key!).some((read) => {
      const named = namedKey({ read, resource }, sides, 'old');
      return named.key !== undefined && sides.idOf(named.key) === id;
    })))).map((resource) => sides.nameOf(resource));
}
