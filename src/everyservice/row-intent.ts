import { namesManagedKey } from '../kms/keys';
import { isOneOf, Place, placesOf, stepsOf } from '../table/places';
import type { AtRestRow, Scalar, Values } from '../table/row';
import type { Read } from '../template/read';
import type { TemplateResource } from '../template/template';

/** What is to be written at one place of a resource, so that its data is under a key. */
export interface Intent {
  /** The property that it is about, for a message. */
  readonly property: string;
  readonly changes: boolean;
  readonly namesKey: boolean;
  readonly replaces?: AtRestRow['replaces'];
  /** What the service needs in the key policy. */
  readonly keyPolicy?: string;
  /** What the resource says itself, and is otherwise under the key: `Encrypted is false`. */
  readonly says?: { readonly property: string; readonly value: string };
  /** The property that decides instead. */
  readonly inherited?: string;
  /** The Region in which the key must be, where that is not the resource's own for certain. */
  readonly region?: string;
  writes(keyArn: string): Map<string, Scalar | readonly unknown[]>;
}

/** What a row asks for at each place where it applies. A customer key that is there stays, and so does a key that only the deployment knows. */
export function intentOf(resource: TemplateResource, row: AtRestRow): Intent[] {
  const { key, set = {}, also = {}, unencrypted = {} } = row;
  return placesOf(resource, row).map((place): Intent => {
    const keys = key === undefined ? [] : place.read(key);
    const keeps = keys.length > 0 && keys.every((read) => read.kind === 'unknown' || (read.kind === 'value' && read.text !== '' && !namesManagedKey(read.text)));
    const differing = Object.entries({ ...set }).filter(([path, values]) => place.read(path).some((read) => !has(read, values)));
    const off = Object.entries(unencrypted).filter(([path, values]) => !(path in set) && place.read(path).some((read) => read.kind === 'value' && isOneOf(read.text, values)));
    const to = (path: string) => pathsOf(place, path);
    const said = [...differing, ...off].flatMap(([path]) => place.read(path)).find((read) => read.kind === 'value');
    return {
      property: (key ?? Object.keys(set)[0] ?? '').replace(/^\./, `${row.when}.`),
      changes: (key !== undefined && !keeps) || differing.length + off.length > 0,
      namesKey: key !== undefined,
      replaces: row.replaces,
      keyPolicy: row.keyPolicy,
      says: said && { property: said.where, value: said.shown },
      inherited: row.inherits?.flatMap((path) => place.read(path)).find(({ kind }) => kind !== 'absent')?.where,
      region: row.region === undefined ? undefined : row.region === 'elsewhere' ? 'elsewhere' : regionOf(place.read(row.region)),
      writes: (keyArn) => new Map([
        ...off.flatMap(([path]) => to(path).map((at) => [at, undefined as unknown as Scalar] as const)),
        ...differing.flatMap(([path, values]) => to(path).map((at) => [at, first(values)] as const)),
        ...(key === undefined || keeps ? [] : to(key).map((at) => [at, keyArn] as const)),
        ...(keeps ? [] : Object.entries(also).filter(([path]) => place.read(path).every(({ kind }) => kind === 'absent'))
          .flatMap(([path, values]) => to(path).map((at) => [at, values as Scalar | readonly unknown[]] as const))),
      ]),
    };
  });
}

const first = (values: Values[string]) => [values].flat().find((value) => value !== null) as Scalar;

const has = (read: Read, values: Values[string]) => read.kind === 'unknown' || (read.kind === 'value' && isOneOf(read.text, values));

function regionOf(reads: readonly Read[]): string {
  const [read] = reads;
  return read?.kind === 'value' && read.isText ? read.text : 'elsewhere';
}

/** Where a property of a place stands, with the numbers of the items of lists: a list that is not there keeps its `[]`. */
function pathsOf(place: Place, path: string): string[] {
  return place.read(path).map(({ where }) => {
    const concrete = where.replace(/\[(\d+)\]/g, '.$1');
    // What is absent does not know that a list was on the way.
    const lists = stepsOf(path).filter(({ isList }) => isList).map(({ name }) => name);
    return lists.reduce((at, name) => at.replace(new RegExp(`(^|\\.)${name}\\.(?!\\d)`), `$1${name}[].`), concrete);
  });
}
