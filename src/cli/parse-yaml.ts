import { Alias, Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, Node, parseDocument, Scalar, visit } from 'yaml';
import { Failure } from './failure';
import type { Parsed } from './parsed';
import { offsetOf, stepsTo, TextNode } from './property-lines';
import { indentContinuations, Span } from './yaml-continuation';

/** What a template of a megabyte can have; anchors that expand to more are an attack. */
const MOST_NODES = 2_000_000;

/** What goes on less indented than YAML 1.2 wants is parsed again, each time: so many characters altogether. */
const MOST_PARSED_AGAIN = 20_000_000;

/** What the library says of texts in quotes, and of braces and brackets, that go on less indented than it wants. */
const TOO_LITTLE_INDENTED = /^(Missing closing|Implicit keys need to be on a single line|Flow (map|sequence) in block collection must be sufficiently indented)/;

/** A template in YAML, with CloudFormation's short forms written out, and the line of each resource. */
export function parseYaml(given: string, file: string): Parsed {
  const { document, counter } = parseIndented(given);
  const [error] = document.errors;
  if (error) {
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
    lineOf: (logicalId, property) => {
      if (!isMap(resources) || !resources.has(logicalId)) { return undefined; }
      return counter.linePos(offsetOf(nodeOf(resources, 0, document), [logicalId, 'Properties', ...stepsTo(property)])).line;
    },
  };
}

/** Parses, and indents what goes on too little indented, until nothing does. */
function parseIndented(given: string): { readonly document: Document; readonly counter: LineCounter } {
  for (let text = given, parsed = 0; ;) {
    const counter = new LineCounter();
    // With 'silent' the library passes over a second document without an error.
    const document = parseDocument(text, { lineCounter: counter, logLevel: 'error', merge: true, uniqueKeys: true });
    const [error] = document.errors;
    parsed += text.length;
    const indented = error && parsed < MOST_PARSED_AGAIN && TOO_LITTLE_INDENTED.test(error.message)
      ? indentContinuations(text, error.pos[0], flowsBefore(document, error.pos[0], text)) : undefined;
    if (indented === undefined) { return { document, counter }; }
    text = indented;
  }
}

/** What stands in braces or brackets and goes on at a place, the outermost first. */
function flowsBefore(document: Document, place: number, text: string): Span[] {
  const found: Span[] = [];
  visit(document, {
    Collection: (_, { flow, range }) => {
      if (flow && range && range[0] < place && text.slice(range[1], place).trim() === '') { found.push({ start: range[0], end: range[1] }); }
    },
  });
  return found;
}

/** A node, or what an alias stands for; what is reached by an alias stands at the alias. */
function nodeOf(given: Node | null | undefined, offset: number, document: Document): TextNode {
  const node = isAlias(given) ? given.resolve(document) : given;
  const beginOf = (each: unknown) => (isAlias(given) ? offset : (isNode(each) ? each.range?.[0] : undefined) ?? offset);
  const items = isSeq(node) ? node.items as Node[] : [];
  const valueOf = (name: string) => (isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined);
  return {
    offset,
    child: (step) => {
      const pair = valueOf(step);
      if (pair) { return nodeOf(pair.value as Node | null, beginOf(pair.key), document); }
      const item = node && isNode(node) && node.tag === '!If' ? undefined : items[Number(step)];
      return item && nodeOf(item, beginOf(item), document);
    },
    branches: () => {
      const ways = node && isNode(node) && node.tag === '!If' ? items : valueOf('Fn::If')?.value;
      return (Array.isArray(ways) ? ways : isSeq(ways) ? ways.items as Node[] : []).slice(1).map((each) => nodeOf(each, beginOf(each), document));
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
    if (isScalar(node)) { return this.scalar(node); }
    if (!isMap(node)) { return null; }
    const result: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : JSON.stringify(this.convert(key as Node));
      // The library has a symbol for it.
      if (isScalar(key) && typeof key.value === 'symbol') {
        const merged = this.convert(value as Node);
        for (const each of Array.isArray(merged) ? merged : [merged]) { if (typeof each === 'object' && each !== null) { Object.assign(result, { ...each, ...result }); } }
      } else {
        Object.defineProperty(result, name, { value: this.convert(value as Node), enumerable: true, writable: true, configurable: true });
      }
    }
    return result;
  }

  private scalar(node: Scalar): unknown {
    if (typeof node.value === 'object' && node.value !== null) { throw this.failure(`CloudFormation does not read a value with the tag ${node.tag}`, node); }
    // `012345678901` is an account, and `8.0` a version: as numbers they would not be what is written.
    const isNumber = typeof node.value === 'number' && /^\d+(\.\d+)?$/.test(node.source ?? '');
    return isNumber && String(node.value) !== node.source ? node.source : node.value;
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
