import { basename } from 'node:path';
import { isObject, Json, section } from '../template/values';

/** A template of a side, as far as it tells which stack it is of. */
export interface StackSource {
  readonly file: string;
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** For a nested stack: the template above it, and its resource there. */
  readonly parent?: { readonly source: StackSource; readonly logicalId: string };
  readonly template: { readonly json: Json };
}

/** Which templates of two sides are of one stack. */
export interface Pairs<T extends StackSource> {
  /** The same id for both. */
  readonly idOf: ReadonlyMap<T, string>;
  readonly old: readonly T[];
  readonly new: readonly T[];
  /** What is not compared, because the other side is a single template. */
  readonly leftOut: readonly T[];
}

type Key = (source: StackSource) => string | undefined;

const stem = (file: string) => basename(file).replace(/(\.nested)?(\.template)?\.(json|ya?ml|template)$/i, '');

/** How stacks are recognized, the surest first. */
const BY: readonly Key[] = [
  ({ stackName, account = '', region = '' }) => (stackName === undefined ? undefined : [stackName, account, region].join('\0')),
  ({ stackName }) => stackName,
  ({ stackName, file }) => stackName ?? stem(file),
];

/** Pairs the stacks of two sides: by name, account and Region; a template that names no stack by its file, or as the one that is alike. */
export function pairStacks<T extends StackSource>(olds: readonly T[], news: readonly T[]): Pairs<T> {
  const roots = (sources: readonly T[]) => sources.filter(({ parent }) => parent === undefined);
  const [oldRoots, newRoots] = [roots(olds), roots(news)];
  const pairs = new Map<T, T>();
  const open = (sources: readonly T[], taken: Iterable<T>) => { const all = new Set(taken); return sources.filter((source) => !all.has(source)); };
  const isAlone = oldRoots.length === 1 && newRoots.length === 1 && [...oldRoots, ...newRoots].some(({ stackName }) => stackName === undefined);
  if (isAlone) { pairs.set(oldRoots[0], newRoots[0]); }
  BY.forEach((key, index) => {
    const [left, right] = [byKey(open(oldRoots, pairs.keys()), key), byKey(open(newRoots, pairs.values()), key)];
    for (const [name, old] of left) {
      const found = right.get(name);
      // Two stacks of assemblies are one by their names alone.
      if (old && found && (index < 2 || old.stackName === undefined || found.stackName === undefined)) { pairs.set(old, found); }
    }
  });
  const single = [oldRoots, newRoots].find((side) => side.length === 1 && side[0].stackName === undefined);
  if (single === oldRoots && pairs.size === 0) { pairTo(mostAlike(oldRoots[0], newRoots), (found) => pairs.set(oldRoots[0], found)); }
  if (single === newRoots && pairs.size === 0) { pairTo(mostAlike(newRoots[0], oldRoots), (found) => pairs.set(found, newRoots[0])); }
  const leftOut = new Set(single && pairs.size > 0 ? [...open(oldRoots, pairs.keys()), ...open(newRoots, pairs.values())] : []);
  return idsOf(olds, news, pairs, leftOut);
}

function pairTo<T>(found: T | undefined, pair: (found: T) => void): void {
  if (found !== undefined) { pair(found); }
}

/** Sources by a name that only one of them has. */
function byKey<T extends StackSource>(sources: readonly T[], key: Key): Map<string, T | undefined> {
  const found = new Map<string, T | undefined>();
  for (const source of sources) {
    const name = key(source);
    if (name !== undefined) { found.set(name, found.has(name) ? undefined : source); }
  }
  return found;
}

/** The one that has most resources in common with a template. */
function mostAlike<T extends StackSource>(one: T, others: readonly T[]): T | undefined {
  const resources = (source: StackSource) => new Map(Object.entries(section(source.template.json, 'Resources')).map(([id, resource]) => [id, isObject(resource) ? resource.Type : undefined]));
  const own = resources(one);
  const inCommon = (other: T) => [...resources(other)].filter(([id, type]) => own.has(id) && own.get(id) === type).length;
  const [best] = others.map((other) => [inCommon(other), other] as const).sort(([a], [b]) => b - a);
  return best && (best[0] > 0 || others.length === 1) ? best[1] : undefined;
}

function idsOf<T extends StackSource>(olds: readonly T[], news: readonly T[], pairs: ReadonlyMap<T, T>, leftOut: ReadonlySet<StackSource>): Pairs<T> {
  const ids = new Map<StackSource, string>();
  [...pairs].forEach(([old, found], index) => { ids.set(old, `both ${index}`).set(found, `both ${index}`); });
  const idOf = (source: StackSource, side: string): string => {
    const known = ids.get(source) ?? (source.parent ? `${idOf(source.parent.source, side)}/${source.parent.logicalId}` : `${side} ${ids.size}`);
    ids.set(source, known);
    return known;
  };
  const rootOf = (source: StackSource): StackSource => (source.parent ? rootOf(source.parent.source) : source);
  const kept = (sources: readonly T[]) => sources.filter((source) => !leftOut.has(rootOf(source)));
  const [old, found] = [kept(olds), kept(news)];
  return {
    idOf: new Map([...old.map((source) => [source, idOf(source, 'old')] as const), ...found.map((source) => [source, idOf(source, 'new')] as const)]),
    old,
    new: found,
    leftOut: [...olds, ...news].filter((source) => leftOut.has(source)),
  };
}
