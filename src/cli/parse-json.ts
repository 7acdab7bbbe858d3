import { ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { Failure } from './failure';
import type { Parsed } from './parsed';

/** A template in JSON, with the line of each resource. A name that stands twice is an error: one of both would be lost. */
export function parseJson(text: string, file: string): Parsed {
  const lines = new Map<string, number>();
  const names: Array<Set<string>> = [];
  let broken: Failure | undefined;
  const stop = (message: string, line: number, column: number) => { broken ??= new Failure(message, file, line + 1, column + 1); };
  visit(text, {
    onObjectBegin: () => { names.push(new Set()); },
    onObjectEnd: () => { names.pop(); },
    onObjectProperty: (name, _offset, _length, line, column, path) => {
      const known = names[names.length - 1];
      if (known.has(name)) { stop(`the name '${name}' stands here twice`, line, column); }
      known.add(name);
      if (names.length === 2 && path()[0] === 'Resources') { lines.set(name, line + 1); }
    },
    onError: (error: ParseErrorCode, _offset, _length, line, column) => { stop(`not valid JSON (${printParseErrorCode(error)})`, line, column); },
  }, { disallowComments: true });
  if (broken) { throw broken; }
  return { json: JSON.parse(text), lineOf: (logicalId) => lines.get(logicalId) };
}
