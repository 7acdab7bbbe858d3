/**
 * CloudFormation reads YAML 1.1, in which a quoted text may go on in lines that are indented no more than its key, and so may what
 * stands in braces or brackets; templates that AWS publishes are written so. YAML 1.2 asks for more indentation. White space at the
 * start of such a line means nothing, so that more of it changes neither the value nor the number of a line.
 *
 * @see https://yaml.org/spec/1.1/#id904245
 */
export function indentContinuations(text: string, from: number, flows: readonly Span[]): string | undefined {
  return indentQuoted(text, from) ?? indentFlow(text, flows);
}

/** Where something stands in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** No text in quotes is longer. */
const MOST_LINES = 500;

/** The text in quotes in which something stands, or which begins in the same line. */
function indentQuoted(text: string, from: number): string | undefined {
  let start = text.lastIndexOf('\n', from - 1) + 1;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const open = openQuote(text.slice(start, endOfLine(text, start)));
    const closing = open === undefined ? undefined : closingQuote(text, start + open);
    if (closing !== undefined && closing >= from) {
      const indented = indent(text, { start: start + open!, end: closing + 1 });
      if (indented !== undefined) { return indented; }
    }
    if (start === 0) { return undefined; }
    start = text.lastIndexOf('\n', start - 2) + 1;
  }
  return undefined;
}

/** The outermost braces or brackets that end too early. */
function indentFlow(text: string, flows: readonly Span[]): string | undefined {
  for (const { start } of flows) {
    const end = closingBracket(text, start);
    const indented = end === undefined ? undefined : indent(text, { start, end: end + 1 });
    if (indented !== undefined) { return indented; }
  }
  return undefined;
}

/** The same with all lines but the first indented more than what begins there. */
function indent(text: string, { start, end }: Span): string | undefined {
  const part = text.slice(start, end);
  const more = ' '.repeat(start - text.lastIndexOf('\n', start - 1));
  const indented = part.split('\n').map((line, index) => (index === 0 || line.trim() === '' ? line : more + line.trimStart())).join('\n');
  return indented === part ? undefined : text.slice(0, start) + indented + text.slice(end);
}

const endOfLine = (text: string, start: number) => { const end = text.indexOf('\n', start); return end < 0 ? text.length : end; };

/** Where in a line a quoted text begins that does not end in it. */
function openQuote(line: string): number | undefined {
  for (let at = 0; at < line.length; at++) {
    if (!isQuote(line[at]) || !/(^\s*|[:,[{-]\s*|\?\s+|!\S*\s+)$/.test(line.slice(0, at))) { continue; }
    const close = closingQuote(line, at);
    if (close === undefined) { return at; }
    at = close;
  }
  return undefined;
}

const isQuote = (character: string) => character === '"' || character === '\'';

/** The place of the quote that closes the one at `opening`; a doubled or escaped one does not. */
function closingQuote(text: string, opening: number): number | undefined {
  const quote = text[opening];
  for (let at = opening + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') { at++; continue; }
    if (text[at] !== quote) { continue; }
    if (quote === '\'' && text[at + 1] === quote) { at++; continue; }
    return at;
  }
  return undefined;
}

/** The place of the brace or bracket that closes the one at `opening`. */
function closingBracket(text: string, opening: number): number | undefined {
  let depth = 0;
  for (let at = opening; at < text.length; at++) {
    const before = text[at - 1] ?? ' ';
    if (isQuote(text[at]) && /[\s:,[{]/.test(before)) {
      const close = closingQuote(text, at);
      if (close === undefined) { return undefined; }
      at = close;
    } else if (text[at] === '#' && /\s/.test(before)) {
      at = endOfLine(text, at);
    } else if ('{['.includes(text[at])) {
      depth++;
    } else if ('}]'.includes(text[at]) && --depth === 0) {
      return at;
    }
  }
  return undefined;
}
