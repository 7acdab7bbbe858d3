import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { Failure } from './failure';
import type { Position } from './finding';

/** As a report names a file: below the working directory, with slashes. */
export function shown(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return (path.startsWith('..') || isAbsolute(path) ? file : path).split(sep).join('/');
}

/** A failure that names its file as a report does. */
export function shownFailure({ message, file, line, column, mistake }: Failure, cwd: string): Failure {
  return new Failure(message, file && shown(file, cwd), line, column, mistake);
}

/**
 * The same for code that an assembly names. It may have been made on another machine, in another folder: then the longest end of the path
 * that is a file here is meant.
 */
export function sourceNamer(cwd: string): (position: Position) => Position {
  const names = new Map<string, string>();
  return (position) => {
    const known = names.get(position.file) ?? here(position.file, cwd);
    names.set(position.file, known);
    return { ...position, file: known };
  };
}

function here(file: string, cwd: string): string {
  const own = shown(isAbsolute(file) ? file : join(cwd, file), cwd);
  if (!isAbsolute(own) && existsSync(join(cwd, own))) { return own; }
  const parts = file.split(/[\\/]/).filter(Boolean);
  const found = parts.map((_, from) => parts.slice(from)).filter((end) => !end.includes('..')).find((end) => end.length > 1 && existsSync(join(cwd, ...end)));
  return found ? found.join('/') : own;
}
