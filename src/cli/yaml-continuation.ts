/**
 * CloudFormation reads YAML 1.1, in which a quoted text may go on in lines that are indented no more than its key; templates that AWS
 * publishes are written so. YAML 1.2 asks for more indentation. White space at the start of such a line means nothing, so that more
 * of it changes neither the text nor the number of a line.
 *
 * @see https://yaml.org/spec/1.1/#id904245
 */
export function indentContinuations(text: string, from: number): string | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const open = openQuote(text.slice(start, endOfLine(text, start)));
  if (open === undefined) { return undefined; }
  const opening = start + open;
  const closing = closingQuote(text, opening);
  if (closing === undefined) { return undefined; }
  const quoted = text.slice(opening, closing);
  if (!quoted.includes('\n')) { return undefined; }
  const indent = ' '.repeat(open + 1);
  const indented = quoted.split('\n').map((line, index) => (index === 0 || line.trim() === '' ? line : indent + line.trimStart())).join('\n');
  return indented === quoted ? undefined : text.slice(0, opening) + indented + text.slice(closing);
}

const endOfLine = (text: string, start: number) => { const end = text.indexOf('\n', start); return end < 0 ? text.length : end; };

/** Where in a line a quoted text begins that does not end in it. */
function openQuote(line: string): number | undefined {
  for (let at = 0; at < line.length; at++) {
    if ((line[at] !== '"' && line[at] !== '\'') || !/(^|[:,[{-]\s*|\?\s+|!\S*\s+)$/.test(line.slice(0, at))) { continue; }
    const close = closingQuote(line, at);
    if (close === undefined) { return at; }
    at = close;
  }
  return undefined;
}

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
