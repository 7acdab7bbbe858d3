import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure';

/** Whole or not at all: what is there stays until the new text is on the disk. */
export function writeOut(path: string, text: string, shownAs: string): void {
  const unfinished = `${path}.unfinished`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, `${text}\n`);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new Failure(`cannot be written (${(error as Error).message})`, shownAs);
  }
}
