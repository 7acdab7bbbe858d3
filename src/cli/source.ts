import { statSync } from 'node:fs';
import type { Acknowledgements } from './acknowledgements';
import { readText } from './decode';
import type { Position } from './finding';
import { checkSize, ParsedTemplate } from './parse';

/** A template to check, and those that it can see. */
export interface Source {
  /** The whole path, or `<stdin>`. */
  readonly file: string;
  /** Templates of one group see each other: those of one cloud assembly. */
  readonly group: string;
  readonly stackName?: string;
  /** Where its stack is deployed, as far as the assembly knows. */
  readonly account?: string;
  readonly region?: string;
  /** For a nested stack: the template above it, and its resource there. */
  readonly parent?: { readonly source: Source; readonly logicalId: string };
  /** For the body of a StackSet: the logical id of that in its file. */
  readonly within?: string;
  readonly template: ParsedTemplate;
  readonly acknowledgements: Acknowledgements;
  /** Logical id → construct path, where the template does not have it. */
  readonly paths: ReadonlyMap<string, string>;
  /** Where the code stands that made a construct, by its path; the file is a whole path where the assembly has one. */
  readonly sourceOf: (constructPath: string) => Position | undefined;
}

/** Takes what a function reads, or why it cannot. */
export type Take = (file: string, load: () => Source | undefined) => Source | undefined;

/** A file as text. Throws a `Failure` for one that is larger than any template, before it is read. */
export function read(file: string): string {
  checkSize(statSync(file).size, file);
  return readText(file);
}
