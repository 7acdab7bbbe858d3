/** Something of a parsed text: what stands in it by name or number, and where it begins. */
export interface TextNode {
  readonly offset: number;
  /** What a name or a number leads to. */
  readonly child: (step: string) => TextNode | undefined;
  /** Both ways of an `Fn::If`, where it is one. */
  readonly branches: () => readonly TextNode[];
}

/** Where a property begins; where the text does not have it, the last thing on the way that it has. */
export function offsetOf(root: TextNode, path: readonly string[]): number {
  return walked(root, path).offset;
}

/** The names and numbers of `A.B[0].C`. */
export const stepsTo = (property: string) => property.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean);

interface Walked {
  readonly offset: number;
  readonly left: number;
}

function walked(node: TextNode, path: readonly string[]): Walked {
  const [step, ...rest] = path;
  if (step === undefined) { return { offset: node.offset, left: 0 }; }
  const next = node.child(step);
  if (next) { return walked(next, rest); }
  // Whichever way has more of it.
  const here: Walked = { offset: node.offset, left: path.length };
  return node.branches().map((branch) => walked(branch, path)).reduce((best, each) => (each.left < best.left ? each : best), here);
}
