import type { Lines } from './parsed';

/** Where a resource stands: its lines, and its name and value in the text. */
export interface Span extends Lines {
  readonly start: number;
  readonly end: number;
}

/** Deeper than any template: who goes on says so. */
const DEEPEST = 200;

/**
 * Where the resources of a template stand, in a text that is valid JSON; `undefined` where a name stands twice, or it is deeper than templates are.
 * Most of a check's reading was a parser that tells each token of every template.
 */
export function spansIn(text: string): Map<string, Span> | undefined {
  const spans = new Map<string, Span>();
  const lineAt = lineCounter(text);
  const names: Array<Set<string>> = [];
  let section = '';
  let depth = 0;
  let inside: string | undefined;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '[':
      case '{':
        if (++depth > DEEPEST) { return undefined; }
        if (text[at] === '{') { names.push(new Set()); }
        break;
      case ']':
        depth--;
        break;
      case '}':
        depth--;
        names.pop();
        if (names.length === 2 && inside !== undefined) { spans.set(inside, { ...spans.get(inside)!, last: lineAt(at), end: at + 1 }); }
        break;
      case '"': {
        const start = at;
        at = endOfText(text, at);
        if (!isName(text, at + 1)) { break; }
        const name = textBetween(text, start, at);
        const known = names[names.length - 1];
        if (known.has(name)) { return undefined; }
        known.add(name);
        if (names.length === 1) { section = name; }
        if (names.length !== 2) { break; }
        inside = section === 'Resources' ? name : undefined;
        if (inside !== undefined) { spans.set(name, { first: lineAt(start), last: lineAt(start), start, end: at + 1 }); }
      }
    }
  }
  return spans;
}

/** The lines of offsets that only grow, counted from 1. */
function lineCounter(text: string): (offset: number) => number {
  let [line, counted] = [1, 0];
  return (offset) => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) { line++; }
    counted = offset;
    return line;
  };
}

/** The quotation mark that ends a text: one before which an even number of backslashes stands. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') { backslashes++; }
    if (backslashes % 2 === 0) { return end; }
  }
}

/** Whether a colon follows. */
function isName(text: string, after: number): boolean {
  let at = after;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') { at++; }
  return text[at] === ':';
}

function textBetween(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end);
  return written.includes('\\') ? JSON.parse(`"${written}"`) : written;
}
