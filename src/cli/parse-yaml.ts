import { Alias, Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, Node, parseDocument, visit } from 'yaml';
import { Failure } from './failure';
import type { Parsed } from './parsed';
import { indentContinuations } from './yaml-continuation';

/** What a template of a megabyte can have; anchors that expand to more are an attack. */
const MOST_NODES = 2_000_000;

/** Quoted texts that go on less indented than YAML 1.2 wants; each is parsed again. */
const MOST_REPAIRS = 50;

/** A template in YAML, with CloudFormation's short forms written out, and the line of each resource. */
export function parseYaml(text: string, file: string, repairs = MOST_REPAIRS): Parsed {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent', merge: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const indented = repairs > 0 && /^Missing closing/.test(error.message) ? indentContinuations(text, error.pos[0]) : undefined;
    if (indented !== undefined) { return parseYaml(indented, file, repairs - 1); }
    // What the library catches of its own recursion.
    if (/call stack/.test(error.message)) { throw new RangeError(error.message); }
    const { line, col } = counter.linePos(error.pos[0]);
    throw new Failure(`not valid YAML (${error.message.split('\n')[0].replace(/ at line .*$/, '')})`, file, line, col);
  }
  const json = new Converter(document, file, counter).convert(document.contents as Node | null);
  const resources = document.get('Resources', true);
  return {
    json,
    linesOf: (logicalId) => {
      const pair = isMap(resources) ? resources.items.find(({ key }) => isScalar(key) && key.value === logicalId) : undefined;
      const [key, value] = [pair?.key, pair?.value].map((node) => (node as Node | null | undefined)?.range);
      if (!key) { return undefined; }
      const [first, end] = [counter.linePos(key[0]).line, counter.linePos(Math.max(key[1], value?.[1] ?? 0))];
      // The end of a block is the start of the line after it.
      return { first, last: Math.max(first, end.col === 1 ? end.line - 1 : end.line) };
    },
  };
}

class Converter {
  private nodes = 0;
  private readonly open = new Set<Node>();

  private readonly anchors: Map<Alias, Node>;

  constructor(document: Document, private readonly file: string, private readonly counter: LineCounter) {
    this.anchors = anchorsOf(document);
  }

  public convert(node: Node | null | undefined): unknown {
    if (!node) { return null; }
    if (++this.nodes > MOST_NODES) { throw this.failure('the anchors expand to more than a template can hold', node); }
    if (this.open.has(node)) { throw this.failure('an anchor contains itself', node); }
    this.open.add(node);
    try {
      return isAlias(node) ? this.convert(this.anchored(node)) : tagged(node.tag, this.content(node));
    } finally {
      this.open.delete(node);
    }
  }

  private anchored(alias: Alias): Node {
    const node = this.anchors.get(alias);
    if (!node) { throw this.failure(`unknown anchor '${alias.source}'`, alias); }
    return node;
  }

  private content(node: Node): unknown {
    if (isSeq(node)) { return node.items.map((item) => this.convert(item as Node)); }
    if (isScalar(node)) { return node.value; }
    if (!isMap(node)) { return null; }
    const result: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : JSON.stringify(this.convert(key as Node));
      if (name === '<<') {
        const merged = this.convert(value as Node);
        for (const each of Array.isArray(merged) ? merged : [merged]) { if (typeof each === 'object' && each !== null) { Object.assign(result, { ...each, ...result }); } }
      } else {
        Object.defineProperty(result, name, { value: this.convert(value as Node), enumerable: true, writable: true, configurable: true });
      }
    }
    return result;
  }

  private failure(message: string, node: Node): Failure {
    const position = node.range ? this.counter.linePos(node.range[0]) : undefined;
    return new Failure(message, this.file, position?.line, position?.col);
  }
}

/** `!Ref`, `!GetAtt a.b`, `!Sub …`: the long form. */
function tagged(tag: string | undefined, value: unknown): unknown {
  if (!tag || !/^![A-Za-z0-9:]+$/.test(tag)) { return value; }
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') { return { [name]: value }; }
  if (name === 'GetAtt' && typeof value === 'string') {
    const [logicalId, ...attribute] = value.split('.');
    return { 'Fn::GetAtt': [logicalId, attribute.join('.')] };
  }
  return { [name.startsWith('Fn::') ? name : `Fn::${name}`]: value };
}

/** Each alias with the node that it stands for: the last one before it of that name. */
function anchorsOf(document: Document): Map<Alias, Node> {
  const [found, latest] = [new Map<Alias, Node>(), new Map<string, Node>()];
  visit(document, (_, node) => {
    if (isAlias(node)) {
      const anchored = latest.get(node.source);
      if (anchored) { found.set(node, anchored); }
    } else if (isNode(node) && node.anchor) {
      latest.set(node.anchor, node);
    }
  });
  return found;
}
