import type { Status } from '../../checks/inventory';
import type { AtRest, ReportDocument, ReportedFlow, ReportedResource } from '../document';

export interface PictureNode {
  readonly id: string;
  readonly kind: 'key' | 'resource' | 'party';
  readonly label: string;
  /** What it is, as `S3 bucket`. */
  readonly what?: string;
  readonly title: string;
  readonly atRest?: AtRest;
  /** Account, Region and stack, where it stands in one. */
  readonly box?: string;
  /** The number of the resource's row in the table. */
  readonly row?: number;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'encrypts' | 'writes' | 'reads' | 'writes and reads';
  readonly inTransit?: Status;
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly isCollapsed: boolean;
}

/** More than a person can look at. */
export const MOST_NODES = 300;
/** What is drawn as one should be few. */
const MOST_GROUPS = 150;

/** Keys, what they encrypt, and who writes and reads it; where that is too much, what is alike in a stack becomes one, or even in an account and Region. */
export function pictureOf(report: ReportDocument): Picture {
  const itself = (resource: ReportedResource, row: number): Described => (
    { id: resource.resource, label: lastOf(resource.resource), what: resource.kind, title: titleOf(resource), row });
  const full = drawn(report, itself, stackOf, (party) => party);
  if (full.nodes.length <= MOST_NODES) { return { ...full, isCollapsed: false }; }
  const byStack = [collapsed(report.resources, stackOf, ({ key }) => key), stackOf] as const;
  const byPlace = [collapsed(report.resources, placeOf, ownerOf), placeOf] as const;
  for (const [group, boxOf] of [byStack, byPlace]) {
    for (const partyOf of [(party: string) => party, (_party: string, to: string) => `parties of ${to}`]) {
      const few = drawn(report, group, boxOf, partyOf);
      if (few.nodes.length <= MOST_GROUPS) { return { ...few, isCollapsed: true }; }
    }
  }
  const least = drawn(report, collapsed(report.resources, () => undefined, ownerOf), () => undefined, () => 'those who write and read');
  return { ...least, nodes: least.nodes.slice(0, MOST_NODES), isCollapsed: true };
}

const nodeKindOf = ({ keyDetails }: ReportedResource) => (keyDetails ? 'key' as const : 'resource' as const);

type BoxOf = (resource: ReportedResource) => string | undefined;

const ownerOf = ({ keyOwner }: ReportedResource) => keyOwner;

type Described = Pick<PictureNode, 'id' | 'label' | 'what' | 'title'> & { readonly row?: number };

function drawn(
  report: ReportDocument,
  nodeOf: (resource: ReportedResource, row: number) => Described,
  boxOf: BoxOf,
  partyOf: (party: string, to: string) => string,
): Omit<Picture, 'isCollapsed'> {
  const nodes = new Map<string, PictureNode>();
  const edges = new Map<string, PictureEdge>();
  const ids = new Map<string, string>();
  report.resources.forEach((resource, row) => {
    const described = nodeOf(resource, row);
    ids.set(resource.resource, described.id);
    const atRest = worstOf(nodes.get(described.id)?.atRest, frameOf(resource));
    nodes.set(described.id, { ...described, kind: nodeKindOf(resource), atRest, box: boxOf(resource) });
  });
  for (const { resource, keys, keyDetails } of report.resources) {
    for (const from of keys.map((key) => ids.get(key) ?? key)) {
      if (keyDetails && from === ids.get(resource)) { continue; }
      if (!nodes.has(from)) { nodes.set(from, { id: from, kind: 'key', label: lastOf(from), what: 'key of another place', title: `${from}, which is in none of the templates` }); }
      edges.set(`${from}\0${ids.get(resource)}`, { from, to: ids.get(resource)!, kind: 'encrypts' });
    }
  }
  for (const flow of report.flows) {
    const to = ids.get(flow.to);
    if (to === undefined) { continue; }
    const from = ids.get(flow.from) ?? `party ${partyOf(flow.from, to)}`;
    if (from === to) { continue; }
    if (!nodes.has(from)) { nodes.set(from, { id: from, kind: 'party', label: lastOf(partyOf(flow.from, lastOf(to))), title: partyOf(flow.from, to) }); }
    const known = edges.get(`${from}\0${to}`);
    edges.set(`${from}\0${to}`, { from, to, kind: kindOf(known, flow), inTransit: worstOf(known?.inTransit, flow.inTransit) });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function kindOf(known: PictureEdge | undefined, { direction }: ReportedFlow): PictureEdge['kind'] {
  const kind = direction === 'write' ? 'writes' : 'reads';
  return known === undefined || known.kind === kind ? kind : known.kind === 'encrypts' ? 'encrypts' : 'writes and reads';
}

const BY_BADNESS: readonly AtRest[] = ['no', 'unknown', 'AWS-owned', 'AWS-managed', 'yes', 'does not apply'];

function worstOf<T extends AtRest>(a: T | undefined, b: T): T {
  return a === undefined || BY_BADNESS.indexOf(b) < BY_BADNESS.indexOf(a) ? b : a;
}

/** Resources of one kind in one place under one key, and equally well protected, are one. */
function collapsed(
  resources: readonly ReportedResource[], boxOf: BoxOf, keyOf: (resource: ReportedResource) => string,
): (resource: ReportedResource) => Described {
  const nameOf = (resource: ReportedResource) => [
    boxOf(resource), resource.type, resource.keyDetails ? '' : keyOf(resource), resource.atRest, resource.inTransit,
  ].join(' · ');
  const counts = new Map<string, number>();
  for (const resource of resources) { counts.set(nameOf(resource), (counts.get(nameOf(resource)) ?? 0) + 1); }
  return (resource) => {
    const [id, count] = [nameOf(resource), counts.get(nameOf(resource))!];
    if (count === 1) { return { id, label: lastOf(resource.resource), what: resource.kind, title: titleOf(resource) }; }
    const { type, atRest, inTransit } = resource;
    return { id, label: `${count} × ${resource.kind}`, title: `${count} of ${type}; key: ${keyOf(resource)}; at rest: ${atRest}; in transit: ${inTransit}` };
  };
}

/** What is encrypted under a key that AWS holds is marked, whether or not a rule asks for another. */
const frameOf = ({ atRest, keyOwner }: ReportedResource): AtRest => (atRest === 'yes' && keyOwner === 'AWS' ? 'AWS-owned' : atRest);
const stackOf: BoxOf = ({ account, region, stack }) => [account, region, stack].filter(Boolean).join(' · ') || undefined;
const placeOf: BoxOf = ({ account, region }) => [account, region].filter(Boolean).join(' · ') || undefined;
const titleOf = ({ resource, type, key, atRest, inTransit }: ReportedResource) => `${resource} (${type}); key: ${key}; at rest: ${atRest}; in transit: ${inTransit}`;
/** The end of a path, as much of it as fits; the beginning of a sentence. */
function lastOf(name: string): string {
  const [last = name, above] = name.includes(' ') ? [name] : name.replace(/\/Resource$/, '').split('/').reverse();
  const both = above === undefined ? last : `${above}/${last}`;
  return both.length <= MOST_LETTERS ? both : last.length <= MOST_LETTERS ? last : `${last.slice(0, MOST_LETTERS - 1)}…`;
}

const MOST_LETTERS = 30;
