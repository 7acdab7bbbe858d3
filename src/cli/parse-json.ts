import { Node, ParseErrorCode, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import { Failure } from './failure';
import { Span, spansIn } from './json-spans';
import type { Parsed } from './parsed';
import { offsetOf, stepsTo, TextNode } from './property-lines';

/** A template in JSON, with the line of each resource. A name that stands twice is an error: one of both would be lost. */
export function parseJson(text: string, file: string): Parsed {
  const json = tryParse(text);
  const spans = (json !== undefined && spansIn(text)) || visited(text, file);
  return { json: json ?? JSON.parse(text), linesOf: (logicalId) => spans.get(logicalId), lineOf: linesIn(text, spans) };
}

function tryParse(text: string): unknown {
  try { return JSON.parse(text); } catch { return undefined; }
}

/** Goes through a text with a parser that says what is wrong, and where. */
function visited(text: string, file: string): Map<string, Span> {
  const spans = new Map<string, Span>();
  let inside: string | undefined;
  const names: Array<Set<string>> = [];
  let broken: Failure | undefined;
  const stop = (message: string, line: number, column: number) => { broken ??= new Failure(message, file, line + 1, column + 1); };
  visit(text, {
    onObjectBegin: () => { names.push(new Set()); },
    onObjectEnd: (offset, _length, line) => {
      names.pop();
      if (names.length === 2 && inside !== undefined) { spans.set(inside, { ...spans.get(inside)!, last: line + 1, end: offset + 1 }); }
    },
    onObjectProperty: (name, offset, length, line, column, path) => {
      const known = names[names.length - 1];
      if (known.has(name)) { stop(`the name '${name}' stands here twice`, line, column); }
      known.add(name);
      if (names.length !== 2) { return; }
      inside = path()[0] === 'Resources' ? name : undefined;
      if (inside !== undefined) { spans.set(name, { first: line + 1, last: line + 1, start: offset, end: offset + length }); }
    },
    onError: (error: ParseErrorCode, _offset, _length, line, column) => { stop(`not valid JSON (${printParseErrorCode(error)})`, line, column); },
  }, { disallowComments: true });
  if (broken) { throw broken; }
  return spans;
}

/** Finds lines in one resource after the other: a tree of a whole template would be made for a few properties of it. */
function linesIn(text: string, spans: ReadonlyMap<string, Span>): Parsed['lineOf'] {
  let parsed: { readonly logicalId: string; readonly part: string; readonly root: TextNode } | undefined;
  return (logicalId, property) => {
    const span = spans.get(logicalId);
    if (!span) { return undefined; }
    if (parsed?.logicalId !== logicalId) {
      const part = `{${text.slice(span.start, span.end)}}`;
      const tree = parseTree(part);
      parsed = tree && { logicalId, part, root: nodeOf(tree, tree.offset) };
    }
    return parsed && span.first + newlinesBefore(parsed.part, offsetOf(parsed.root, [logicalId, 'Properties', ...stepsTo(property)]));
  };
}

function newlinesBefore(text: string, offset: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) { count++; }
  return count;
}

function nodeOf(node: Node, offset: number): TextNode {
  const valueOf = (property: Node): TextNode => nodeOf(property.children![1] ?? property, property.offset);
  const named = (name: string) => node.children?.find(({ children }) => children?.[0]?.value === name);
  return {
    offset,
    child: (step) => {
      const found = node.type === 'object' ? named(step) : node.type === 'array' ? node.children?.[Number(step)] : undefined;
      return found && (node.type === 'object' ? valueOf(found) : nodeOf(found, found.offset));
    },
    branches: () => (node.type === 'object' ? named('Fn::If')?.children?.[1]?.children?.slice(1).map((each) => nodeOf(each, each.offset)) ?? [] : []),
  };
}
