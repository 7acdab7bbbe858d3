import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, isAbsolute, join, relative } from 'node:path';
import { decode } from './decode';
import type { Finding } from './finding';
import type { Lines } from './parsed';
import type { CodeLines } from './report';
import type { Source } from './source';

/** Code that people write. An assembly names files as it likes, and nothing else of a machine belongs in a report. */
const CODE = new Set(['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.py', '.java', '.kt', '.cs', '.fs', '.go']);
const LARGEST = 2 * 1024 * 1024;

/** Shows the lines of a finding: of the code that made the resource where it is here, else of the template. */
export function codeLines(sourceOf: ReadonlyMap<Finding, Source>, cwd: string): (finding: Finding) => CodeLines | undefined {
  const texts = new Map<string, string[] | undefined>();
  const linesOf = (file: string, load: () => string | undefined) => {
    if (!texts.has(file)) { texts.set(file, load()?.split(/\r?\n/)); }
    return texts.get(file);
  };
  return (finding) => {
    const { source } = finding;
    const code = source && linesOf(`code ${source.file}`, () => ownCode(source.file, cwd));
    if (source && code && source.line <= code.length) {
      const { file, line: at, column = 1 } = source;
      const around = { first: Math.max(1, at - 1), last: Math.min(code.length, at + 1) };
      return { file, ...cut(code, around), pointer: { line: at, column, length: wordAt(code[at - 1], column) } };
    }
    const { line, endLine } = finding;
    const template = sourceOf.get(finding)?.template.text;
    const lines = template === undefined || line === undefined ? undefined : linesOf(`template ${finding.file}`, () => template);
    if (!lines || line === undefined) { return undefined; }
    const last = lastLine(lines, line, Math.min(endLine ?? line, lines.length));
    return { file: finding.file, ...cut(lines, { first: line, last }), pointer: pointerAt(lines, line, last, finding.detail) };
  };
}

const cut = (lines: readonly string[], { first, last }: Lines) => ({ first, last, text: lines.slice(first - 1, last) });

/** Without the empty lines and comments that stand before the next resource. */
function lastLine(lines: readonly string[], first: number, last: number): number {
  let end = last;
  while (end > first && /^\s*(#.*)?$/.test(lines[end - 1])) { end--; }
  return end;
}

/** The text of a file below the working directory. */
function ownCode(file: string, cwd: string): string | undefined {
  if (isAbsolute(file) || !CODE.has(extname(file).toLowerCase())) { return undefined; }
  try {
    const path = realpathSync(join(cwd, file));
    const below = relative(realpathSync(cwd), path);
    if (below.startsWith('..') || isAbsolute(below) || statSync(path).size > LARGEST) { return undefined; }
    return decode(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** The property that a detail speaks of, if it stands in the lines of its resource; else the first line. */
function pointerAt(lines: readonly string[], first: number, last: number, detail: string): CodeLines['pointer'] {
  for (const name of [...[...detail.matchAll(/\b[A-Z]\w+/g)].map(([word]) => word), ...(/\bstatement\b/i.test(detail) ? ['Statement'] : [])]) {
    const key = new RegExp(`(?<![\\w.-])${name}(?=['"]?\\s*:)`);
    for (let line = first; line <= last; line++) {
      const found = key.exec(lines[line - 1]);
      if (found) { return { line, column: found.index + 1, length: name.length }; }
    }
  }
  const column = lines[first - 1].search(/\S/) + 1;
  return { line: first, column: Math.max(1, column), length: Math.max(1, lines[first - 1].trim().replace(/:.*$/, '').length) };
}

/** How far what begins at a column goes on, as a name does. */
function wordAt(line: string, column: number): number {
  return Math.max(1, /^(new\s+)?[\w$.]*/.exec(line.slice(column - 1))![0].length);
}
