import { escape } from './escape';
import { Picture, PictureEdge, PictureNode } from './graph';
import { layoutEngine, LayoutGraph } from './layout-engine';

const [WIDTH, HEIGHT] = [230, 38];
const MANY_NODES = 100;
/** Room for the name of a box above what is in it. */
const HEAD = 18;

/** The picture as SVG: keys on the left, what they encrypt in the middle, who writes and reads on the right. */
export function pictureSvg({ nodes, edges }: Picture): string {
  if (nodes.length === 0) { return ''; }
  const graph = laidOut(nodes, edges);
  const { width = 0, height = 0 } = graph.graph();
  const boxes = [...new Set(nodes.flatMap(({ box }) => box ?? []))];
  return [
    `<svg class="picture" role="group" aria-labelledby="picture-title picture-text" viewBox="0 0 ${Math.ceil(width) + 20} ${Math.ceil(height) + 20}" width="${Math.ceil(width) + 20}">`,
    '<title id="picture-title">Keys, what they encrypt, and who writes and reads it</title>',
    '<desc id="picture-text">The same stands in the table below, row by row.</desc>',
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    ...boxes.map((box) => boxSvg(box, graph)),
    ...edges.map((edge) => edgeSvg(edge, graph)),
    ...nodes.map((node) => nodeSvg(node, graph)),
    '</svg>',
  ].join('\n');
}

/** In the layout every edge goes from key to resource to party; arrows are drawn as data goes. */
function laidOut(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): LayoutGraph {
  const { graphlib, layout } = layoutEngine();
  const graph = new graphlib.Graph({ compound: true });
  // The ranks of a large picture are found in a simpler way: the other takes seconds for them.
  graph.setGraph({ rankdir: 'LR', ranker: nodes.length > MANY_NODES ? 'longest-path' : 'network-simplex', nodesep: 16, ranksep: 90, marginx: 10, marginy: 10 + HEAD });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const box of new Set(nodes.flatMap((node) => node.box ?? []))) { graph.setNode(`box ${box}`, {}); }
  for (const { id, box } of nodes) {
    graph.setNode(`node ${id}`, { width: WIDTH, height: HEIGHT });
    if (box !== undefined) { graph.setParent(`node ${id}`, `box ${box}`); }
  }
  for (const edge of edges) { graph.setEdge(...ends(edge), {}); }
  layout(graph);
  return graph;
}

const ends = ({ from, to, kind }: PictureEdge): [string, string] => (kind === 'encrypts' ? [`node ${from}`, `node ${to}`] : [`node ${to}`, `node ${from}`]);

function boxSvg(box: string, graph: LayoutGraph): string {
  const { x, y, width, height } = graph.node(`box ${box}`);
  const top = y - height / 2 - HEAD;
  return `<g class="box"><rect x="${n(x - width / 2)}" y="${n(top)}" width="${n(width)}" height="${n(height + HEAD)}" rx="6"/>`
    + `<text x="${n(x - width / 2 + 8)}" y="${n(top + 14)}">${escape(box)}</text></g>`;
}

function edgeSvg(edge: PictureEdge, graph: LayoutGraph): string {
  const { points } = graph.edge(...ends(edge));
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
  // From the resource to the party: data goes this way where the party reads.
  const arrows = edge.kind === 'encrypts' ? '' : `${edge.kind === 'writes' ? '' : ' marker-end="url(#arrow)"'}${edge.kind === 'reads' ? '' : ' marker-start="url(#arrow)"'}`;
  const transit = edge.kind === 'encrypts' ? 'encrypts' : `transit-${cssName(edge.inTransit ?? 'unknown')}`;
  const title = edge.kind === 'encrypts' ? `${edge.from} encrypts ${edge.to}` : `${edge.from.replace(/^party /, '')} ${edge.kind} ${edge.to}; encrypted in transit: ${edge.inTransit}`;
  return `<path class="edge ${transit}" d="${path}"${arrows}><title>${escape(title)}</title></path>`;
}

function nodeSvg({ id, kind, label, what, title, atRest, row }: PictureNode, graph: LayoutGraph): string {
  const { x, y } = graph.node(`node ${id}`);
  const [left, top] = [n(x - WIDTH / 2), n(y - HEIGHT / 2)];
  const status = kind === 'resource' ? ` rest-${cssName(atRest ?? 'unknown')}` : '';
  const shape = `<g class="node ${kind}${status}" data-resource="${escape(id)}"><title>${escape(title)}</title><rect x="${left}" y="${top}" width="${WIDTH}" height="${HEIGHT}" rx="${kind === 'key' ? HEIGHT / 2 : 4}"/>`
    + `<text x="${n(x)}" y="${n(what === undefined ? y + 4 : y - 2)}" text-anchor="middle">${escape(label)}</text>`
    + `${what === undefined ? '' : `<text class="what" x="${n(x)}" y="${n(y + 12)}" text-anchor="middle">${escape(what)}</text>`}</g>`;
  return row === undefined ? shape : `<a href="#r${row}">${shape}</a>`;
}

const n = (value: number) => Math.round(value * 10) / 10;
export const cssName = (status: string) => status.replace(/ /g, '-');
