import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npx projen detection` counted when it last ran: the page is written of it without the templates of others. */
export interface Measured {
  readonly corpora: ReadonlyArray<{
    readonly name: string;
    readonly questions: number;
    /** Faulty templates that are found. */
    readonly found: number;
    /** Right templates in which nothing is found. */
    readonly quiet: number;
    readonly missed: number;
    readonly more: number;
    /** Disagreements that have a reason, and those that have none. */
    readonly withReason: number;
    readonly without: number;
  }>;
  /** How often each reason counts. */
  readonly rulings: Readonly<Record<string, number>>;
  readonly read: ReadonlyArray<{
    readonly repository: string;
    readonly templates: number;
    readonly refused: number;
    readonly failed: number;
    readonly undetermined: number;
  }>;
  readonly variants: number;
  readonly tools: ReadonlyArray<{
    readonly tool: string;
    readonly agreed: number;
    readonly differ: number;
    /** Each kind of disagreement, and how often. */
    readonly classes: Readonly<Record<string, number>>;
  }>;
  readonly unnamed: number;
}

const FILE = join(__dirname, 'measured.json');

export const readMeasured = (): Measured => JSON.parse(readFileSync(FILE, 'utf8'));

export function writeMeasured(measured: Measured): void {
  writeFileSync(FILE, `${JSON.stringify(measured, undefined, 2)}\n`);
}
