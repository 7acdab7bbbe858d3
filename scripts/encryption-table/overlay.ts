import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AtRestRow, TypeRow } from '../../src/table/row';

/** A row, with the page of AWS by which it was reviewed, where that is not the one of the type. */
export interface ReviewedRow extends AtRestRow {
  readonly page?: string;
}

/** What a person wrote of a resource type: the table's row, and the properties that look like encryption and are not. */
export interface Reviewed extends TypeRow {
  readonly atRest?: readonly ReviewedRow[];
  /** Property → why it decides nothing. */
  readonly neither?: Readonly<Record<string, string>>;
}

const FOLDER = join(__dirname, 'overlay');

let known: Map<string, Reviewed> | undefined;

/** What people have said of each resource type, one file a service. */
export function overlay(): Map<string, Reviewed> {
  return known ??= readFolder();
}

function readFolder(): Map<string, Reviewed> {
  const read = readdirSync(FOLDER).sort().flatMap((file) => Object.entries(parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, Reviewed>));
  return new Map(read);
}
