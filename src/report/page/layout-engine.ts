import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What this library uses of dagre. */
export interface LayoutGraph {
  setGraph(options: object): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(name: string, node: object): void;
  setParent(name: string, parent: string): void;
  setEdge(from: string, to: string, edge: object): void;
  node(name: string): { x: number; y: number; width: number; height: number };
  edge(from: string, to: string): { points: Array<{ x: number; y: number }> };
  graph(): { width?: number; height?: number };
}

interface Engine {
  readonly graphlib: { readonly Graph: new (options: object) => LayoutGraph };
  layout(graph: LayoutGraph): void;
}

/** Written by scripts/copy-layout-engine.js: one file of dagre, in place of 2 MB of it. */
const COPIED = join(__dirname, 'dagre.js');

/** Loaded when it is asked for: only the page needs it. */
export function layoutEngine(): Engine {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(existsSync(COPIED) ? COPIED : '@dagrejs/dagre') as Engine;
}
