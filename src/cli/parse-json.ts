import { ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { Failure } from './failure';
import type { Lines, Parsed } from './parsed';

/** A template in JSON, with the line of each resource. A name that stands twice is an error: one of both would be lost. */
export function parseJson(text: string, file: string): Parsed {
  const lines = new Map<string, Lines>();
  let inside: string | undefined;
  const names: Array<Set<string>> = [];
  let broken: Failure | undefined;
  const stop = (message: string, line: number, column: number) => { broken ??= new Failure(message, file, line + 1, column + 1); };
  visit(text, {
    onObjectBegin: () => { names.push(new Set()); },
    onObjectEnd: (_offset, _length, line) => {
      names.pop();
      if (names.length === 2 && inside !== undefined) { lines.set(inside, { first: lines.get(inside)!.first, last: line + 1 }); }
    },
    onObjectProperty: (name, _offset, _length, line, column, path) => {
      const known = names[names.length - 1];
      if (known.has(name)) { stop(`the name '${name}' stands here twice`, line, column); }
      known.add(name);
      if (names.length !== 2) { return; }
      inside = path()[0] === 'Resources' ? name : undefined;
      if (inside !== undefined) { lines.set(name, { first: line + 1, last: line + 1 }); }
    },
    onError: (error: ParseErrorCode, _offset, _length, line, column) => { stop(`not valid JSON (${printParseErrorCode(error)})`, line, column); },
  }, { disallowComments: true });
  if (broken) { throw broken; }
  return { json: JSON.parse(text), linesOf: (logicalId) => lines.get(logicalId) };
}
