/** From the first line to the last one, counted from 1. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** A parsed text, and where in it a resource stands. */
export interface Parsed {
  readonly json: unknown;
  readonly linesOf: (logicalId: string) => Lines | undefined;
}
